import { describe, expect, test } from 'vitest';

import { presumeAll } from '../../src/entries/domain/presumption.js';
import { partyParts, type PartyName } from '../../src/parties/domain/party-parts.js';
import type { Succession } from '../../src/parties/domain/succession.js';
import { idOf, numbered, StreamBuilder } from '../support/event-builder.js';
import { dayOf } from '../support/history.js';

function contents<C>(it: StreamBuilder, part: string, day: string): readonly C[] {
  const at = dayOf(day);
  const segments = partyParts(numbered(it.events), 'approved', presumeAll).get(part) ?? [];
  const found = segments.find(({ from, to }) => from <= at && at < to);
  return (found?.contents ?? []).map(({ content }) => content as C);
}
const from = (it: StreamBuilder, predecessor: string, day: string) =>
  contents<Succession>(it, `succession:${idOf(predecessor)}`, day);
const states = (it: StreamBuilder, predecessor: string, day: string) =>
  from(it, predecessor, day).map(({ state }) => state);
const named = (it: StreamBuilder, day: string) => contents<PartyName>(it, 'name', day);

/** 平成の大合併: 浦和市, 大宮市 and 与野市 become さいたま市 on 2001-05-01. */
function saitama(): StreamBuilder {
  const it = new StreamBuilder('party', 'さいたま市');
  it.act('PartyRegistered', { kind: 'municipality', name: 'さいたま市' });
  const three = ['浦和市', '大宮市', '与野市'].map(idOf);
  it.act(
    'PartySucceeded',
    { manner: 'merger', predecessors: three, successors: [idOf('さいたま市')], ceased: three },
    { effective: '平成13年5月1日' },
  );
  return it;
}

describe('a merger', () => {
  test('is on the successor, for each predecessor, from its day', () => {
    expect(states(saitama(), '浦和市', '2001-04-30')).toEqual(['notYet']);
    for (const old of ['浦和市', '大宮市', '与野市']) {
      expect(from(saitama(), old, '2001-05-01')).toMatchObject([
        { state: 'succeeded', manner: 'merger', takesOver: 'all', agreements: [], ceased: true },
      ]);
    }
  });

  test('known to the month may or may not have been within it', () => {
    const it = new StreamBuilder('party', '新市');
    it.act('PartyRegistered', { kind: 'municipality', name: '新市' });
    it.act(
      'PartySucceeded',
      { manner: 'merger', predecessors: [idOf('甲町')], successors: [idOf('新市')] },
      { effective: '平成17年3月' },
    );
    expect(states(it, '甲町', '2005-02-28')).toEqual(['notYet']);
    expect([...states(it, '甲町', '2005-03-15')].sort()).toEqual(['notYet', 'succeeded']);
    expect(states(it, '甲町', '2005-03-31')).toEqual(['succeeded']);
  });

  test('that was retracted is none', () => {
    const it = saitama();
    it.retract(it.events[1]!);
    expect(from(it, '浦和市', '2001-05-01')).toEqual([]);
  });

  test('whose predecessors are disputed leaves each of them open', () => {
    const it = saitama();
    const two = ['浦和市', '大宮市'].map(idOf);
    it.dispute(it.events[1]!, { predecessors: two });
    expect(states(it, '浦和市', '2001-05-01')).toEqual(['succeeded']);
    expect([...states(it, '与野市', '2001-05-01')].sort()).toEqual(['notYet', 'succeeded']);
  });
});

describe('a split', () => {
  const split = (more: object) => {
    const it = new StreamBuilder('party', '分立市');
    it.act('PartyRegistered', { kind: 'municipality', name: '分立市' });
    it.act(
      'PartySucceeded',
      {
        manner: 'split',
        predecessors: [idOf('本市')],
        successors: [idOf('本市'), idOf('分立市')],
        ...more,
      },
      { effective: '2010-04-01' },
    );
    return from(it, '本市', '2010-04-01');
  };

  test('takes over what is stated, and unless stated nobody knows what', () => {
    expect(split({})).toMatchObject([{ manner: 'split', takesOver: 'unsaid', ceased: false }]);
    expect(split({ takesOver: 'none' })).toMatchObject([{ takesOver: 'none' }]);
    const agreements = [idOf('水道の協定')];
    expect(split({ agreements })).toMatchObject([{ takesOver: 'listed', agreements }]);
  });
});

