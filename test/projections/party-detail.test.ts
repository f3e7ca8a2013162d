import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import type { Known } from '../../projections/known.js';
import type { PartyDetailAnswer } from '../../projections/parties/party-detail.answer.js';
import { PartyDetail, PartyDetailHandler } from '../../projections/parties/party-detail.query.js';
import { date, idOf, StreamBuilder } from '../support/event-builder.js';
import { day, ReadSide } from './support/read-side.js';

let register: ReadSide;

async function asked(name: string, on: string, n?: number): Promise<PartyDetailAnswer> {
  const known: Known = n === undefined ? { kind: 'now' } : { kind: 'number', n };
  const query = new PartyDetail({ id: idOf(name), on: day(on), known });
  return (await new PartyDetailHandler(register.models).execute(query)).read<never>();
}
const party = (
  name: string,
  kind: 'municipality' | 'ward' | 'council' | 'organ' | 'group',
  more = {},
) => {
  const it = new StreamBuilder('party', name);
  it.act('PartyRegistered', { kind, name, ...more });
  return it;
};
const answers = (relations: PartyDetailAnswer['members']) =>
  relations.map((it) => [it.party.name, it.answer]);

beforeAll(async () => {
  register = await ReadSide.open('party_detail');
  register.start();

  const [urawa, omiya] = ['浦和市', '大宮市'].map((it) => party(it, 'municipality'));
  const saitama = party('さいたま市', 'municipality', { code: '111007' });
  const two = ['浦和市', '大宮市'].map(idOf);
  saitama.act(
    'PartySucceeded',
    {
      manner: 'merger',
      predecessors: two,
      successors: [idOf('さいたま市')],
      ceased: two,
      agreements: [idOf('公開しない協定')],
    },
    { effective: '平成13年5月1日', written: '平成17年3月' },
  );
  const ward = party('浦和区', 'ward', { partOf: idOf('さいたま市') });
  const board = party('教育委員会', 'organ', { partOf: idOf('さいたま市') });
  const sasayama = party('篠山市', 'municipality', { code: '282219' });
  sasayama.act('PartyRenamed', { name: '丹波篠山市' }, { effective: '令和元年5月1日' });
  const tomiya = party('富谷町', 'municipality', { code: '044237' });
  const own = [idOf('富谷町')];
  tomiya.act(
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
  const split = party('分立町', 'municipality');
  split.act(
    'PartySucceeded',
    { manner: 'split', predecessors: [idOf('篠山市')], successors: ['篠山市', '分立町'].map(idOf) },
    { effective: '令和3年4月' },
  );
  const council = party('首都圏会議', 'council');
  council.act('MemberJoined', { member: idOf('さいたま市') }, { effective: '平成15年4月1日' });
  council.act(
    'MemberLeft',
    { member: idOf('さいたま市'), wording: 'lastDay' },
    { effective: '平成22年3月31日' },
  );
  council.act('MemberJoined', { member: idOf('丙会議') }, { entry: 'not yet approved' });
  council.act('MeetingHeld', {
    title: '第1回会議',
    decisions: ['相互応援を確認した'],
    attendees: [{ party: idOf('さいたま市'), office: '市長' }],
  });
  const other = party('丙会議', 'council');
  other.act('MemberJoined', { member: idOf('首都圏会議') });
  other.act('MemberJoined', { member: idOf('丙会議') });
  saitama.act(
    'OfficeChanged',
    { office: '市長', holder: '甲野' },
    { effective: '平成13年5月27日' },
  );
  saitama.act('FiguresPublished', { figures: [{ label: '人口', value: 1_024_053 }] });
  saitama.act('CoverageStated', { field: '図書館', days: date('平成29年4月1日') });
  const group = party('県内全市町村', 'group', { openEnded: true });
  const all = [
    urawa!,
    omiya!,
    saitama,
    ward,
    board,
    sasayama,
    tomiya,
    split,
    council,
    other,
    group,
  ];
  await register.append(...all.flatMap(({ events }) => events));
  await register.caughtUp();
});
afterAll(() => register.close());

describe('a merger', () => {
  test('is on both sides, with its manner, its day as written and where that stands', async () => {
    const { predecessors } = await asked('さいたま市', '2001-05-01');
    expect(answers(predecessors)).toEqual(
      expect.arrayContaining([
        ['浦和市', 'yes'],
        ['大宮市', 'yes'],
      ]),
    );
    expect(predecessors[0]?.periods).toMatchObject([
      { from: null, to: '2001-05-01', contents: [{ state: 'notYet' }] },
      { from: '2001-05-01', to: null, contents: [{ state: 'succeeded', manner: 'merger' }] },
    ]);
    expect(predecessors[0]?.acts).toMatchObject([
      {
        type: 'PartySucceeded',
        effective: { text: '平成13年5月1日', iso: '2001-05-01' },
        source: { document: idOf('資料') },
      },
    ]);
  });

  test('ends its predecessors from that day: before it they go on', async () => {
    const before = await asked('浦和市', '2001-04-30');
    expect([before.ceased.answer, answers(before.successors)]).toEqual([
      'no',
      [['さいたま市', 'no']],
    ]);
    const after = await asked('浦和市', '2001-05-01');
    expect([after.ceased.answer, answers(after.successors)]).toEqual([
      'yes',
      [['さいたま市', 'yes']],
    ]);
    expect(after.party.name).toBe('浦和市');
    expect(after.successors[0]?.acts).toMatchObject([{ type: 'PartySucceeded' }]);
  });

  test('tells nobody which agreements are taken over: they may be undisclosed', async () => {
    for (const name of ['さいたま市', '浦和市']) {
      const text = JSON.stringify(await asked(name, '2001-05-01'));
      expect(text).toContain('"takesOver":"listed"');
      expect(text).not.toContain(idOf('公開しない協定'));
    }
  });
});

test('a split known to the month leaves the days of the month open, and ends nobody', async () => {
  const on = async (iso: string) => {
    const { ceased, successors } = await asked('篠山市', iso);
    return [ceased.answer, successors.map((it) => it.answer), successors[0]?.reasons];
  };
  expect(await on('2021-03-31')).toEqual(['no', ['no'], []]);
  expect(await on('2021-04-15')).toEqual([
    'no',
    ['undetermined'],
    [{ code: 'date-unknown', events: [idOf(`${new StreamBuilder('party', '分立町').stream}#1`)] }],
  ]);
  expect(await on('2021-04-30')).toEqual(['no', ['yes'], []]);
});

test('a renaming: an old day keeps the old name, and both stand with their days', async () => {
  expect((await asked('篠山市', '2019-04-30')).party).toMatchObject({ name: '篠山市' });
  const { party: now, names } = await asked('篠山市', '2019-05-01');
  expect(now).toMatchObject({ name: '丹波篠山市', code: '282219' });
  expect(names.periods).toMatchObject([
    { from: null, to: '2019-05-01', contents: [{ name: '篠山市' }] },
    { from: '2019-05-01', to: null, contents: [{ name: '丹波篠山市' }] },
  ]);
  expect(names.acts.map((it) => [it.type, it.effective?.text])).toEqual([
    ['PartyRegistered', undefined],
    ['PartyRenamed', '令和元年5月1日'],
  ]);
});

test('a town that becomes a city keeps its id and changes its code; it succeeds nobody', async () => {
  const town = await asked('富谷町', '2016-10-09');
  const city = await asked('富谷町', '2016-10-10');
  expect([town.id, town.party.name, town.party.code]).toEqual([idOf('富谷町'), '富谷町', '044237']);
  expect([city.id, city.party.name, city.party.code]).toEqual([idOf('富谷町'), '富谷市', '042161']);
  expect([city.ceased.answer, city.predecessors, city.successors]).toEqual(['no', [], []]);
});

describe('a body', () => {
  test('has its wards and organs, and they their whole', async () => {
    const { parts } = await asked('さいたま市', '2005-04-01');
    expect(new Set(parts.map((it) => it.party.name))).toEqual(new Set(['浦和区', '教育委員会']));
    expect(parts.map((it) => it.answer)).toEqual(['yes', 'yes']);
    expect((await asked('浦和区', '2005-04-01')).party.whole?.name).toBe('さいたま市');
  });

  test('states its offices, figures and coverage with their days', async () => {
    const { offices, figures, coverages } = await asked('さいたま市', '2017-04-01');
    expect(offices).toMatchObject([
      { data: { office: '市長', holder: '甲野' }, effective: { text: '平成13年5月27日' } },
    ]);
    expect(figures).toMatchObject([{ data: { figures: [{ label: '人口', value: 1_024_053 }] } }]);
    expect(coverages).toMatchObject([{ field: '図書館', answer: 'yes' }]);
    expect((await asked('さいたま市', '2017-04-02')).coverages[0]?.answer).toBe('no');
  });
});

describe('a membership', () => {
  test('is on both sides, with its days', async () => {
    const on = async (iso: string) => answers((await asked('さいたま市', iso)).memberOf);
    expect(await on('2003-03-31')).toEqual([['首都圏会議', 'no']]);
    expect(await on('2010-03-31')).toEqual([['首都圏会議', 'yes']]);
    expect(await on('2010-04-01')).toEqual([['首都圏会議', 'no']]);
    const { members } = await asked('首都圏会議', '2010-03-31');
    expect(answers(members)).toContainEqual(['さいたま市', 'yes']);
  });

  test('that waits for approval is open, and says what it waits for', async () => {
    const { members, pending, events } = await asked('首都圏会議', '2010-03-31');
    const waiting = members.find((it) => it.party.name === '丙会議');
    expect(waiting).toMatchObject({
      answer: 'undetermined',
      reasons: [{ code: 'pending' }],
      pending: [idOf('not yet approved')],
      acts: [],
    });
    expect(pending).toEqual([idOf('not yet approved')]);
    expect(events.map((it) => it.status)).not.toContain('pending');
  });

  test('in a circle, which two commands made at once, is told and ends', async () => {
    const { members, memberOf } = await asked('丙会議', '2010-03-31');
    expect(answers(members).map(([name]) => name)).toEqual(
      expect.arrayContaining(['首都圏会議', '丙会議']),
    );
    expect(answers(memberOf).map(([name]) => name)).toEqual(['首都圏会議']);
  });

  test('with the meetings of its council, whoever attended by name', async () => {
    const { meetings } = await asked('首都圏会議', '2010-03-31');
    expect(meetings).toMatchObject([
      {
        data: { decisions: ['相互応援を確認した'], attendees: [{ party: { name: 'さいたま市' } }] },
      },
    ]);
  });
});

test('a group whose members nobody has listed says so', async () => {
  const { names, members } = await asked('県内全市町村', '2020-01-01');
  expect(names.periods).toMatchObject([{ contents: [{ openEnded: true }] }]);
  expect(members).toEqual([]);
});

test('an earlier number answers as the register knew it, and none knows a party before its first', async () => {
  const { events } = await asked('篠山市', '2019-05-01');
  const before = (events[1]?.n ?? 0) - 1;
  expect((await asked('篠山市', '2019-05-01', before)).party.name).toBe('篠山市');
  await expect(asked('篠山市', '2019-05-01', 0)).rejects.toMatchObject({ code: 'party/unknown' });
  await expect(asked('幻市', '2019-05-01')).rejects.toMatchObject({ code: 'party/unknown' });
});
