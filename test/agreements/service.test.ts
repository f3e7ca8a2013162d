import { describe, expect, test } from 'vitest';

import { idOf, StreamBuilder } from '../support/event-builder.js';
import { AgreementHistory } from '../support/history.js';

const cities = ['横浜市', '川崎市', '鎌倉市', '藤沢市', '大和市', '逗子市'].map(idOf);
const [yokohama, kawasaki, kamakura] = cities as [string, string, string];

function agreed() {
  const it = new StreamBuilder('agreement', '相互利用');
  it.act(
    'AgreementRegistered',
    {
      keeper: yokohama,
      title: '図書館等の相互利用に関する協定',
      kind: 'agreement',
      fields: ['図書館', '保育'],
      parties: cities.map((party) => ({ party })),
    },
    { acted: '平成29年2月20日' },
  );
  it.act('TopologyStated', { shape: 'mesh', rest: 'notBound' });
  return it;
}
const use = (it: StreamBuilder, provider: string, field: string, day: string) => {
  const other = provider === yokohama ? kawasaki : yokohama;
  return new AgreementHistory(it.events).use(provider, other, field, day);
};

describe('利用開始', () => {
  test('before the first day of use the answer is no, from it on yes', () => {
    const it = agreed();
    it.act('ServiceStarted', {}, { effective: '平成29年3月1日' });
    expect(use(it, kawasaki, '図書館', '2017-02-28')).toMatchObject({
      answer: 'no',
      reasons: [{ code: 'service-not-begun' }],
      presumed: ['only-instrument'],
    });
    expect(use(it, kawasaki, '図書館', '2017-03-01').answer).toBe('yes');
  });

  test('with no start on record nobody knows', () => {
    expect(use(agreed(), kawasaki, '図書館', '2018-01-01')).toMatchObject({
      answer: 'undetermined',
      reasons: expect.arrayContaining([{ code: 'service-not-recorded', events: [] }]),
    });
  });

  test('a service may start before the paper that grants it is concluded', () => {
    const it = agreed();
    it.act('ServiceStarted', {}, { effective: '平成29年1月4日' });
    expect(use(it, kawasaki, '図書館', '2017-01-10')).toMatchObject({
      answer: 'no',
      reasons: [{ code: 'not-begun' }],
    });
    expect(use(it, kawasaki, '図書館', '2017-02-20').answer).toBe('yes');
  });

  test('suspended, resumed and ended, each from its day', () => {
    const it = agreed();
    it.act('ServiceStarted', {}, { effective: '平成29年3月1日' });
    it.act('ServiceSuspended', {}, { effective: '令和2年4月8日' });
    it.act('ServiceResumed', {}, { effective: '令和2年6月1日' });
    it.act('ServiceEnded', { wording: 'lastDay' }, { effective: '令和5年3月31日' });
    const answers = ['2020-04-07', '2020-04-08', '2020-06-01', '2023-03-31', '2023-04-01'];
    expect(answers.map((day) => use(it, kawasaki, '図書館', day).answer)).toEqual([
      'yes',
      'no',
      'yes',
      'yes',
      'no',
    ]);
  });
});

describe('the scope of an act on a service', () => {
  test('another provider and another field are left alone', () => {
    const it = agreed();
    it.act('ServiceStarted', {}, { effective: '平成29年3月1日' });
    it.act(
      'ServiceSuspended',
      { provider: kawasaki, field: '図書館' },
      { effective: '2018-04-01' },
    );
    expect(use(it, kawasaki, '図書館', '2018-05-01').answer).toBe('no');
    expect(use(it, kawasaki, '保育', '2018-05-01').answer).toBe('yes');
    expect(use(it, kamakura, '図書館', '2018-05-01').answer).toBe('yes');
  });

  test('a wider act takes the place of the narrower ones before it', () => {
    const it = agreed();
    it.act('ServiceStarted', { provider: kawasaki, field: '図書館' }, { effective: '2017-03-01' });
    it.act('ServiceSuspended', { provider: kawasaki }, { effective: '2018-04-01' });
    expect(use(it, kawasaki, '図書館', '2018-05-01').answer).toBe('no');
  });

  test('regression: a field suspended for everybody is suspended for a provider named apart', () => {
    const it = agreed();
    it.act('ServiceStarted', { provider: kawasaki }, { effective: '2017-03-01' });
    it.act('ServiceSuspended', { field: '図書館' }, { effective: '2018-04-01' });
    expect(use(it, kawasaki, '図書館', '2018-05-01').answer).toBe('no');
    expect(use(it, kawasaki, '保育', '2018-05-01').answer).toBe('yes');
    it.act('ServiceResumed', { provider: kawasaki }, { effective: '2018-06-01' });
    expect(use(it, kawasaki, '図書館', '2018-06-01').answer).toBe('yes');
  });

  test('regression: six providers that start on one day are not too many possibilities', () => {
    const it = agreed();
    for (const provider of cities) {
      it.act('ServiceStarted', { provider }, { effective: '平成29年3月1日' });
    }
    expect(use(it, kamakura, '図書館', '2017-02-28').answer).toBe('no');
    expect(use(it, kamakura, '図書館', '2017-03-01').answer).toBe('yes');
    expect(new AgreementHistory(it.events).contents('service', '2017-03-01')).toHaveLength(1);
  });

  test('regression: a service started twice was not started before either', () => {
    const it = agreed();
    it.act('ServiceStarted', {}, { effective: '2017-03-01' });
    it.act('ServiceStarted', {}, { effective: '2018-03-01' });
    expect(new AgreementHistory(it.events).contents('service', '2017-01-01')).toHaveLength(1);
  });
});
