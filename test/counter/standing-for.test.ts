import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { idOf, StreamBuilder } from '../support/event-builder.js';
import { ReadSide } from '../projections/support/read-side.js';
import { disclosed, municipalities, party } from '../projections/support/sources.js';
import { codes, Desk } from './counter-desk.js';

let register: ReadSide;
let desk: Desk;

beforeAll(async () => {
  register = await ReadSide.open('counter standing for');
  register.start();
  desk = new Desk(register);
  await enter(body('里市', '143847'), body('里町', '143855'));
  await register.append(...municipalities());
  await register.caughtUp();
});
afterAll(() => register.close());

const on = '2020-09-01';

function agreement(name: string, parties: readonly string[]): StreamBuilder {
  const stream = new StreamBuilder('agreement', name);
  stream.act(
    'AgreementRegistered',
    {
      keeper: idOf('横浜市'),
      title: name,
      kind: 'agreement',
      fields: ['図書館', '防犯'],
      parties: parties.map((it) => ({ party: idOf(it) })),
    },
    { acted: '2017-02-01' },
  );
  stream.act('ServiceStarted', {}, { effective: '2017-03-01' });
  return disclosed(stream);
}

function mutual(name: string, parties: readonly string[]): StreamBuilder {
  const stream = agreement(name, parties);
  stream.act('TopologyStated', { shape: 'mesh', rest: 'notBound' });
  return stream;
}

function covers(body: StreamBuilder): StreamBuilder {
  body.act('CoverageStated', { field: '図書館', days: { edtf: on } });
  return body;
}

async function enter(...streams: readonly StreamBuilder[]): Promise<void> {
  await register.append(...streams.flatMap((it) => it.events));
  await register.caughtUp();
}

function body(name: string, code?: string): StreamBuilder {
  const stream = new StreamBuilder('party', name);
  stream.act('PartyRegistered', {
    kind: 'municipality',
    name,
    ...(code === undefined ? {} : { code }),
  });
  return stream;
}

function merged(town: string, into: string): readonly StreamBuilder[] {
  const old = body(town);
  const successor = body(into, '143839');
  successor.act(
    'PartySucceeded',
    {
      manner: 'merger',
      predecessors: [idOf(town)],
      successors: [idOf(into)],
      ceased: [idOf(town)],
    },
    { effective: '2018-04-01' },
  );
  return [old, successor];
}

describe('a partner that a merger has taken in', () => {
  const [town, city] = merged('旧町', '新市') as [StreamBuilder, StreamBuilder];

  beforeAll(() => enter(town, covers(city), mutual('旧町 里市', ['旧町', '里市'])));

  test('a successor whose list is whole was told 使えません, and the town that is gone 使えます', async () => {
    expect(await desk.words({ lives: '里市', on })).toEqual({
      新市: '使えます',
      旧町: '使えません',
    });
    expect(codes(await desk.row('旧町', { lives: '里市', on }))).toContain('succeeded-by');
  });

  test('the list says of each of them what is said when it is asked for', async () => {
    for (const partner of ['旧町', '新市']) {
      const listed = await desk.row(partner, { lives: '里市', on });
      const asked = await desk.row(partner, { lives: '里市', on, partner });
      expect([listed?.word, codes(listed)]).toEqual([asked?.word, codes(asked)]);
    }
  });

  test('before the merger the town alone is listed', async () => {
    const asked = { lives: '里市', on: '2018-03-31' };
    expect(await desk.words(asked)).toEqual({ 旧町: '使えます' });
    expect((await desk.bases('旧町', asked))[0]).toMatchObject({
      nextChange: { on: '2018-04-01', word: '使えません' },
    });
  });
});

