import { CommandBus } from '@nestjs/cqrs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { loadSources } from '../../src/sources/load-sources.js';
import { loadersOf } from '../../src/sources/loaders.js';
import { readSources } from '../../src/sources/source-files.js';
import { textOf } from '../sources/fact-files.js';
import { startTestApplication, type TestApplication } from '../support/application.js';

interface Told {
  readonly answer: string;
  readonly presumed: readonly string[];
  readonly effective: { readonly text?: string } | null;
  readonly acted: { readonly text?: string; readonly edtf?: string } | null;
  readonly source: { readonly document: string; readonly place: string } | null;
}
interface Named {
  readonly name: string;
}
interface Measure extends Told {
  readonly title: string;
  readonly stage: string | null;
  readonly field: string;
  readonly parties: readonly Named[];
  readonly partiesOf: string;
  readonly unnamed: readonly string[];
  readonly figures: readonly { readonly label: string; readonly value: number }[];
  readonly relations: readonly {
    readonly relation: string;
    readonly certainty: string;
    readonly to: { readonly title: string };
  }[];
}
interface Measures {
  readonly measures: readonly Measure[];
  readonly next?: number;
}

let app: TestApplication;

beforeAll(async () => {
  app = await startTestApplication('told_by_sources');
  const { store, names } = app.surroundings;
  const loaders = (await loadersOf(store, names))!;
  await loadSources(app.server.get(CommandBus), readSources(), loaders);
  await app.get(`/api/parties?at-least=${await app.head()}`);
});
afterAll(() => app.close());

async function ask<B>(path: string, asked: Readonly<Record<string, string>>): Promise<B> {
  const answer = await app.get<B>(`/api/${path}?${new URLSearchParams(asked).toString()}`);
  expect(answer.status, answer.text).toBe(200);
  return answer.body;
}

async function measures(asked: Readonly<Record<string, string>>): Promise<readonly Measure[]> {
  return (await ask<Measures>('measures', { on: '2023-11-30', limit: '200', ...asked })).measures;
}

const titled = (id: string) => expect.stringMatching(`^${id} `) as string;
const words = (text: string) => text.replaceAll(/\s/g, '');

/** Each with the line of the source that decides it. */
const childcare = [
  {
    title: '認可保育所の共同整備（市境の土地等の有効活用） 幸区',
    line: '・幸区に定員９０名の保育所（平成２８年４月）',
    day: '平成２８年４月',
    capacity: 90,
    ward: '幸区',
    before: ['2016-03-31', 'no'],
    after: ['2016-04-30', 'yes'],
  },
  {
    title: '認可保育所の共同整備（市境の土地等の有効活用） 鶴見区',
    line: '鶴見区に定員５９名の保育所を共同整備（平成２９年４月）',
    day: '平成２９年４月',
    capacity: 59,
    ward: '鶴見区',
    before: ['2017-04-15', 'undetermined'],
    after: ['2017-04-30', 'yes'],
  },
  {
    title: '川崎認定保育園・横浜保育室の相互利用',
    line: '２ 川崎認定保育園・横浜保育室の相互利用',
    day: undefined,
    before: ['2015-04-30', 'undetermined'],
    after: ['2018-07-09', 'yes'],
  },
  {
    title: '相互利用の際の保育料補助',
    line: '市内園を利用した場合と同等の保育料補助を実施（平成２７年４月～）',
    day: '平成２７年４月',
    before: ['2015-03-31', 'no'],
    after: ['2015-04-30', 'yes'],
  },
] as const;

