import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { idOf, StreamBuilder } from '../support/event-builder.js';
import { agreed, council, field } from './support/agreed.js';
import { codesOf, Counter, staffOf, type Asking } from './support/asking.js';
import { ReadSide } from './support/read-side.js';
import { disaster, disclosed, municipalities, party } from './support/sources.js';

const lastDay = { wording: 'lastDay' } as const;

let register: ReadSide;
let ask: Counter;

beforeAll(async () => {
  register = await ReadSide.open('why');
  register.start();
  ask = new Counter(register);
  await register.append(...municipalities());
});
afterAll(() => register.close());

async function recorded(...streams: readonly StreamBuilder[]): Promise<number> {
  await register.append(...streams.flatMap((it) => it.events));
  return register.caughtUp();
}

const periods = (it: { readonly periods: readonly { from: string | null; answer: string }[] }) =>
  it.periods.map(({ from, answer }) => `${from ?? ''} ${answer}`);
const chain = (links: readonly { kind: string; to: { name: string | null } }[]) =>
  links.map((it) => `${it.kind} ${it.to.name}`).join(', ');
const bound = (from: string, to: string, on: string, more: Partial<Asking> = {}) =>
  ask.bound(from, to, { on, field, ...more });

describe('川崎市 and 横浜市, through 九都県市 whose members and days are recorded', () => {
  const nine = council('九都県市', {
    横浜市: '昭和54年7月26日',
    川崎市: '昭和54年7月26日',
    相模原市: '平成22年4月1日',
  });
  const umbrella = new StreamBuilder('agreement', '九都県市災害時相互応援に関する協定');
  umbrella.act(
    'AgreementRegistered',
    {
      keeper: idOf('横浜市'),
      title: '九都県市災害時相互応援に関する協定',
      kind: 'agreement',
      fields: [field],
      parties: [{ party: idOf('九都県市') }],
    },
    { acted: '平成22年4月1日' },
  );
  const members = ['横浜市', '川崎市', '相模原市'].map(idOf);
  umbrella.act(
    'BoundThroughStated',
    {
      through: idOf('九都県市'),
      pairs: members.flatMap((provider) =>
        members.flatMap((beneficiary) =>
          provider === beneficiary ? [] : { provider, beneficiary },
        ),
      ),
    },
    { acted: '平成22年4月1日' },
  );

  test('the path has the days on which both are members and the umbrella stands', async () => {
    await recorded(party('相模原市', 'municipality'), nine, disclosed(umbrella));
    const answer = await bound('川崎市', '横浜市', '2020-09-01');
    expect(answer.paths).toMatchObject([
      { kind: 'membership', through: { name: '九都県市' }, answer: 'yes' },
    ]);
    expect(periods(answer)).toEqual([' no', '2010-04-01 yes']);
  });

  test('if 横浜市 left, the path ends that day, and the umbrella stands', async () => {
    const before = await register.caughtUp();
    const left = { member: idOf('横浜市'), ...lastDay };
    await register.append(nine.act('MemberLeft', left, { effective: '2022-03-31' }));
    await register.caughtUp();

    const answer = await bound('川崎市', '横浜市', '2022-04-01');
    expect(answer.answer).toBe('no');
    expect(codesOf(answer)).toEqual(['not-member']);
    expect(periods(answer)).toEqual([' no', '2010-04-01 yes', '2022-04-01 no']);
    expect((await bound('川崎市', '相模原市', '2022-04-01')).answer).toBe('yes');
    const then = await bound('川崎市', '横浜市', '2022-04-01', { n: before });
    expect(then.answer).toBe('yes');
  });
});