test('the successor of a council member is listed, and the successor of a pair of an umbrella', async () => {
  const council = party('谷の会', 'council');
  council.act('MemberJoined', { member: idOf('谷村') }, { effective: '2010-04-01' });
  council.act('MemberJoined', { member: idOf('里町') }, { effective: '2010-04-01' });
  const umbrella = agreement('谷の協定', ['谷の会']);
  umbrella.act(
    'BoundThroughStated',
    { through: idOf('谷の会'), pairs: [{ provider: idOf('谷村'), beneficiary: idOf('里町') }] },
    { effective: '2017-02-01' },
  );
  await enter(
    ...merged('谷村', '谷市'),
    council,
    umbrella,
    mutual('谷の会 大和', ['谷の会', '大和市']),
  );
  expect((await desk.words({ lives: '大和市', on }))['谷市']).toBe('使えます');
  expect((await desk.words({ lives: '里町', on }))['谷市']).toBe('使えます');
  expect((await desk.words({ lives: '里町', on, partner: '谷市' }))['谷市']).toBe('使えます');
});

describe('a group whose members are not told apart', () => {
  test('an open-ended group as a partner: whoever is not listed was told 使えません', async () => {
    const group = new StreamBuilder('party', '県内全市町村');
    group.act('PartyRegistered', { kind: 'group', name: '県内全市町村', openEnded: true });
    const home = covers(body('森町', '143863'));
    const asked = { lives: '森町', on };
    await enter(group, home, covers(body('丘町', '143871')));
    expect((await desk.asks(asked)).others?.word).toBe('使えません');
    const ended = mutual('森町 町田', ['森町', '町田市']);
    ended.act('ServiceEnded', {}, { effective: '2019-03-31' });
    await enter(ended, mutual('森町 県内', ['森町', '県内全市町村']));
    const { others, partners } = await desk.asks(asked);
    expect([others?.word, codes(others)]).toEqual(['確認が必要', ['membership-unknown']]);
    for (const it of ['丘町', '町田市']) {
      const row = partners.find(({ partner }) => partner.name === it);
      const [alone] = (await desk.asks({ ...asked, partner: it })).partners;
      expect([it, row?.word, alone?.word]).toEqual([it, '確認が必要', '確認が必要']);
    }
  });

  test('a council too large to list: whoever is not listed was told 使えません', async () => {
    const council = party('全国の会', 'council');
    const towns = Array.from({ length: 101 }, (_, i) => `町${i + 1}`);
    for (const it of towns) {
      council.act('MemberJoined', { member: idOf(it) }, { effective: '2010-04-01' });
    }
    const home = covers(body('泉町', '143880'));
    await enter(council, home, body('町1'), mutual('泉町 全国', ['泉町', '全国の会']));
    const asked = { lives: '泉町', on };
    expect(await desk.words({ ...asked, partner: '町1' })).toEqual({ 町1: '使えます' });
    const { others, partners } = await desk.asks(asked);
    expect([others?.word, codes(others)]).toEqual(['確認が必要', ['membership-unknown']]);
    expect(partners.map((it) => it.partner.name)).toContain('全国の会');
  });
});

describe('an umbrella', () => {
  const council = party('甲の会', 'council');
  const umbrella = agreement('甲の協定', ['甲の会']);

  beforeAll(async () => {
    for (const it of ['横須賀市', '藤沢市', '逗子市']) {
      council.act('MemberJoined', { member: idOf(it) }, { effective: '2010-04-01' });
    }
    const pair = (provider: string, beneficiary: string) => ({
      provider: idOf(provider),
      beneficiary: idOf(beneficiary),
    });
    const through = idOf('甲の会');
    umbrella.act(
      'BoundThroughStated',
      { through, pairs: [pair('藤沢市', '横須賀市')], fields: ['防犯'] },
      { effective: '2017-02-01' },
    );
    umbrella.act(
      'BoundThroughStated',
      { through, pairs: [pair('逗子市', '横須賀市')] },
      { effective: '2017-02-01' },
    );
    await enter(council, umbrella);
  });

  test('that binds in 防犯 alone was told as 使えます for a library', async () => {
    const asked = { lives: '横須賀市', on, partner: '藤沢市' };
    const row = await desk.row('藤沢市', asked);
    expect([row?.word, codes(row)]).toEqual(['確認が必要', ['nothing-recorded']]);
    expect(await desk.words({ ...asked, purpose: '防犯' })).toEqual({ 藤沢市: '使えます' });
  });

  test('whose council made a reservation towards her city was told as 使えます', async () => {
    const asked = { lives: '横須賀市', on, partner: '逗子市' };
    expect(await desk.words(asked)).toEqual({ 逗子市: '使えます' });
    const before = umbrella.events.length;
    umbrella.act('ScopeStated', { areas: ['海沿い'] });
    umbrella.act('ReservationMade', {
      party: idOf('甲の会'),
      text: '横須賀市には貸し出さない',
      towards: [idOf('横須賀市')],
      fields: ['図書館'],
    });
    await register.append(...umbrella.events.slice(before));
    await register.caughtUp();
    const row = await desk.row('逗子市', asked);
    expect([row?.word, codes(row)]).toEqual(['使えません', ['reserved']]);
    expect(await desk.words({ ...asked, purpose: '防犯' })).toEqual({ 逗子市: '条件つき' });
  });
});

