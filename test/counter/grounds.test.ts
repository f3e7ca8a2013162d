import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { idOf, StreamBuilder } from '../support/event-builder.js';
import { ReadSide } from '../projections/support/read-side.js';
import { staffOf } from '../projections/support/asking.js';
import { disclosed, municipalities, party } from '../projections/support/sources.js';
import { codes, Desk } from './counter-desk.js';

let register: ReadSide;
let desk: Desk;

beforeAll(async () => {
  register = await ReadSide.open('counter grounds');
  register.start();
  desk = new Desk(register);
  await register.append(...municipalities());
});
afterAll(() => register.close());

/** An agreement signed on 2017-02-01, in use from 2017-03-01; how they bind each other is told. */
function agreement(name: string, parties: readonly string[], field = '図書館'): StreamBuilder {
  const stream = new StreamBuilder('agreement', name);
  stream.act(
    'AgreementRegistered',
    {
      keeper: idOf('横浜市'),
      title: name,
      kind: 'agreement',
      fields: [field as '図書館'],
      parties: parties.map((it) => ({ party: idOf(it) })),
    },
    { acted: '2017-02-01' },
  );
  stream.act('ServiceStarted', {}, { effective: '2017-03-01' });
  return disclosed(stream);
}

async function enter(...streams: readonly StreamBuilder[]): Promise<number> {
  await register.append(...streams.flatMap((it) => it.events));
  return register.caughtUp();
}

/** Events that a stream has got since it was entered. */
async function more(stream: StreamBuilder, from: number): Promise<number> {
  await register.append(...stream.events.slice(from));
  return register.caughtUp();
}

const on = '2020-09-01';

describe('a resident of 鎌倉市 who works in 横浜市', () => {
  beforeAll(async () => {
    const between = agreement('鎌倉 逗子', ['鎌倉市', '逗子市']);
    between.act('TopologyStated', { shape: 'mesh', rest: 'notBound' });
    between.act('TermsOfUseSet', {
      provider: idOf('逗子市'),
      clause: '第2条',
      eligibility: [{ basis: 'resident', service: '貸出' }],
      exclusions: ['視聴覚資料'],
    });
    const yokohama = new StreamBuilder('party', '横浜市');
    for (const it of party('横浜市', 'municipality').events) {
      yokohama.act('PartyRegistered', it.data as never);
    }
    yokohama.act(
      'TermsOfUseSet',
      {
        field: '図書館',
        rule: '横浜市立図書館規則',
        eligibility: [
          { basis: 'resident' },
          { basis: 'worker', condition: '勤務先の証明', service: '貸出' },
        ],
        bring: ['社員証など'],
      },
      { effective: '2015-04-01' },
    );
    yokohama.act(
      'TermsOfUseSet',
      { field: '図書館', eligibility: [{ basis: 'resident' }] },
      { effective: '2022-04-01' },
    );
    await enter(between);
    await more(yokohama, 1);
  });

  test("uses 逗子市's by the agreement and 横浜市's by 横浜市's own rules, side by side", async () => {
    const { partners, total } = await desk.asks({ lives: '鎌倉市', works: '横浜市', on });
    expect(partners.map((it) => [it.partner.name, it.word])).toEqual([
      ['逗子市', '使えます'],
      ['横浜市', '条件つき'],
    ]);
    expect(total).toEqual({ certain: 2, possible: 2 });
    const [zushi, yokohama] = partners;
    expect(zushi?.bases).toMatchObject([
      {
        kind: 'agreement',
        clause: '第2条',
        eligibility: { word: '在住', stated: [{ basis: 'resident', service: '貸出' }] },
        exclusions: { items: ['視聴覚資料'] },
        presumed: ['continues', 'effect-on-conclusion'],
      },
    ]);
    expect(yokohama).toMatchObject({
      sentence:
        '横浜市にお勤めの方は、横浜市の図書館を条件つきで使えます(勤務先の証明)。制限・電話番号は記録なし、要問合せ。',
      bases: [
        {
          kind: 'ownRules',
          rule: '横浜市立図書館規則',
          eligibility: { word: '在勤' },
          bring: { items: ['社員証など'] },
          nextChange: { on: '2022-04-01', word: '使えません' },
        },
      ],
    });
  });

  test('the rules of a day keep to their days', async () => {
    const worker = { works: '横浜市', partner: '横浜市' };
    expect(await desk.words({ ...worker, on: '2022-03-31' })).toEqual({ 横浜市: '条件つき' });
    expect(codes(await desk.row('横浜市', { ...worker, on: '2022-04-01' }))).toEqual([
      'not-eligible',
    ]);
    const before = await desk.row('横浜市', { ...worker, on: '2015-03-31' });
    expect([before?.word, codes(before)]).toEqual(['確認が必要', ['nothing-recorded']]);
  });

  test("a resident of 横浜市 itself: her own city's rules are on record", async () => {
    expect((await desk.bases('横浜市', { lives: '横浜市', on }))[0]).toMatchObject({
      kind: 'ownRules',
      word: '使えます',
    });
  });

  test('whose city has no rules on record is told nothing of it', async () => {
    expect(Object.keys(await desk.words({ lives: '鎌倉市', on }))).toEqual(['逗子市']);
  });
});

