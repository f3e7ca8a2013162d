import { describe, expect, test } from 'vitest';

import { presumeNone } from '../../src/entries/domain/presumption.js';
import { idOf, StreamBuilder } from '../support/event-builder.js';
import { AgreementHistory } from '../support/history.js';

const [yokohama, kawasaki, yokosuka] = ['横浜市', '川崎市', '横須賀市'].map(idOf) as [
  string,
  string,
  string,
];

const outline = {
  keeper: yokohama,
  title: '図書館の相互利用に関する協定',
  kind: 'agreement' as const,
  fields: ['図書館' as const],
  parties: [{ party: yokohama }, { party: kawasaki }],
};

const paper = (acted = '平成29年2月20日') => {
  const it = new StreamBuilder('agreement', '横浜・川崎');
  it.act('AgreementRegistered', outline, { acted });
  return it;
};
const read = (it: StreamBuilder) => new AgreementHistory(it.events);

describe('from when a party is bound', () => {
  test('from the day of the conclusion, where no day of effect is stated', () => {
    const history = read(paper());
    expect(history.bond(kawasaki, '2017-02-19')).toBe('notBegun');
    expect(history.bond(kawasaki, '2017-02-20')).toBe('bound');
    expect(history.contents('bond:' + kawasaki, '2017-02-20')).toMatchObject([
      { presumed: ['continues', 'effect-on-conclusion'] },
    ]);
  });

  test('known to the month: open up to the day before its last', () => {
    const history = read(paper('平成23年11月'));
    expect(history.bond(yokohama, '2011-10-31')).toBe('notBegun');
    expect(history.bond(yokohama, '2011-11-01')).toBe('bound or notBegun');
    expect(history.bond(yokohama, '2011-11-29')).toBe('bound or notBegun');
    expect(history.bond(yokohama, '2011-11-30')).toBe('bound');
  });

  test('each party from its own day', () => {
    const it = new StreamBuilder('agreement', '6市');
    const parties = [{ party: yokohama }, { party: yokosuka, from: { edtf: '2012-03' } }];
    it.act('AgreementRegistered', { ...outline, parties }, { acted: '平成23年11月' });
    const history = read(it);
    expect(history.bond(yokohama, '2011-12-01')).toBe('bound');
    expect(history.bond(yokosuka, '2011-12-01')).toBe('notBegun');
    expect(history.bond(yokosuka, '2012-03-15')).toBe('bound or notBegun');
    expect(history.bond(yokosuka, '2012-03-31')).toBe('bound');
  });

  test('from its own day, and the agreement is signed in the same month: one follows the other', () => {
    const it = paper('2017-02');
    it.act('AgreementTookEffect', {}, { effective: '2017-02-10' });
    const history = read(it);
    expect(history.bond(kawasaki, '2017-02-09')).toBe('notBegun');
    expect(history.bond(kawasaki, '2017-02-10')).toBe('bound');
  });

  test('an effect before the signing is retroactive, and stands as stated', () => {
    const it = paper();
    it.act('AgreementTookEffect', {}, { effective: '2017-01-01' });
    expect(read(it).bond(kawasaki, '2016-12-31')).toBe('notBegun');
    expect(read(it).bond(kawasaki, '2017-01-01')).toBe('bound');
  });

  test('a draft alone binds nobody, and is no proof that nobody is bound', () => {
    const it = new StreamBuilder('agreement', '起案');
    it.act('AgreementDrafted', outline);
    it.act('AgreementTookEffect', {}, { effective: '2017-04-01' });
    it.act('PartyAcceded', { party: yokosuka }, { effective: '2017-04-01' });
    expect(read(it).bond(yokosuka, '2017-05-01')).toBe('notConcluded');
    expect(read(it).obligation(yokohama, yokosuka, '2017-05-01')).toMatchObject({
      answer: 'undetermined',
      reasons: [{ code: 'not-concluded' }, { code: 'topology-unknown' }],
    });
  });

  test('a draft is concluded for the parties that it names', () => {
    const it = new StreamBuilder('agreement', '起案');
    it.act('AgreementDrafted', outline);
    it.act('PartySigned', { party: yokohama });
    it.act('PartySigned', { party: kawasaki });
    it.act('AgreementConcluded', {}, { acted: '平成29年2月20日' });
    expect(read(it).bond(kawasaki, '2017-02-19')).toBe('notBegun');
    expect(read(it).bond(kawasaki, '2017-02-20')).toBe('bound');
  });

  test('who only keeps the office or proposes is not bound', () => {
    const it = new StreamBuilder('agreement', '事務局');
    const parties = [{ party: yokohama }, { party: kawasaki, role: 'secretariat' as const }];
    it.act('AgreementRegistered', { ...outline, parties }, { acted: '2017-02-20' });
    expect(read(it).bond(kawasaki, '2018-01-01')).toBe('');
    expect(read(it).bond(yokohama, '2018-01-01')).toBe('bound');
  });
});

