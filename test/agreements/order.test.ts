import { describe, expect, test } from 'vitest';

import { presumeNone } from '../../src/entries/domain/presumption.js';
import { idOf, StreamBuilder, type Said } from '../support/event-builder.js';
import { AgreementHistory } from '../support/history.js';

const [yokohama, kawasaki] = ['横浜市', '川崎市'].map(idOf) as [string, string];

function agreed(acted = '平成29年2月20日') {
  const it = new StreamBuilder('agreement', '順序');
  it.act(
    'AgreementRegistered',
    {
      keeper: yokohama,
      title: '相互利用に関する協定',
      kind: 'agreement',
      fields: ['図書館'],
      parties: [{ party: yokohama }, { party: kawasaki }],
    },
    { acted },
  );
  return it;
}
const topology = (it: StreamBuilder, rest: 'bound' | 'notBound', said: Said) =>
  it.act('TopologyStated', { shape: 'pairs', rest }, said);
const owes = (it: StreamBuilder, day: string) =>
  new AgreementHistory(it.events).obligation(yokohama, kawasaki, day).answer;

describe('two acts on one day', () => {
  test('neither of which builds on the other leave open which came last', () => {
    const it = agreed();
    topology(it, 'bound', { effective: '平成30年4月1日' });
    topology(it, 'notBound', { effective: '平成30年4月1日' });
    const history = new AgreementHistory(it.events);
    expect(history.obligation(yokohama, kawasaki, '2018-04-01')).toMatchObject({
      answer: 'undetermined',
      reasons: expect.arrayContaining([
        {
          code: 'order-unknown',
          events: it.events
            .slice(1)
            .map(({ id }) => id)
            .sort(),
        },
      ]),
    });
  });

  test('come in the order that the paper states', () => {
    const it = agreed();
    const day = { effective: '平成30年4月1日', entry: '変更協定' };
    topology(it, 'notBound', { ...day, order: 2 });
    topology(it, 'bound', { ...day, order: 1 });
    it.approve('変更協定');
    expect(owes(it, '2018-04-01')).toBe('no');
  });

  test('of two papers are not put in order by the numbers of each', () => {
    const it = agreed();
    const day = { effective: '平成30年4月1日' };
    topology(it, 'notBound', { ...day, order: 2, entry: '甲' });
    topology(it, 'bound', { ...day, order: 1, entry: '乙' });
    it.approve('甲');
    it.approve('乙');
    expect(owes(it, '2018-04-01')).toBe('undetermined');
  });

  test('that say the same leave nothing open', () => {
    const it = agreed();
    it.act('AgreementEnded', { ground: 'expired' }, { effective: '平成30年3月31日' });
    it.act('AgreementEnded', { ground: 'denounced' }, { effective: '平成30年3月31日' });
    expect(new AgreementHistory(it.events).contents(`bond:${yokohama}`, '2018-04-01').length).toBe(
      2,
    );
    expect(owes(it, '2018-04-01')).toBe('no');
  });

  test('five descriptions are not too many to try', () => {
    const it = agreed();
    topology(it, 'bound', { effective: '平成30年4月1日' });
    for (const of of ['鎌倉市', '藤沢市', '大和市', '逗子市'].map(idOf)) {
      it.act('TopologyStated', { shape: 'hub', of, rest: 'bound' }, { effective: '2018-04-01' });
    }
    expect(owes(it, '2018-04-01')).toBe('yes');
  });
});