describe('one-way and not transitive', () => {
  beforeAll(async () => {
    const oneWay = agreement('町田 大和', ['町田市', '大和市']);
    oneWay.act('TopologyStated', { shape: 'oneWay', of: idOf('町田市'), rest: 'notBound' });
    const mutual = agreement('大和 藤沢', ['大和市', '藤沢市']);
    mutual.act('TopologyStated', { shape: 'mesh', rest: 'notBound' });
    await enter(oneWay, mutual);
  });

  test('町田市 lends to 大和市 and 大和市 not to 町田市', async () => {
    expect(await desk.words({ lives: '大和市', on })).toEqual({
      町田市: '使えます',
      藤沢市: '使えます',
    });
    const machida = await desk.row('大和市', { lives: '町田市', on });
    expect([machida?.word, codes(machida)]).toEqual(['使えません', ['not-owed']]);
  });

  test('藤沢市 and 町田市 have nothing on record, though both have with 大和市', async () => {
    const row = await desk.row('町田市', { lives: '藤沢市', partner: '町田市', on });
    expect([row?.word, codes(row)]).toEqual(['確認が必要', ['nothing-recorded']]);
  });
});

describe('what leaves the answer open', () => {
  test('a service start that is disputed, and a change that waits for approval', async () => {
    const doubted = agreement('川崎 逗子', ['川崎市', '逗子市']);
    doubted.act('TopologyStated', { shape: 'mesh', rest: 'notBound' });
    await enter(doubted);
    const asked = { lives: '川崎市', partner: '逗子市' };
    expect(await desk.words({ ...asked, on: '2017-04-01' })).toEqual({ 逗子市: '使えます' });
    const before = doubted.events.length;
    doubted.dispute(doubted.events[1]!, { effective: '2017-05-01' });
    await more(doubted, before);
    const disputed = await desk.row('逗子市', { ...asked, on: '2017-04-01' });
    expect(disputed?.word).toBe('確認が必要');
    expect(codes(disputed)).toContain('disputed');
    expect(await desk.words({ ...asked, on: '2017-05-01' })).toEqual({ 逗子市: '使えます' });

    const length = doubted.events.length;
    doubted.act('ServiceEnded', {}, { effective: '2019-03-31', entry: '終了' });
    await more(doubted, length);
    const [basis] = await desk.bases('逗子市', { ...asked, on: '2018-01-01' });
    expect(basis).toMatchObject({
      word: '使えます',
      nextChange: { on: '2019-04-01', word: '確認が必要' },
    });
    const [ended] = await desk.bases('逗子市', { ...asked, on });
    expect(ended).toMatchObject({ word: '確認が必要', pending: [idOf('終了')] });
    const approved = doubted.events.length;
    doubted.approve('終了');
    await more(doubted, approved);
    const row = await desk.row('逗子市', { ...asked, on });
    expect([row?.word, codes(row)]).toEqual(['使えません', ['service-ended']]);
  });

  test('who is excluded by name is told so', async () => {
    const excluding = agreement('川崎 町田', ['川崎市', '町田市']);
    excluding.act('TopologyStated', { shape: 'mesh', rest: 'notBound' });
    excluding.act('TermsOfUseSet', {
      provider: idOf('町田市'),
      eligibility: [{ basis: 'resident' }, { basis: 'worker' }],
      excluded: [{ basis: 'student', ground: '在学者を除く' }],
    });
    await enter(excluding);
    expect(await desk.words({ works: '川崎市', on, partner: '町田市' })).toEqual({
      町田市: '使えます',
    });
    const student = await desk.row('町田市', { studies: '川崎市', on });
    expect([student?.word, codes(student)]).toEqual(['使えません', ['excluded']]);
    expect(student?.bases[0]?.exclusions.items).toEqual(['在学者を除く']);
  });

  test('an agreement of one ward is open to a resident of the city, and the area of a scope', async () => {
    await enter(party('鶴見区', 'ward', '横浜市'), party('港北区', 'ward', '横浜市'));
    const scoped = agreement('横浜 大和 区域', ['横浜市', '大和市']);
    scoped.act('TopologyStated', { shape: 'mesh', rest: 'notBound' });
    scoped.act('ScopeStated', { wards: [idOf('鶴見区')], provider: idOf('大和市') });
    await enter(scoped);
    const asked = { on, partner: '大和市' };
    expect(await desk.words({ ...asked, lives: '鶴見区' })).toEqual({ 大和市: '使えます' });
    const city = await desk.row('大和市', { ...asked, lives: '横浜市' });
    expect([city?.word, codes(city)]).toEqual([
      '確認が必要',
      expect.arrayContaining(['part-only']),
    ]);
    const other = await desk.row('大和市', { ...asked, lives: '港北区' });
    expect([other?.word, codes(other)]).toEqual(['使えません', ['outside-scope']]);
  });

  test('a reservation towards her city is a no', async () => {
    const reserved = agreement('逗子 大和', ['逗子市', '大和市']);
    reserved.act('TopologyStated', { shape: 'mesh', rest: 'notBound' });
    reserved.act('ReservationMade', {
      party: idOf('大和市'),
      text: '逗子市の住民には貸し出さない',
      towards: [idOf('逗子市')],
    });
    await enter(reserved);
    const row = await desk.row('大和市', { lives: '逗子市', on });
    expect([row?.word, codes(row)]).toEqual(['使えません', ['reserved']]);
    expect(await desk.words({ lives: '大和市', on, partner: '逗子市' })).toEqual({
      逗子市: '使えます',
    });
  });
});

