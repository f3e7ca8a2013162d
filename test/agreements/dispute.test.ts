import { describe, expect, test } from 'vitest';

import { idOf, StreamBuilder } from '../support/event-builder.js';
import { AgreementHistory } from '../support/history.js';

const [yokohama, kawasaki] = ['横浜市', '川崎市'].map(idOf) as [string, string];

function agreed() {
  const it = new StreamBuilder('agreement', '横浜・川崎');
  const registered = it.act(
    'AgreementRegistered',
    {
      keeper: yokohama,
      title: '図書館の相互利用に関する協定',
      kind: 'agreement',
      fields: ['図書館'],
      parties: [{ party: yokohama }, { party: kawasaki }],
    },
    { acted: '平成29年2月20日' },
  );
  it.act('TopologyStated', { shape: 'mesh', rest: 'notBound' });
  const started = it.act('ServiceStarted', {}, { effective: '平成29年3月1日' });
  const use = (day: string) =>
    new AgreementHistory(it.events).use(kawasaki, yokohama, '図書館', day);
  const answers = (...days: readonly string[]) => days.map((day) => use(day).answer);
  return { it, registered, started, use, answers };
}
const around = ['2017-02-28', '2017-03-15', '2017-04-01'] as const;

describe('a disputed day', () => {
  test('leaves open only the days on which the two values differ', () => {
    const { it, started, use, answers } = agreed();
    const dispute = it.dispute(started, { effective: '平成29年4月1日' });
    expect(answers(...around)).toEqual(['no', 'undetermined', 'yes']);
    expect(use('2017-03-15')).toMatchObject({
      unknowns: [`d:${started.id}:effective`],
      reasons: expect.arrayContaining([{ code: 'disputed', events: [started.id] }]),
    });
    it.settle(dispute);
    expect(answers(...around)).toEqual(['no', 'yes', 'yes']);
  });

  test('is certain again once its own body withdraws the dispute', () => {
    const { it, started, answers } = agreed();
    it.withdraw(it.dispute(started, { effective: '平成29年4月1日' }));
    expect(answers(...around)).toEqual(['no', 'yes', 'yes']);
  });

  test('is open again when the settlement is retracted', () => {
    const { it, started, answers } = agreed();
    it.retract(it.settle(it.dispute(started, { effective: '平成29年4月1日' })));
    expect(answers(...around)).toEqual(['no', 'undetermined', 'yes']);
  });

  test('may have three values, when two bodies doubt it', () => {
    const { it, started, answers } = agreed();
    it.dispute(started, { effective: '平成29年4月1日' });
    it.dispute(started, { effective: '平成29年2月25日' });
    expect(answers('2017-02-24', '2017-02-26', '2017-03-15', '2017-04-01')).toEqual([
      'no',
      'undetermined',
      'undetermined',
      'yes',
    ]);
  });

  test('without another value leaves open whether the act was done at all', () => {
    const { it, started, answers } = agreed();
    it.dispute(started, { effective: undefined });
    expect(answers('2017-02-28', '2017-03-01', '2020-01-01')).toEqual([
      'undetermined',
      'undetermined',
      'undetermined',
    ]);
  });
});

describe('a dispute of a correction', () => {
  test('without another value leaves open the corrected and the old value', () => {
    const { it, started, answers } = agreed();
    const corrected = it.correct(started, { effective: '平成29年4月1日' });
    expect(answers(...around)).toEqual(['no', 'no', 'yes']);
    it.dispute(corrected, { effective: undefined });
    expect(answers(...around)).toEqual(['no', 'undetermined', 'yes']);
  });

  test('falls back on the correction before it, not on the original', () => {
    const { it, started, answers } = agreed();
    it.correct(started, { effective: '平成29年3月10日' });
    const second = it.correct(started, { effective: '平成29年4月1日' });
    it.dispute(second, { effective: undefined });
    expect(answers('2017-03-09', '2017-03-10', '2017-03-31', '2017-04-01')).toEqual([
      'no',
      'undetermined',
      'undetermined',
      'yes',
    ]);
  });

  test('no longer counts once a newer correction supplies the field', () => {
    const { it, started, answers } = agreed();
    const corrected = it.correct(started, { effective: '平成29年4月1日' });
    it.dispute(corrected, { effective: undefined });
    it.correct(started, { effective: '平成29年3月1日' });
    expect(answers(...around)).toEqual(['no', 'yes', 'yes']);
  });

  test('no longer counts once the correction is retracted', () => {
    const { it, started, answers } = agreed();
    const corrected = it.correct(started, { effective: '平成29年4月1日' });
    it.dispute(corrected, { effective: undefined });
    it.retract(corrected);
    expect(answers(...around)).toEqual(['no', 'yes', 'yes']);
  });

  test('of the act itself counts no more once its field is corrected', () => {
    const { it, started, answers } = agreed();
    it.dispute(started, { effective: '平成29年5月1日' });
    it.correct(started, { effective: '平成29年4月1日' });
    expect(answers(...around)).toEqual(['no', 'no', 'yes']);
  });
});

describe('a dispute of a retraction or an approval', () => {
  test('leaves open whether the act fell', () => {
    const { it, started, answers } = agreed();
    const retracted = it.retract(started);
    expect(answers('2017-03-15')).toEqual(['undetermined']);
    it.act('ServiceStarted', {}, { effective: '平成29年4月1日' });
    expect(answers(...around)).toEqual(['no', 'no', 'yes']);
    it.dispute(retracted, { events: undefined });
    expect(answers(...around)).toEqual(['no', 'undetermined', 'yes']);
  });

  test('leaves open whether the entry counts', () => {
    const { it, answers } = agreed();
    it.act('ServiceSuspended', {}, { effective: '平成29年3月10日', entry: '休止' });
    const approved = it.approve('休止');
    expect(answers('2017-03-15')).toEqual(['no']);
    it.dispute(approved, { entry: undefined });
    expect(answers('2017-03-09', '2017-03-15')).toEqual(['yes', 'undetermined']);
  });

  test('regression: a dispute counts that only a doubted retraction had silenced', () => {
    const { it, answers } = agreed();
    const suspended = it.act('ServiceSuspended', {}, { effective: '平成29年3月10日' });
    const first = it.retract(suspended);
    const second = it.retract(first, suspended);
    it.dispute(first, { events: undefined });
    expect(answers('2017-03-15')).toEqual(['yes']);
    it.dispute(second, { events: undefined });
    expect(answers('2017-03-05', '2017-03-15')).toEqual(['yes', 'undetermined']);
  });
});

describe('what leans on a fallen fact', () => {
  test('is undetermined, with that reason', () => {
    const { it, registered, use } = agreed();
    it.retract(registered);
    expect(use('2017-03-15')).toMatchObject({
      answer: 'undetermined',
      reasons: expect.arrayContaining([{ code: 'fallen', events: [registered.id] }]),
    });
  });

  test('is certain again when another act stands in for the fallen one', () => {
    const { it, registered, answers } = agreed();
    it.retract(registered);
    it.act('AgreementRegistered', registered.data, { acted: '平成29年2月21日' });
    expect(answers('2017-02-20', '2017-03-15')).toEqual(['no', 'yes']);
  });

  test('a suspension leans on the start that it suspends', () => {
    const { it, started, use } = agreed();
    it.act('ServiceSuspended', {}, { effective: '平成30年4月1日' });
    it.retract(started);
    expect(use('2018-05-01').answer).toBe('undetermined');
    expect(use('2017-12-01').answer).toBe('undetermined');
  });
});