describe('two councils that are bound to each other', () => {
  test('bind their members, by the path through both, and not the members of one', async () => {
    await recorded(
      council('東の会', { 鎌倉市: '2010-04-01', 藤沢市: '2010-04-01' }),
      council('西の会', { 町田市: '2012-04-01' }),
      agreed('二つの会の応援協定', ['東の会', '西の会'], '2011-04-01'),
    );
    const answer = await bound('鎌倉市', '町田市', '2015-01-01');
    expect(answer).toMatchObject({ answer: 'yes', paths: [{ kind: 'membership' }] });
    const [path] = answer.paths;
    expect(chain(path!.chains.from)).toBe('member 東の会');
    expect(chain(path!.chains.to)).toBe('member 西の会');
    expect(path!.chains.to[0]!.periods).toEqual([
      { from: null, to: '2012-04-01', answer: 'no' },
      { from: '2012-04-01', to: null, answer: 'yes' },
    ]);
    expect(periods(answer)).toEqual([' no', '2012-04-01 yes']);
    expect(path!.dates.map((it) => it.type)).toEqual([
      'AgreementRegistered',
      'MemberJoined',
      'MemberJoined',
    ]);
    expect(codesOf(await bound('鎌倉市', '藤沢市', '2015-01-01'))).toEqual(['nothing-recorded']);
  });

  test('bind through a circle of councils as well', async () => {
    const round = council('環の会', { 東の会: '2010-04-01', 輪の会: '2010-04-01' });
    const ring = council('輪の会', { 環の会: '2010-04-01' });
    await recorded(round, ring, agreed('輪の協定', ['輪の会', '大和市'], '2011-04-01'));
    const answer = await bound('鎌倉市', '大和市', '2015-01-01');
    expect(answer.answer).toBe('yes');
    expect(chain(answer.paths[0]!.chains.from)).toBe('member 東の会, member 環の会, member 輪の会');
  });

  test('on whichever day an amendment moved it from one council to the other, it is owed', async () => {
    const both = ['南の会', '北の会'];
    const paper = agreed('移した協定', [...both, '箱根町'], '2011-04-01', 'unknown');
    const owing = (council: string) =>
      ({
        shape: 'pairs',
        pairs: [{ provider: idOf(council), beneficiary: idOf('箱根町') }],
        rest: 'notBound',
      }) as const;
    paper.act('TopologyStated', owing('南の会'));
    paper.act('TopologyStated', owing('北の会'), { effective: '2015年' });
    const members = { 真鶴町: '2010-04-01' };
    await recorded(
      party('真鶴町', 'municipality'),
      party('箱根町', 'municipality'),
      ...both.map((it) => council(it, members)),
      paper,
    );
    const answer = await bound('真鶴町', '箱根町', '2015-06-01');
    expect(answer.paths.map((it) => it.answer)).toEqual(['undetermined', 'undetermined']);
    expect(answer.answer).toBe('yes');
    expect(periods(answer)).toEqual([' no', '2011-04-01 yes']);
  });

  test('one that ceased leaves open whether its successor has the same members', async () => {
    const heir = party('新しい会', 'council');
    const ceased = [idOf('古い会')];
    heir.act(
      'PartySucceeded',
      { manner: 'merger', predecessors: ceased, successors: [idOf('新しい会')], ceased },
      { effective: '2015-04-01' },
    );
    const pair = { provider: idOf('真鶴町'), beneficiary: idOf('湯河原町') };
    const umbrella = agreed('古い会の協定', ['古い会'], '2011-04-01');
    umbrella.act(
      'BoundThroughStated',
      { through: idOf('古い会'), pairs: [pair] },
      { acted: '2011-04-01' },
    );
    await recorded(
      party('湯河原町', 'municipality'),
      council('古い会', { 真鶴町: '2010-04-01', 湯河原町: '2010-04-01' }),
      heir,
      umbrella,
    );
    const answer = await bound('真鶴町', '湯河原町', '2016-01-01');
    expect(codesOf(answer)).toContain('succession-unstated');
    expect(periods(answer)).toEqual([' no', '2011-04-01 yes', '2015-04-01 undetermined']);
  });

  test('one who left before the councils agreed was never tied to the other', async () => {
    const old = council('旧の会', { 逗子市: '2001-04-01' });
    old.act('MemberLeft', { member: idOf('逗子市'), ...lastDay }, { effective: '2005-03-31' });
    await recorded(old, agreed('旧の会の協定', ['旧の会', '川崎市'], '2008-04-01'));
    const answer = await bound('逗子市', '川崎市', '2015-01-01');
    expect(answer).toMatchObject({ answer: 'undetermined', paths: [] });
    expect(answer.missing).toMatchObject([{ type: 'CoverageStated' }, { type: 'CoverageStated' }]);
  });
});