describe('the childcare measures of 川崎市 and 横浜市', () => {
  test.each(childcare)('$title', async ({ title, line, day, before, after, ...rest }) => {
    const asked = async (on: string) =>
      (await measures({ party: '川崎市', field: '保育', on })).find((it) => it.title === title)!;
    expect((await asked(before[0])).answer).toBe(before[1]);
    const row = await asked(after[0]);
    expect(row).toMatchObject({ answer: after[1], stage: 'done', field: '保育' });
    expect(words(textOf('000'))).toContain(words(line));
    expect(row.effective?.text).toBe(day);
    expect(row.source).toMatchObject({ document: titled('000') });
    expect(row.parties.map((it) => it.name)).toEqual(expect.arrayContaining(['川崎市', '横浜市']));
    if ('capacity' in rest) {
      expect(row.figures).toMatchObject([{ label: '定員', value: rest.capacity }]);
      expect(row.parties.map((it) => it.name)).toContain(rest.ward);
    }
  });

  test('what the paper only attests held on its day, and before it nothing is said', async () => {
    const on = async (day: string) =>
      (await measures({ party: '横浜市', field: '保育', on: day })).find(
        (it) => it.title === '川崎認定保育園・横浜保育室の相互利用',
      )!;
    expect(await on('2018-07-09')).toMatchObject({ answer: 'yes', presumed: ['as-reported'] });
    expect(await on('2018-07-08')).toMatchObject({
      answer: 'undetermined',
      reasons: [{ code: 'date-unknown' }, { code: 'not-begun' }, { code: 'begun' }],
    });
    const none = await measures({
      party: '横浜市',
      field: '保育',
      on: '2018-07-09',
      presume: 'none',
    });
    expect(none.find((it) => it.title.startsWith('川崎認定'))).toMatchObject({
      answer: 'undetermined',
    });
  });

  test('that they carry out the agreement of 001 is an inference', async () => {
    const [row] = await measures({ party: '川崎市', field: '保育' });
    expect(row?.relations).toMatchObject([
      {
        relation: 'carriesOut',
        certainty: 'inferred',
        to: { title: '待機児童対策に関する連携協定' },
        source: { document: titled('001') },
      },
    ]);
  });
});

test('町田市 and 相模原市 do fifteen things together, one of them by their 選挙管理委員会', async () => {
  const { agreements } = await ask<{
    agreements: readonly { readonly title: string; readonly parties: readonly Named[] }[];
  }>('agreements', { on: '2018-07-09', limit: '200', text: '相模原市' });
  const organs = await ask<{ agreements: readonly { readonly title: string }[] }>('agreements', {
    on: '2018-07-09',
    party: '相模原市選挙管理委員会',
  });
  const all = new Set([...agreements, ...organs.agreements].map((it) => it.title));
  const list = textOf('000').match(/相模原市との連携実績一覧[\s\S]*?選挙管理委員会包括連携協定/);
  expect(list).not.toBeNull();
  expect(all.size).toBe(15);
  expect([...all]).toContain('選挙管理委員会包括連携協定');
});

test('a measure of a ward shows under its city', async () => {
  const titles = (await measures({ party: '川崎市', field: '防犯' })).map((it) => it.title);
  expect(titles).toContain('青色回転灯パトロールによる３区域での防犯パトロール');
});

const groups = [
  ['国民健康保険', '１ 国民健康保険業務 ４団体', '江戸川区・八王子市・藤沢市・町田市'],
  ['介護保険', '２ 介護保険業務 ４団体', '江戸川区・八王子市・藤沢市・町田市'],
  [
    '市民税',
    '３ 市民税業務 ８団体',
    '江戸川区・八王子市・藤沢市・多摩市・船橋市・郡山市・厚木市・町田市',
  ],
  ['資産税', '４ 資産税業務 ６団体', '八王子市・市川市・松戸市・郡山市・厚木市・町田市'],
  ['保育関連', '５ 保育関連業務 ３団体', '八王子市・三鷹市・町田市'],
  ['住民基本台帳', '６ 住民基本台帳業務 ５団体', '八王子市・厚木市・郡山市・目黒区・町田市'],
] as const;

test.each(groups)(
  'the benchmarking group of %s has members of its own',
  async (name, heading, list) => {
    expect(words(textOf('000'))).toContain(words(`${heading} ${list}`));
    const { parties } = await ask<{
      parties: readonly { readonly id: string; readonly name: string }[];
    }>('parties', { text: name, on: '2018-07-09' });
    expect(parties).toHaveLength(1);
    const { members, total } = await ask<{
      total: { readonly certain: number };
      members: readonly (Told & {
        readonly member: Named;
        readonly acts: readonly { readonly source: { readonly place: string } }[];
      })[];
    }>('members', { council: parties[0]!.id, on: '2018-07-09' });
    expect(members.map((it) => it.member.name).toSorted()).toEqual(list.split('・').toSorted());
    expect(total.certain).toBe(list.split('・').length);
    expect(members[0]).toMatchObject({ presumed: ['as-reported'] });
    expect(members[0]!.acts[0]!.source.place).toBe('町田市 2-4 参加自治体');
  },
);