describe('until when a party is bound', () => {
  test('まで: a term to 2013-03-31 holds on that day', () => {
    const it = paper('2012-04-01');
    it.act('TermAgreed', { end: { edtf: '2013-03-31' }, wording: 'lastDay' });
    expect(read(it).bond(kawasaki, '2013-03-31')).toBe('bound');
    expect(read(it).bond(kawasaki, '2013-04-01')).toBe('ended');
  });

  test('から廃止: the day named is the first without', () => {
    const it = paper('2012-04-01');
    const ground = 'byAgreement' as const;
    it.act(
      'AgreementEnded',
      { ground, wording: 'firstDayWithout' },
      { effective: '平成25年4月1日' },
    );
    expect(read(it).bond(kawasaki, '2013-03-31')).toBe('bound');
    expect(read(it).bond(kawasaki, '2013-04-01')).toBe('ended');
  });

  test('an unsaid wording means the last day, and the presumption shows', () => {
    const it = paper('2012-04-01');
    it.act('AgreementEnded', { ground: 'denounced' }, { effective: '2013-03-31' });
    expect(read(it).contents('bond:' + kawasaki, '2013-03-31')).toMatchObject([{ state: 'bound' }]);
    expect(read(it).contents('bond:' + kawasaki, '2013-04-01')).toMatchObject([
      { state: 'ended', ground: 'denounced', presumed: ['last-day'] },
    ]);
  });

  test('with nothing presumed, an unsaid wording leaves the named day open', () => {
    const it = paper('2012-04-01');
    it.act('AgreementTookEffect', {}, { effective: '2012-04-01' });
    it.act('TermAgreed', { end: { tag: 'endless' } });
    it.act('AgreementEnded', { ground: 'denounced' }, { effective: '2013-03-31' });
    const history = new AgreementHistory(it.events, { presume: presumeNone });
    expect(history.bond(kawasaki, '2013-03-30')).toBe('bound');
    expect(history.bond(kawasaki, '2013-03-31')).toBe('bound or ended');
    expect(history.bond(kawasaki, '2013-04-01')).toBe('ended');
  });

  test('with nothing presumed, an agreement without a term is not said to continue', () => {
    const it = paper('2012-04-01');
    it.act('AgreementTookEffect', {}, { effective: '2012-04-01' });
    const history = new AgreementHistory(it.events, { presume: presumeNone });
    expect(history.bond(kawasaki, '2012-04-02')).toBe('unsaid');
  });

  test('an end before the beginning keeps it from ever beginning', () => {
    const it = paper('2012-04-01');
    it.act('AgreementEnded', { ground: 'byAgreement' }, { effective: '2012-03-01' });
    expect(read(it).bond(kawasaki, '2012-02-01')).toBe('notBegun');
    expect(read(it).bond(kawasaki, '2012-05-01')).toBe('ended');
  });

  test('who leaves and joins again is bound again', () => {
    const it = paper('2012-04-01');
    it.act(
      'PartyWithdrew',
      { party: kawasaki, wording: 'lastDay' },
      { effective: '平成26年3月31日' },
    );
    it.act('PartyAcceded', { party: kawasaki }, { effective: '平成28年4月1日' });
    const history = read(it);
    expect(history.bond(kawasaki, '2014-03-31')).toBe('bound');
    expect(history.bond(kawasaki, '2014-04-01')).toBe('left');
    expect(history.bond(kawasaki, '2016-03-31')).toBe('left');
    expect(history.bond(kawasaki, '2016-04-01')).toBe('bound');
    expect(history.bond(yokohama, '2014-04-01')).toBe('bound');
  });

  test('who joins and leaves in one month is presumed to have joined first', () => {
    const it = paper('2012-04-01');
    it.act('PartyWithdrew', { party: yokosuka, wording: 'lastDay' }, { effective: '2014-03' });
    it.act('PartyAcceded', { party: yokosuka }, { effective: '2014-03' });
    expect(read(it).bond(yokosuka, '2014-03-15')).toBe('bound or left or notBegun');
    expect(read(it).bond(yokosuka, '2014-04-01')).toBe('left');
    const open = new AgreementHistory(it.events, { presume: presumeNone });
    expect(open.bond(yokosuka, '2014-04-01')).toContain('left');
  });

  test('an end on record is not undone by a later term', () => {
    const it = paper('2012-04-01');
    it.act('AgreementEnded', { ground: 'denounced' }, { effective: '2012-12-31' });
    it.act('TermAgreed', { end: { edtf: '2013-03-31' } });
    it.act('RenewalConfirmed', { end: { edtf: '2014-03-31' } }, { effective: '2013-04-01' });
    expect(read(it).contents('bond:' + kawasaki, '2013-06-01')).toMatchObject([
      { state: 'ended', ground: 'denounced' },
    ]);
  });
});