describe('‹6市›', () => {
  const disasters = { field: '災害時相互応援' };

  test('does 逗子市 owe 鎌倉市? open while the rest is unknown; hub(横浜市), stated now, says no', async () => {
    const six = disaster();
    const before = await recorded(six);
    const open = await bound('逗子市', '鎌倉市', '2020-09-01', disasters);
    expect(open.answer).toBe('undetermined');
    expect(open.missing).toMatchObject([
      { event: null, type: 'TopologyStated', agreement: idOf('災害時相互応援 6市') },
    ]);

    const hub = { shape: 'hub', of: idOf('横浜市'), rest: 'notBound' } as const;
    await register.append(six.act('TopologyStated', hub, { effective: '2020-04-01' }));
    await register.caughtUp();

    const answer = await bound('逗子市', '鎌倉市', '2020-09-01', disasters);
    expect(answer.answer).toBe('no');
    expect(codesOf(answer)).toEqual(['not-owed']);
    expect((await bound('逗子市', '横浜市', '2020-09-01', disasters)).answer).toBe('yes');
    expect((await bound('逗子市', '鎌倉市', '2020-03-31', disasters)).answer).toBe('undetermined');
    expect(await bound('逗子市', '鎌倉市', '2020-09-01', { ...disasters, n: before })).toEqual({
      ...open,
      known: { ...open.known, settled: true },
    });
  });
});

describe('a merger, a split and a renaming', () => {
  const succeeded = (
    name: string,
    data: { manner: 'merger' | 'split'; old: string; ceased?: boolean },
  ) => {
    const stream = party(name, 'municipality');
    const { manner, old, ceased } = data;
    stream.act(
      'PartySucceeded',
      {
        manner,
        predecessors: [idOf(old)],
        successors: [idOf(name)],
        ...(ceased === false ? {} : { ceased: [idOf(old)] }),
      },
      { effective: '2006-03-20' },
    );
    return stream;
  };

  test('what bound the old binds the successor of a merger, and the old no more', async () => {
    const town = party('旧津久井町', 'municipality');
    await recorded(
      town,
      succeeded('新相模原市', { manner: 'merger', old: '旧津久井町' }),
      agreed('津久井の協定', ['旧津久井町', '町田市'], '平成13年4月1日'),
    );
    const after = await bound('新相模原市', '町田市', '2010-01-01');
    expect(after).toMatchObject({ answer: 'yes', paths: [{ kind: 'succession' }] });
    expect(chain(after.paths[0]!.chains.from)).toBe('succession 旧津久井町');
    expect(periods(after)).toEqual([' no', '2006-03-20 yes']);

    const old = await bound('旧津久井町', '町田市', '2010-01-01');
    expect(old.answer).toBe('no');
    expect(codesOf(old)).toEqual(['succeeded-by']);
    expect(periods(old)).toEqual([' no', '2001-04-01 yes', '2006-03-20 no']);
    expect((await bound('町田市', '旧津久井町', '2006-03-19')).answer).toBe('yes');
  });

  test('after a split a successor is open, naming what is missing, until it is stated', async () => {
    const stream = succeeded('分かれた町', { manner: 'split', old: '元の町', ceased: false });
    await recorded(
      party('元の町', 'municipality'),
      stream,
      agreed('元の町の協定', ['元の町', '大和市'], '平成13年4月1日'),
    );
    const open = await bound('分かれた町', '大和市', '2010-01-01');
    expect(open.answer).toBe('undetermined');
    expect(codesOf(open)).toContain('succession-unstated');
    expect(open.missing).toEqual([
      {
        event: null,
        type: 'PartySucceeded',
        party: idOf('分かれた町'),
        known: null,
        reason: 'succession-unstated',
      },
    ]);
    expect((await bound('元の町', '大和市', '2010-01-01')).answer).toBe('yes');

    const [, split] = stream.events;
    const agreements = [idOf('元の町の協定')];
    await register.append(stream.correct(split!, { agreements, takesOver: 'listed' }));
    await register.caughtUp();
    expect((await bound('分かれた町', '大和市', '2010-01-01')).answer).toBe('yes');
  });

  test('or until it accedes itself', async () => {
    const paper = agreed('加入の協定', ['元の町', '逗子市'], '平成13年4月1日');
    paper.act('PartyAcceded', { party: idOf('分かれた町') }, { effective: '2008-04-01' });
    await recorded(paper);
    const answer = await bound('分かれた町', '逗子市', '2010-01-01');
    expect(answer.answer).toBe('yes');
    expect(answer.paths.map((it) => `${it.kind} ${it.answer}`)).toEqual([
      'direct yes',
      'succession undetermined',
    ]);
  });

  test('old answers keep old names', async () => {
    const stream = party('篠山市', 'municipality');
    stream.act('PartyRenamed', { name: '丹波篠山市' }, { effective: '2019-05-01' });
    await recorded(stream, agreed('篠山の協定', ['篠山市', '大和市'], '平成13年4月1日'));
    const named = async (on: string) =>
      (await bound('篠山市', '大和市', on)).paths[0]!.provider.name;
    expect(await named('2019-04-30')).toBe('篠山市');
    expect(await named('2019-05-01')).toBe('丹波篠山市');
  });
});