test('町田市 is a member of all six groups, 目黒区 of one', async () => {
  const of = async (party: string) =>
    (
      await ask<{ members: readonly { readonly council: Named }[] }>('members', {
        party,
        on: '2018-07-09',
      })
    ).members.map((it) => it.council.name);
  expect((await of('町田市')).filter((it) => it.includes('業務'))).toHaveLength(6);
  expect(await of('目黒区')).toHaveLength(1);
});

const cities = [
  ['横浜市', 3_724_844, 1_645_618, 437.56],
  ['川崎市', 1_475_213, 691_837, 143.01],
  ['横須賀市', 406_586, 165_746, 100.82],
  ['鎌倉市', undefined, undefined, undefined],
  ['藤沢市', undefined, undefined, undefined],
  ['逗子市', undefined, undefined, undefined],
  ['大和市', undefined, undefined, undefined],
  ['町田市', undefined, undefined, 71.55],
] as const;

test.each(cities)(
  'the figures of %s are those of its line',
  async (city, people, households, area) => {
    const { figures } = await ask<{
      figures: readonly (Told & {
        readonly asOf: { readonly text: string } | null;
        readonly figures: readonly {
          readonly label: string;
          readonly value: number;
          readonly printed: string;
        }[];
      })[];
    }>('figures', { party: city, on: '2018-07-09' });
    const census = figures.find((it) => it.asOf?.text === '平成27年')!;
    const land = figures.find((it) => it.asOf?.text === '平成29年')!;
    const value = (of: typeof census, label: string) => of.figures.find((it) => it.label === label);
    const printed = ['人口', '人口(男)', '人口(女)', '世帯数'].map(
      (it) => value(census, it)?.printed,
    );
    const line = [city, ...printed, value(land, '面積')?.printed].join(' ');
    expect(words(textOf('000'))).toContain(words(line));
    expect(census).toMatchObject({ answer: 'yes', source: { document: titled('000') } });
    if (people !== undefined) expect(value(census, '人口')?.value).toBe(people);
    if (households !== undefined) expect(value(census, '世帯数')?.value).toBe(households);
    if (area !== undefined) expect(value(land, '面積')?.value).toBe(area);
  },
);

const totals = [
  ['共創フロント', '提案', 725, '000', '民間企業等からの提案数は７２５件'],
  ['共創フロント', '実現', 311, '000', 'そのうち３１１件が実現'],
  ['協働事業の提案支援モデル事業', '応募', 16, '003', '当初16の市民活動団体'],
  [
    '協働事業の提案支援モデル事業',
    '調査等の事業を実施',
    6,
    '003',
    '平成 30年度には６団体が調査等の事業を実施',
  ],
  ['協働事業の提案支援モデル事業', '採択', 3, '003', '令和元年度には最終的に３団体が採択され'],
] as const;

test.each(totals)('%s: %s %i', async (channel, stage, count, document, line) => {
  expect(words(textOf(document))).toContain(words(line));
  const { counts, proposals } = await ask<{
    counts: readonly (Told & {
      readonly channel: string;
      readonly stage: string;
      readonly count: number;
    })[];
    proposals: readonly unknown[];
  }>('proposals', { receiver: '横浜市', on: '2010-01-01' });
  const row = counts.find((it) => it.channel === channel && it.stage === stage);
  expect(row).toMatchObject({ count, answer: 'yes', source: { document: titled(document) } });
  expect(proposals).toEqual([]);
});