describe('a town that becomes a city', () => {
  const tomiya = new StreamBuilder('party', '富谷');
  const own = [idOf('富谷')];
  tomiya.act('PartyRegistered', {
    kind: 'municipality',
    name: '富谷町',
    kana: 'とみやまち',
    code: '044237',
    corporateNumber: '4000020044237',
  });
  tomiya.act(
    'PartySucceeded',
    {
      manner: 'changeOfStatus',
      predecessors: own,
      successors: own,
      name: '富谷市',
      kana: 'とみやし',
      code: '042161',
      corporateNumber: '2000020042161',
    },
    { effective: '平成28年10月10日' },
  );

  test('keeps its id and changes its name, reading and codes from the day', () => {
    expect(named(tomiya, '2016-10-09')).toMatchObject([
      { name: '富谷町', kana: 'とみやまち', code: '044237', corporateNumber: '4000020044237' },
    ]);
    expect(named(tomiya, '2016-10-10')).toMatchObject([
      { name: '富谷市', kana: 'とみやし', code: '042161', corporateNumber: '2000020042161' },
    ]);
  });

  test('succeeds nobody: what bound it binds it', () => {
    expect(from(tomiya, '富谷', '2016-10-10')).toEqual([]);
  });
});

describe('a code', () => {
  const tenryu = () => {
    const it = new StreamBuilder('party', '天竜区');
    it.act('PartyRegistered', { kind: 'ward', name: '天竜区', code: '221376' });
    it.act('CodeAssigned', { code: '221406' }, { effective: '令和6年1月1日' });
    return it;
  };

  test('changes while the name stays', () => {
    expect(named(tenryu(), '2023-12-31')).toMatchObject([{ name: '天竜区', code: '221376' }]);
    expect(named(tenryu(), '2024-01-01')).toMatchObject([{ name: '天竜区', code: '221406' }]);
  });

  test('and a name that change on one day leave nothing open', () => {
    const it = tenryu();
    it.act('PartyRenamed', { name: '新天竜区' }, { effective: '令和6年1月1日' });
    expect(named(it, '2024-01-01')).toMatchObject([{ name: '新天竜区', code: '221406' }]);
    expect(named(it, '2024-01-01')).toHaveLength(1);
  });
});

test('an act of the older shape, without the newer fields, says what it said', () => {
  const it = new StreamBuilder('party', '富谷');
  it.act('PartyRegistered', { kind: 'municipality', name: '富谷町', code: '044237' });
  const own = [idOf('富谷')];
  it.act(
    'PartySucceeded',
    { manner: 'changeOfStatus', predecessors: own, successors: own, name: '富谷市' },
    { effective: '2016-10-10' },
  );
  const [registered, succeeded] = it.events.map(({ id }) => id);
  expect(named(it, '2016-10-10')).toEqual([
    { by: [registered, succeeded], name: '富谷市', kind: 'municipality', code: '044237' },
  ]);
});

test('a named group may say that nobody has listed its members, and a body where its office is', () => {
  const it = new StreamBuilder('party', '中核市(全国)');
  it.act('PartyRegistered', { kind: 'group', name: '中核市(全国)', openEnded: true });
  expect(named(it, '2020-01-01')).toMatchObject([{ openEnded: true }]);
  const city = new StreamBuilder('party', '札幌市');
  const office = { latitude: 43.06208877, longitude: 141.3543886 };
  city.act('PartyRegistered', { kind: 'municipality', name: '札幌市', ...office });
  expect(named(city, '2020-01-01')).toMatchObject([office]);
});

test('where an office is may be said later, of all days, and again from a day on', () => {
  const it = new StreamBuilder('party', '札幌市');
  it.act('PartyRegistered', { kind: 'municipality', name: '札幌市' });
  it.act('OfficeLocated', { latitude: 43.06208877, longitude: 141.3543886 });
  it.act('OfficeLocated', { latitude: 43.1, longitude: 141.4 }, { effective: '2030-04-01' });
  expect(named(it, '1950-01-01')).toMatchObject([{ name: '札幌市', latitude: 43.06208877 }]);
  expect(named(it, '2030-04-01')).toMatchObject([{ name: '札幌市', latitude: 43.1 }]);
  expect(named(it, '2030-04-01')).toHaveLength(1);
});