describe('wards and organs', () => {
  test('a body acts through its organ, and a ward is bound by what binds its city', async () => {
    const board = new StreamBuilder('party', '横浜市教育委員会');
    board.act('PartyRegistered', {
      kind: 'organ',
      name: '横浜市教育委員会',
      partOf: idOf('横浜市'),
    });
    await recorded(
      board,
      party('中区', 'ward', '横浜市'),
      agreed('教育委員会の協定', ['横浜市教育委員会', '大和市'], '2015-04-01'),
    );
    const city = await bound('横浜市', '大和市', '2016-01-01');
    expect(city.paths).toContainEqual(expect.objectContaining({ kind: 'organ', answer: 'yes' }));
    expect(city.scoped).toBeUndefined();
    const ward = await bound('中区', '大和市', '2016-01-01');
    expect(ward.paths.map((it) => chain(it.chains.from))).toContain(
      'whole 横浜市, organ 横浜市教育委員会',
    );
  });

  test('areas that name wards leave the other wards of that city outside', async () => {
    const paper = agreed('区を限る協定', ['川崎市', '町田市'], '2015-04-01');
    paper.act('ScopeStated', { areas: ['市境から1キロ以内'], wards: [idOf('麻生区')] });
    await recorded(party('麻生区', 'ward', '川崎市'), party('幸区', 'ward', '川崎市'), paper);

    const city = await bound('川崎市', '町田市', '2016-01-01');
    expect(city).toMatchObject({
      answer: 'yes',
      scoped: true,
      paths: [{ scope: { areas: ['市境から1キロ以内'], wards: [{ name: '麻生区' }] } }],
    });
    expect((await bound('麻生区', '町田市', '2016-01-01')).answer).toBe('yes');
    const outside = await bound('幸区', '町田市', '2016-01-01');
    expect(outside.answer).toBe('no');
    expect(codesOf(outside)).toEqual(['outside-scope']);
  });
});

describe('留保', () => {
  test('one towards a party keeps it from being owed; one of no stated extent is shown and leaves it open', async () => {
    const paper = agreed('留保のある協定', ['横須賀市', '大和市', '葉山町'], '2015-04-01');
    paper.act('ReservationMade', {
      party: idOf('横須賀市'),
      text: '大和市に対しては行わない。',
      towards: [idOf('大和市')],
    });
    paper.act('ReservationMade', { party: idOf('葉山町'), text: '可能な範囲で行う。' });
    await recorded(party('葉山町', 'municipality'), paper);

    const named = await bound('横須賀市', '大和市', '2016-01-01');
    expect(named.answer).toBe('no');
    expect(codesOf(named)).toEqual(['reserved']);
    expect((await bound('大和市', '横須賀市', '2016-01-01')).answer).toBe('yes');

    const open = await bound('葉山町', '大和市', '2016-01-01');
    expect(open).toMatchObject({
      answer: 'undetermined',
      paths: [{ reservations: [{ text: '可能な範囲で行う。' }] }],
      missing: [{ type: 'ReservationMade' }],
    });

    await register.append(
      paper.act('ReservationWithdrawn', { party: idOf('葉山町') }, { effective: '2017-04-01' }),
    );
    await register.caughtUp();
    expect(periods(await bound('葉山町', '大和市', '2016-01-01'))).toEqual([
      ' no',
      '2015-04-01 undetermined',
      '2017-04-01 yes',
    ]);
  });
});