test('the mayors met on 2018-07-09, and what they confirmed is in the register', async () => {
  const { meetings } = await ask<{
    meetings: readonly (Told & {
      readonly agenda: readonly string[];
      readonly decisions: readonly string[];
      readonly attendees: readonly Named[];
    })[];
  }>('meetings', { council: '8市連携市長会議', on: '2018-07-09' });
  expect(meetings.map((it) => [it.source?.document.slice(0, 3), it.answer])).toEqual(
    expect.arrayContaining([
      ['000', 'yes'],
      ['001', 'yes'],
    ]),
  );
  expect(meetings.find((it) => it.source?.document.startsWith('000'))?.attendees).toHaveLength(8);
  const decisions = meetings.flatMap((it) => it.decisions);
  expect(decisions).toHaveLength(3);
  for (const it of decisions) expect(words(textOf('001'))).toContain(words(it));
  const earlier = await ask<{ meetings: readonly Told[] }>('meetings', {
    council: '8市連携市長会議',
    on: '2018-07-08',
  });
  expect(earlier.meetings.map((it) => it.answer).toSorted()).toEqual(['no', 'no', 'yes']);
  const attended = await ask<{ meetings: readonly Told[] }>('meetings', { party: '逗子市' });
  expect(attended.meetings).toHaveLength(1);
});

const elsewhere = [
  [
    '八戸市',
    '交通',
    'バス路線の再編の検討',
    'considered',
    '八戸圏域1市6町1村',
    'バス路線の再編の検討を八戸圏域1市6町1村で共同して行う',
  ],
  [
    '魚津市',
    '公共施設相互利用',
    '公共施設の広域的な再編方針の検討',
    'considered',
    '新川広域圏（2市2町）',
    '新川広域圏（2市2町）において、人口減少に対応した公共施設の広域的な再編方針の検討',
  ],
  [
    '広陵町',
    '公共施設相互利用',
    'ホールや体育館といった施設の共同利用、共通管理・予約システムの導入の検討',
    'considered',
    '3市4町',
    '3市4町が連携したホールや体育館といった施設の共同利用',
  ],
  [
    '長野県',
    '情報システム',
    'RPAツールやAI音声文字起こし等の共同調達',
    'planned',
    '市町村等',
    'RPAツールやAI音声文字起こし等の共同調達を目指し、実証事業を行う。',
  ],
] as const;

test.each(elsewhere)('%s, %s: %s is %s', async (party, field, title, stage, unnamed, line) => {
  expect(words(textOf('004'))).toContain(words(line));
  const row = (await measures({ party, field, stage })).find((it) => it.title === title);
  expect(row).toMatchObject({ stage, unnamed: [unnamed], source: { document: titled('004') } });
  // The document has no last day, so that no day is the last on which it can have been written.
  expect(row?.answer).toBe('undetermined');
});

test('a plan is none the more done on the day that it aims at', async () => {
  const [row] = await measures({ stage: 'planned', field: '協働・共創', on: '2020-12-31' });
  expect(row).toMatchObject({
    title: '「市民協働推進センター」の開設',
    answer: 'undetermined',
    effective: { text: '令和２年度' },
  });
});

test('pages follow each other without a gap, and every table carries day and number', async () => {
  const whole = await measures({});
  const seen: string[] = [];
  let after = '';
  do {
    const page = await ask<Measures>('measures', {
      on: '2023-11-30',
      limit: '50',
      ...(after === '' ? {} : { after }),
    });
    seen.push(...page.measures.map((it) => it.title));
    after = page.next === undefined ? '' : String(page.next);
  } while (after !== '');
  expect(whole.length).toBeGreaterThan(90);
  expect(seen.slice(0, whole.length)).toEqual(whole.map((it) => it.title));

  for (const path of ['measures', 'meetings', 'figures', 'proposals', 'members?party=町田市']) {
    const table = await app.get(
      encodeURI(`/api/${path}${path.includes('?') ? '&' : '?'}on=2020-01-01&format=csv`),
    );
    expect(table.headers.get('content-type')).toContain('text/csv');
    const [header = '', line = ''] = table.text.split('\r\n');
    expect(header.replace('\u{feff}', '')).toMatch(/^時点,登録番号,登録番号の時刻,/);
    expect(line).toMatch(/^2020-01-01,\d+,\d{4}-/);
  }
});

test('members of nobody in particular are not asked for', async () => {
  expect((await app.get('/api/members')).code).toBe('members/of-whom');
});