describe('through councils, and after a merger', () => {
  test('two councils bound to each other let their members use each other', async () => {
    const east = party('東の会', 'council');
    east.act('MemberJoined', { member: idOf('逗子市') }, { effective: '2010-04-01' });
    const west = party('西の会', 'council');
    west.act('MemberJoined', { member: idOf('町田市') }, { effective: '2010-04-01' });
    west.act(
      'MemberLeft',
      { member: idOf('町田市'), wording: 'lastDay' },
      { effective: '2021-03-31' },
    );
    const bound = agreement('会と会', ['東の会', '西の会']);
    bound.act('TopologyStated', { shape: 'mesh', rest: 'notBound' });
    await enter(east, west, bound);
    const [basis] = await desk.bases('町田市', { lives: '逗子市', on });
    expect(basis).toMatchObject({
      word: '使えます',
      eligibility: { to: { name: '東の会' } },
      nextChange: { on: '2021-04-01', word: '使えません' },
    });
    expect(codes(basis)).toContain('member');
    const asked = { lives: '逗子市', partner: '町田市' };
    expect(codes(await desk.row('町田市', { ...asked, on: '2021-04-01' }))).toEqual(['not-member']);
    expect(codes(await desk.row('町田市', { ...asked, on: '2020-01-01' }))).toContain('member');
  });

  test('an umbrella lets the members use each other as it says', async () => {
    const council = party('県央の会', 'council');
    for (const it of ['大和市', '川崎市']) {
      council.act('MemberJoined', { member: idOf(it) }, { effective: '2010-04-01' });
    }
    const umbrella = agreement('県央の協定', ['県央の会']);
    umbrella.act(
      'BoundThroughStated',
      {
        through: idOf('県央の会'),
        pairs: [{ provider: idOf('大和市'), beneficiary: idOf('川崎市') }],
        fields: ['図書館'],
      },
      { effective: '2017-02-01' },
    );
    await enter(council, umbrella);
    const [basis] = await desk.bases('大和市', { lives: '川崎市', on });
    expect([basis?.word, codes(basis)]).toEqual([
      '使えます',
      expect.arrayContaining(['bound-through', 'member', 'service-started']),
    ]);
    expect(await desk.bases('川崎市', { lives: '大和市', on })).toEqual([]);
  });

  test('what the old town might use the merged city may use', async () => {
    const town = new StreamBuilder('party', '旧町');
    town.act('PartyRegistered', { kind: 'municipality', name: '旧町' });
    const city = new StreamBuilder('party', '新市');
    city.act('PartyRegistered', { kind: 'municipality', name: '新市' });
    city.act(
      'PartySucceeded',
      {
        manner: 'merger',
        predecessors: [idOf('旧町')],
        successors: [idOf('新市')],
        ceased: [idOf('旧町')],
      },
      { effective: '2018-04-01' },
    );
    const old = agreement('旧町 鎌倉', ['旧町', '鎌倉市']);
    old.act('TopologyStated', { shape: 'mesh', rest: 'notBound' });
    await enter(town, city, old);
    expect(await desk.words({ lives: '新市', on, partner: '鎌倉市' })).toEqual({
      鎌倉市: '使えます',
    });
    expect(codes(await desk.row('鎌倉市', { lives: '新市', on: '2018-03-31' }))).toContain(
      'not-succeeded',
    );
    expect(await desk.words({ lives: '旧町', on: '2018-03-31' })).toEqual({ 鎌倉市: '使えます' });
    expect(codes(await desk.row('鎌倉市', { lives: '旧町', on }))).toContain('succeeded-by');
  });
});