describe('notice, term and renewal', () => {
  test('a notice of withdrawal stands beside the bond, and the withdrawal ends it', async () => {
    const paper = agreed('予告のある協定', ['逗子市', '横須賀市'], '2015-04-01');
    paper.act('WithdrawalNotified', { party: idOf('逗子市') }, { acted: '2016-04-01' });
    await recorded(paper);
    expect(periods(await bound('逗子市', '横須賀市', '2017-01-01'))).toEqual([
      ' no',
      '2015-04-01 yes',
    ]);
    const withdrew = { party: idOf('逗子市'), ...lastDay };
    await register.append(paper.act('PartyWithdrew', withdrew, { effective: '2017-03-31' }));
    await register.caughtUp();
    expect(periods(await bound('逗子市', '横須賀市', '2017-01-01'))).toEqual([
      ' no',
      '2015-04-01 yes',
      '2017-04-01 no',
    ]);
  });

  test('a term ends the path on its day, and a confirmed renewal prolongs it', async () => {
    const paper = agreed('期間のある協定', ['川崎市', '大和市'], '2015-04-01');
    paper.act('TermAgreed', { end: { edtf: '2018-03-31' }, ...lastDay });
    await recorded(paper);
    const asked = () => bound('川崎市', '大和市', '2018-04-01');
    expect(codesOf(await asked())).toEqual(['ended']);
    await register.append(
      paper.act('RenewalConfirmed', { end: { edtf: '2021-03-31' } }, { effective: '2018-04-01' }),
    );
    await register.caughtUp();
    expect(periods(await asked())).toEqual([' no', '2015-04-01 yes', '2021-04-01 no']);
  });
});

describe('県内全市町村', () => {
  test('may have any member that nobody recorded: open, naming the missing joining, never no', async () => {
    const group = new StreamBuilder('party', '県内全市町村');
    group.act('PartyRegistered', { kind: 'group', name: '県内全市町村', openEnded: true });
    group.act('MemberJoined', { member: idOf('鎌倉市') }, { effective: '2010-04-01' });
    const covered = new StreamBuilder('party', '網羅市');
    covered.act('PartyRegistered', { kind: 'municipality', name: '網羅市' });
    covered.act('CoverageStated', { field, days: { edtf: '2016-01-01' } });
    await recorded(
      covered,
      group,
      agreed('県の応援協定', ['県内全市町村', '箱根町'], '2011-04-01'),
    );
    const open = await bound('網羅市', '箱根町', '2016-01-01');
    expect(open.answer).toBe('undetermined');
    expect(open.missing).toEqual([
      {
        event: null,
        type: 'MemberJoined',
        party: idOf('県内全市町村'),
        member: idOf('網羅市'),
        known: null,
        reason: 'membership-unknown',
      },
    ]);
    expect((await bound('鎌倉市', '箱根町', '2016-01-01')).answer).toBe('yes');
  });
});

describe('what is not approved, and what is not disclosed', () => {
  test('a membership that waits for approval leads nowhere yet, and is named as pending', async () => {
    const stream = party('待つ会', 'council');
    const joined = { member: idOf('鎌倉市') };
    stream.act('MemberJoined', joined, { effective: '2010-04-01', entry: '待つ会の登録票' });
    await recorded(stream, agreed('待つ会の協定', ['待つ会', '横須賀市'], '2011-04-01'));
    const waiting = await bound('鎌倉市', '横須賀市', '2016-01-01');
    expect(waiting.paths.filter((it) => it.agreement.title === '待つ会の協定')).toEqual([]);
    expect(waiting.pending).toContain(idOf('待つ会の登録票'));

    await register.append(stream.approve('待つ会の登録票'));
    await register.caughtUp();
    expect((await bound('鎌倉市', '横須賀市', '2016-01-01')).answer).toBe('yes');
  });

  test('a way that the reader may not see leaves the answer open, and shows nothing of itself', async () => {
    const paper = new StreamBuilder('agreement', '非公開の協定');
    const parties = [{ party: idOf('東の会') }, { party: idOf('横須賀市') }];
    paper.act(
      'AgreementRegistered',
      { keeper: idOf('横須賀市'), title: '非公開', kind: 'agreement', fields: ['防犯'], parties },
      { acted: '2011-04-01' },
    );
    paper.act('TopologyStated', { shape: 'mesh', rest: 'notBound' }, { acted: '2011-04-01' });
    await recorded(paper);
    const hidden = await bound('藤沢市', '横須賀市', '2016-01-01', { field: '防犯' });
    expect(hidden).toMatchObject({ answer: 'undetermined', paths: [], missing: [] });
    expect(codesOf(hidden)).toEqual(['undisclosed']);
    const inside = { field: '防犯', reader: staffOf('横須賀市') };
    expect((await bound('藤沢市', '横須賀市', '2016-01-01', inside)).answer).toBe('yes');
  });
});

test('without presumptions the same ways are weighed again from the events', async () => {
  const answer = await bound('鎌倉市', '町田市', '2015-01-01', { presume: 'none' });
  expect(answer.answer).toBe('undetermined');
  expect(answer.paths.map((it) => it.kind)).toEqual(['membership']);
  expect(codesOf(answer)).toContain('continuation-unsaid');
});
