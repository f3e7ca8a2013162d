import { describe, expect, test } from 'vitest';

import { presumeNone } from '../../src/entries/domain/presumption.js';
import type { DataOf } from '../support/event-builder.js';
import { date, idOf, StreamBuilder } from '../support/event-builder.js';
import { AgreementHistory } from '../support/history.js';

const [yokohama, kawasaki] = ['横浜市', '川崎市'].map(idOf) as [string, string];

type Renewal = NonNullable<DataOf<'TermAgreed'>['renewal']>;

/** From 2012-04-01 to 2013-03-31, under a clause. */
function agreed(renewal?: Renewal, end = '平成25年3月31日') {
  const it = new StreamBuilder('agreement', '有効期間');
  it.act(
    'AgreementRegistered',
    {
      keeper: yokohama,
      title: '有効期間のある協定',
      kind: 'agreement',
      fields: ['図書館'],
      parties: [{ party: yokohama }, { party: kawasaki }],
    },
    { acted: '2012-04-01', effective: '2012-04-01' },
  );
  it.act('TermAgreed', {
    end: date(end),
    wording: 'lastDay',
    ...(renewal === undefined ? {} : { renewal }),
  });
  return it;
}
const bond = (it: StreamBuilder, ...days: readonly string[]) =>
  days.map((day) => new AgreementHistory(it.events).bond(yokohama, day));
const presumed = (it: StreamBuilder, day: string) =>
  new AgreementHistory(it.events)
    .contents<{ presumed: readonly string[] }>(`bond:${yokohama}`, day)
    .map((content) => content.presumed);
const yearly: Renewal = { kind: 'automatic', years: 1 };

describe('自動更新', () => {
  test('a term renews by silence, and only from its end on is that presumed', () => {
    const it = agreed(yearly);
    expect(bond(it, '2013-03-31', '2013-04-01', '2030-01-01')).toEqual(['bound', 'bound', 'bound']);
    expect(presumed(it, '2013-03-31')).toEqual([[]]);
    expect(presumed(it, '2013-04-01')).toEqual([['renewed-by-silence']]);
  });

  test('with nothing presumed nobody says that it renewed', () => {
    const history = new AgreementHistory(agreed(yearly).events, { presume: presumeNone });
    expect(history.bond(yokohama, '2013-03-31')).toBe('bound');
    expect(history.bond(yokohama, '2013-04-01')).toBe('unsaid');
  });

  test('a notice before the end ends it there', () => {
    const it = agreed(yearly);
    it.act('NonRenewalNotified', { party: kawasaki }, { acted: '2012-12-20' });
    expect(bond(it, '2013-03-31', '2013-04-01')).toEqual(['bound', 'ended']);
  });

  test('regression: a notice in a later period ends it at the end of that period', () => {
    const it = agreed(yearly);
    it.act('NonRenewalNotified', { party: kawasaki }, { acted: '平成26年12月20日' });
    expect(bond(it, '2014-04-01', '2015-03-31', '2015-04-01')).toEqual(['bound', 'bound', 'ended']);
  });

  test('a notice that came late leaves its period open and ends the next', () => {
    const it = agreed({ ...yearly, noticeMonths: 3 });
    it.act('NonRenewalNotified', { party: kawasaki }, { acted: '2013-01-15' });
    expect(bond(it, '2013-03-31', '2013-04-01', '2014-03-31', '2014-04-01')).toEqual([
      'bound',
      'unsaid',
      'unsaid',
      'ended',
    ]);
  });

  test('a notice on the last day for it is in time', () => {
    const it = agreed({ ...yearly, noticeDays: 30 });
    it.act('NonRenewalNotified', { party: kawasaki }, { acted: '2013-03-01' });
    expect(bond(it, '2013-04-01')).toEqual(['ended']);
  });

  test('of unstated periods a notice ends it nobody knows when', () => {
    const it = agreed({ kind: 'automatic' });
    it.act('NonRenewalNotified', { party: kawasaki }, { acted: '2014-01-15' });
    expect(bond(it, '2013-06-01', '2014-06-01')).toEqual(['bound', 'bound or ended']);
  });

  test('regression: a confirmed renewal goes on renewing under the same clause', () => {
    const it = agreed(yearly);
    it.act('RenewalConfirmed', { end: { edtf: '2014-03-31' } }, { acted: '2013-03-01' });
    expect(bond(it, '2014-03-31', '2014-04-01')).toEqual(['bound', 'bound']);
    expect(presumed(it, '2013-06-01')).toEqual([[]]);
  });
});

describe('a term without automatic renewal', () => {
  test('ends after its last day, unless a renewal is confirmed', () => {
    const it = agreed({ kind: 'byAgreement' });
    expect(bond(it, '2013-03-31', '2013-04-01')).toEqual(['bound', 'ended']);
    it.act('RenewalConfirmed', { end: { edtf: '2014-03-31' } }, { acted: '2013-03-01' });
    expect(bond(it, '2013-04-01', '2014-03-31', '2014-04-01')).toEqual(['bound', 'bound', 'ended']);
  });

  test('without end continues, and nothing has to be presumed for that', () => {
    const it = agreed(undefined, '期間の定めなし');
    expect(bond(it, '2030-01-01')).toEqual(['bound']);
    expect(presumed(it, '2030-01-01')).toEqual([[]]);
  });

  test('of unknown end may have ended on any day', () => {
    expect(bond(agreed(undefined, '不明'), '2012-03-31', '2012-05-01')).toEqual([
      'notBegun',
      'bound or ended',
    ]);
  });

  test('known to the 年度 is open from its first day without to its last', () => {
    const it = agreed(undefined, '平成25年度');
    expect(bond(it, '2013-04-01', '2013-04-02', '2014-03-31', '2014-04-01')).toEqual([
      'bound',
      'bound or ended',
      'bound or ended',
      'ended',
    ]);
  });

  test('a term agreed later leaves the earlier days as they were', () => {
    const it = agreed({ kind: 'none' });
    it.act(
      'TermAgreed',
      { end: { edtf: '2015-03-31' }, wording: 'lastDay' },
      { acted: '2013-03-20' },
    );
    expect(bond(it, '2014-04-01', '2015-03-31', '2015-04-01')).toEqual(['bound', 'bound', 'ended']);
  });
});