describe('what is withheld', () => {
  test('an eligibility that is withheld decides: the public asks the office, the keeper knows', async () => {
    const stream = new StreamBuilder('agreement', '非公開の資格');
    stream.act(
      'AgreementRegistered',
      {
        keeper: idOf('横須賀市'),
        title: '非公開の資格',
        kind: 'agreement',
        fields: ['図書館'],
        parties: [{ party: idOf('横須賀市') }, { party: idOf('町田市') }],
      },
      { acted: '2017-02-01' },
    );
    stream.act('ServiceStarted', {}, { effective: '2017-03-01' });
    stream.act('TopologyStated', { shape: 'mesh', rest: 'notBound' });
    stream.act('TermsOfUseSet', {
      provider: idOf('町田市'),
      eligibility: [{ basis: 'worker' }],
      bring: ['社員証'],
    });
    stream.act('DisclosureDecided', {
      disclosed: true,
      withheld: ['eligibility', 'bring'],
      ground: '試験',
    });
    await enter(stream);
    const asked = { lives: '横須賀市', on };
    const [open] = await desk.bases('町田市', asked);
    expect(open).toMatchObject({
      word: '確認が必要',
      eligibility: { stated: [] },
      bring: { recorded: false, word: '非公開、要問合せ' },
    });
    expect(codes(open)).toContain('undisclosed');
    const inside = await desk.row('町田市', { ...asked, reader: staffOf('横須賀市') });
    expect([inside?.word, codes(inside)]).toEqual(['使えません', ['not-eligible']]);
    expect(await desk.words({ ...asked, on: '2017-02-28' })).toEqual({ 町田市: '使えません' });
  });
});