test("a reservation towards a city was passed over for its ward's resident, through a council", async () => {
  const ward = new StreamBuilder('party', '北区');
  ward.act('PartyRegistered', { kind: 'ward', name: '北区', partOf: idOf('区の市') });
  const council = party('乙の会', 'council');
  council.act('MemberJoined', { member: idOf('区の市') }, { effective: '2010-04-01' });
  const reserved = mutual('乙の会 藤沢', ['乙の会', '藤沢市']);
  reserved.act('ReservationMade', {
    party: idOf('藤沢市'),
    text: '区の市の住民には貸し出さない',
    towards: [idOf('区の市')],
  });
  await enter(body('区の市'), ward, council, reserved);
  for (const lives of ['区の市', '北区']) {
    const row = await desk.row('藤沢市', { lives, on, partner: '藤沢市' });
    expect([lives, row?.word, codes(row)]).toEqual([lives, '使えません', ['reserved']]);
  }
});

test('a coverage whose retraction waits for approval was told as a settled 使えません', async () => {
  const home = body('網市', '143898');
  const stated = home.act('CoverageStated', { field: '図書館', days: { edtf: on } });
  await enter(home);
  const asked = { lives: '網市', on, partner: '町田市' };
  expect(await desk.words(asked)).toEqual({ 町田市: '使えません' });
  const before = home.events.length;
  home.act('FactRetracted', { events: [stated.id] }, { entry: '網羅の取消' });
  await register.append(...home.events.slice(before));
  await register.caughtUp();
  const row = await desk.row('町田市', asked);
  expect([row?.word, row?.pending]).toEqual(['確認が必要', [idOf('網羅の取消')]]);
  expect(codes(row)).toEqual(['pending', 'not-under-coverage']);
  const { others } = await desk.asks({ lives: '網市', on });
  expect([others?.word, others?.pending]).toEqual(['確認が必要', [idOf('網羅の取消')]]);
});

test('links that are too many to follow were told as a settled 使えません', async () => {
  const names = Array.from({ length: 9 }, (_, i) => `重なる会${i + 1}`);
  const councils = names.map((it) => party(it, 'council'));
  for (const [i, council] of councils.entries()) {
    const member = names[i - 1] ?? '入れ子市';
    council.act('MemberJoined', { member: idOf(member) }, { effective: '2010-04-01' });
  }
  const bound = mutual('重なる会9 町田', ['重なる会9', '町田市']);
  await enter(covers(body('入れ子市', '143901')), ...councils, bound);
  const asked = { lives: '入れ子市', on };
  const row = await desk.row('町田市', { ...asked, partner: '町田市' });
  expect([row?.word, codes(row)]).toEqual(['確認が必要', ['too-many-possibilities']]);
  expect(codes((await desk.asks(asked)).others)).toEqual(['too-many-possibilities']);
});

test('a council was taken for the place where somebody lives', async () => {
  await enter(party('住めない会', 'council'));
  await expect(desk.asks({ lives: '住めない会', on })).rejects.toMatchObject({
    code: 'counter/no-home',
  });
});