describe('partial days that overlap', () => {
  test('an act is presumed to follow what it builds on, and the presumption shows', () => {
    const it = agreed();
    it.act('ServiceStarted', {}, { effective: '平成30年4月' });
    it.act('ServiceSuspended', {}, { effective: '平成30年4月' });
    const history = new AgreementHistory(it.events);
    expect(history.contents('service', '2018-05-01')).toMatchObject([
      { scopes: [{ state: 'suspended', presumed: ['in-order'] }] },
    ]);
    const open = new AgreementHistory(it.events, { presume: presumeNone });
    expect(open.contents('service', '2018-05-01')).toHaveLength(2);
  });

  test('what builds on a later fact cannot have begun before it', () => {
    const it = agreed();
    it.act('ServiceStarted', {}, { effective: '[2018-04-10..2018-04-20]' });
    it.act('ServiceSuspended', {}, { effective: '[2018-04-05..2018-04-15]' });
    const states = (day: string) =>
      new AgreementHistory(it.events)
        .contents<{ scopes: { state: string }[] }>('service', day)
        .map(({ scopes }) => scopes.map(({ state }) => state).join())
        .sort();
    expect(states('2018-04-09')).toEqual(['notStarted']);
    expect(states('2018-04-12')).toEqual(['notStarted', 'started', 'suspended']);
    expect(states('2018-04-15')).toEqual(['suspended']);
  });

  test('regression: what has certainly begun takes along what it builds on, in another part', () => {
    const it = agreed('平成30年4月');
    it.act('ServiceStarted', {}, { effective: '平成30年4月10日' });
    const history = new AgreementHistory(it.events);
    expect(history.bond(yokohama, '2018-04-09')).toBe('bound or notBegun');
    expect(history.bond(yokohama, '2018-04-10')).toBe('bound');
  });

  test('dates that contradict the presumed order stand as stated', () => {
    const it = agreed();
    it.act('ServiceSuspended', {}, { effective: '平成30年4月1日' });
    it.act('ServiceStarted', {}, { effective: '平成31年4月1日' });
    const service = (day: string) => new AgreementHistory(it.events).contents('service', day);
    expect(service('2018-04-01')).toMatchObject([{ scopes: [{ state: 'suspended' }] }]);
    expect(service('2019-04-01')).toMatchObject([{ scopes: [{ state: 'started' }] }]);
  });

  test('a paper whose order runs in a circle with what builds on what: that order is not taken', () => {
    const it = new StreamBuilder('agreement', '循環');
    const day = { effective: '2018-04-01', entry: '紙' };
    it.act('TermAgreed', { end: { edtf: '2019-03-31' } }, { ...day, order: 1 });
    it.act('NonRenewalNotified', { party: yokohama }, { ...day, order: 2 });
    it.act(
      'AgreementRegistered',
      {
        keeper: yokohama,
        title: '循環',
        kind: 'agreement',
        fields: ['図書館'],
        parties: [{ party: yokohama }, { party: kawasaki }],
      },
      { ...day, order: 3 },
    );
    it.approve('紙');
    const history = new AgreementHistory(it.events);
    expect(history.bond(yokohama, '2018-04-01')).toBe('bound');
    expect(history.bond(yokohama, '2019-04-01')).toBe('ended');
  });

  test('one date is one unknown: where bond and service turn on it, they turn together', () => {
    const it = agreed('平成30年4月');
    it.act('TopologyStated', { shape: 'mesh', rest: 'notBound' });
    it.act('ServiceStarted', {}, { effective: '平成30年4月' });
    const used = (day: string) =>
      new AgreementHistory(it.events).use(yokohama, kawasaki, '図書館', day).answer;
    expect(['2018-03-31', '2018-04-15', '2018-04-30'].map(used)).toEqual([
      'no',
      'undetermined',
      'yes',
    ]);
  });
});

test('regression: one who withdraws says nothing of when another acceded', () => {
  const it = agreed();
  const kamakura = idOf('鎌倉市');
  it.act('PartyAcceded', { party: kamakura }, { effective: '平成30年4月' });
  const wording = 'firstDayWithout' as const;
  it.act('PartyWithdrew', { party: kawasaki, wording }, { effective: '平成30年4月10日' });
  const history = new AgreementHistory(it.events);
  expect(history.bond(kamakura, '2018-04-10')).toBe('bound or notBegun');
  expect(history.bond(kamakura, '2018-04-30')).toBe('bound');
});