test('a withheld condition, area and facility were told to the public all the same', async () => {
  const stream = agreement('非公開の条件', ['川崎市', '藤沢市']);
  stream.act('TopologyStated', { shape: 'mesh', rest: 'notBound' });
  stream.act('ScopeStated', { areas: ['極秘地区'] });
  stream.act('TermsOfUseSet', {
    provider: idOf('藤沢市'),
    eligibility: [{ basis: 'resident', condition: '秘密条件' }],
  });
  stream.act('FacilityOffered', { facility: idOf('秘密館'), provider: idOf('藤沢市') });
  stream.act('DisclosureDecided', {
    disclosed: true,
    withheld: ['areas', 'condition', 'facility'],
    ground: '試験',
  });
  await enter(stream);
  const asked = { lives: '川崎市', on, partner: '藤沢市' };
  const row = await desk.row('藤沢市', asked);
  expect(row?.word).toBe('条件つき');
  expect(row?.sentence).toContain('(非公開の条件)');
  const told = JSON.stringify(row);
  for (const secret of ['極秘地区', '秘密条件', idOf('秘密館')]) expect(told).not.toContain(secret);
  const inside = await desk.row('藤沢市', { ...asked, reader: staffOf('横浜市') });
  expect(inside?.sentence).toContain('(秘密条件、極秘地区に限る)');
});

test('rules for anybody let in whoever comes, wherever she lives', async () => {
  const open = new StreamBuilder('party', '開かれた市');
  open.act('PartyRegistered', { kind: 'municipality', name: '開かれた市' });
  open.act('TermsOfUseSet', {
    field: '図書館',
    eligibility: [{ basis: 'anyone', service: '閲覧' }],
  });
  await enter(open);
  const row = await desk.row('開かれた市', { lives: '逗子市', on });
  expect(row).toMatchObject({
    word: '使えます',
    bases: [{ kind: 'ownRules', eligibility: { word: '誰でも' } }],
  });
});

test('a kind that the field is not only about is 確認が必要, unless one of it is on offer', async () => {
  const halls = agreement('体育館など', ['逗子市', '鎌倉市'], '公共施設相互利用');
  halls.act('TopologyStated', { shape: 'mesh', rest: 'notBound' });
  await enter(halls);
  const asked = { lives: '逗子市', partner: '鎌倉市', on };
  expect(await desk.words({ ...asked, purpose: '公共施設相互利用' })).toEqual({
    鎌倉市: '使えます',
  });
  const gym = await desk.row('鎌倉市', { ...asked, purpose: '体育館' });
  expect([gym?.word, codes(gym)]).toEqual([
    '確認が必要',
    expect.arrayContaining(['kind-not-recorded']),
  ]);

  const facility = new StreamBuilder('facility', '鎌倉体育館');
  facility.act(
    'FacilityRegistered',
    { owner: idOf('鎌倉市'), name: '鎌倉体育館', poi: '1110' },
    { effective: '2000-04-01' },
  );
  facility.act('FacilityClosed', { wording: 'lastDay' }, { effective: '2021-03-31' });
  const length = halls.events.length;
  halls.act('FacilitiesCounted', { of: idOf('鎌倉市'), count: 2, heading: '対象施設' });
  halls.act(
    'FacilityOffered',
    { facility: idOf('鎌倉体育館'), provider: idOf('鎌倉市') },
    { effective: '2017-03-01' },
  );
  await enter(facility);
  await more(halls, length);
  const [offered] = await desk.bases('鎌倉市', { ...asked, purpose: '体育館' });
  expect(offered).toMatchObject({
    word: '使えます',
    facilities: {
      count: 2,
      claims: [{ heading: '対象施設', count: 2 }],
      listed: 1,
      difference: -1,
      offered: [{ facility: idOf('鎌倉体育館'), name: '鎌倉体育館', open: 'yes' }],
    },
  });
  const closed = await desk.row('鎌倉市', { ...asked, purpose: '体育館', on: '2021-04-01' });
  expect(closed?.word).toBe('確認が必要');
  expect(closed?.bases[0]?.facilities.offered).toMatchObject([{ open: 'no' }]);
});
