import { describe, expect, test } from 'vitest';

import {
  partyParts,
  type Covered,
  type Membership,
  type PartyName,
} from '../../src/parties/domain/party-parts.js';
import { presumeAll } from '../../src/entries/domain/presumption.js';
import { date, idOf, numbered, StreamBuilder } from '../support/event-builder.js';
import { dayOf } from '../support/history.js';

const member = idOf('鎌倉市');

function contents<C>(it: StreamBuilder, part: string, day: string): readonly C[] {
  const at = dayOf(day);
  const segments = partyParts(numbered(it.events), 'approved', presumeAll).get(part) ?? [];
  const found = segments.find(({ from, to }) => from <= at && at < to);
  return (found?.contents ?? []).map(({ content }) => content as C);
}
const names = (it: StreamBuilder, day: string) =>
  contents<PartyName>(it, 'name', day).map(({ name }) => name);
const states = (it: StreamBuilder, day: string) =>
  contents<Membership>(it, `member:${member}`, day).map(({ state }) => state);

describe('names of a party', () => {
  test('an old day keeps the old name', () => {
    const it = new StreamBuilder('party', '篠山市');
    it.act('PartyRegistered', { kind: 'municipality', name: '篠山市', code: '282219' });
    it.act('PartyRenamed', { name: '丹波篠山市' }, { effective: '令和元年5月1日' });
    expect(names(it, '2019-04-30')).toEqual(['篠山市']);
    expect(names(it, '2019-05-01')).toEqual(['丹波篠山市']);
    expect(contents<PartyName>(it, 'name', '2019-05-01')[0]?.code).toBe('282219');
  });

  test('a change of status changes kind and code from its day', () => {
    const it = new StreamBuilder('party', '富谷');
    it.act('PartyRegistered', { kind: 'municipality', name: '富谷町', code: '044237' });
    const own = [idOf('富谷')];
    it.act(
      'PartySucceeded',
      {
        manner: 'changeOfStatus',
        predecessors: own,
        successors: own,
        name: '富谷市',
        code: '042161',
      },
      { effective: '平成28年10月10日' },
    );
    expect(contents<PartyName>(it, 'name', '2016-10-09')).toMatchObject([{ code: '044237' }]);
    expect(contents<PartyName>(it, 'name', '2016-10-10')).toMatchObject([
      { code: '042161', name: '富谷市' },
    ]);
  });
});

describe('membership of a council', () => {
  test('is dated, ends after its last day, and may begin again', () => {
    const it = new StreamBuilder('party', '協議会');
    it.act('MemberJoined', { member }, { effective: '平成21年4月1日' });
    it.act('MemberLeft', { member, wording: 'lastDay' }, { effective: '平成26年3月31日' });
    it.act('MemberJoined', { member }, { effective: '平成28年4月1日' });
    const days = ['2009-03-31', '2009-04-01', '2014-03-31', '2014-04-01', '2016-04-01'];
    expect(days.map((day) => states(it, day).join())).toEqual([
      'notJoined',
      'member',
      'member',
      'left',
      'member',
    ]);
  });

  test('regression: one who leaves says nothing of when another joined', () => {
    const it = new StreamBuilder('party', '九都県市');
    it.act('PartyRegistered', { kind: 'council', name: '九都県市' });
    it.act('MemberJoined', { member }, { effective: '2010' });
    it.act('MemberJoined', { member: '乙' }, { effective: '2010-01-01' });
    const left = { member: '乙', wording: 'firstDayWithout' } as const;
    it.act('MemberLeft', left, { effective: '2010-06-01' });
    expect([...states(it, '2010-06-01')].sort()).toEqual(['member', 'notJoined']);
  });

  test('a departure leans on the joining that was retracted', () => {
    const it = new StreamBuilder('party', '協議会');
    const joined = it.act('MemberJoined', { member }, { effective: '2009-04-01' });
    it.act('MemberLeft', { member, wording: 'lastDay' }, { effective: '2014-03-31' });
    it.retract(joined);
    expect([...states(it, '2012-01-01')].sort()).toEqual(['member', 'notJoined']);
  });
});

describe('網羅', () => {
  const covered = (it: StreamBuilder, day: string) =>
    contents<Covered>(it, 'coverage:図書館', day).map(({ by }) => by.length);

  test('a list as of a day covers that day alone', () => {
    const it = new StreamBuilder('party', '横浜市');
    it.act('CoverageStated', { field: '図書館', days: date('平成29年4月1日') });
    expect(['2017-03-31', '2017-04-01', '2017-04-02'].map((day) => covered(it, day))).toEqual([
      [0],
      [1],
      [0],
    ]);
  });

  test('regression: two lists that begin on one day leave nothing open', () => {
    const it = new StreamBuilder('party', '横浜市');
    it.act('CoverageStated', { field: '図書館', days: date('平成29年度') });
    it.act('CoverageStated', { field: '図書館', days: date('平成29年4月1日') });
    expect(['2017-04-01', '2017-04-02', '2018-04-01'].map((day) => covered(it, day))).toEqual([
      [2],
      [1],
      [0],
    ]);
  });
});
