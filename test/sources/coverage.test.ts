import { expect, test } from 'vitest';
import { entries, facts, partyEntries, textOf, unspaced } from './fact-files.js';

type Party = { readonly party: string; readonly role?: string; readonly from?: string };

function entry(key: string) {
  const found = entries.find((it) => it.key === key);
  if (!found) throw new Error(`no entry ${key}`);
  return found;
}

function act(key: string, type: string) {
  const found = entry(key).acts.find((it) => it.type === type);
  if (!found) throw new Error(`no ${type} in ${key}`);
  return found;
}

function partiesOf(key: string): readonly Party[] {
  return act(key, 'AgreementRegistered').data['parties'] as readonly Party[];
}

function figuresIn(key: string): readonly Record<string, unknown>[] {
  return entry(key).acts.flatMap(
    (it) => (it.data['figures'] ?? []) as readonly Record<string, unknown>[],
  );
}

test('the table of libraries is the table of the document, row for row', () => {
  const printed = textOf('001')
    .split('\n')
    .slice(
      textOf('001')
        .split('\n')
        .findIndex((it) => it.startsWith('市名')) + 1,
    )
    .map((line) => line.split('\t'))
    .filter((cells) => cells.length === 4);
  const loaded = entries
    .filter((it) => it.key.startsWith('library-yokohama-'))
    .map(({ key }) => [
      partiesOf(key)[1]?.party,
      act(key, 'AgreementRegistered').acted,
      act(key, 'ServiceStarted').effective,
      String(act(key, 'FacilitiesCounted').data['count']),
    ]);
  expect(printed).toHaveLength(5);
  expect(loaded).toEqual(printed);
});

test('横浜市 and each of the six are stated for disasters, the rest is unknown', () => {
  const { shape, pairs, rest } = act('disaster-yokohama-six', 'TopologyStated').data;
  expect([shape, rest]).toEqual(['pairs', 'unknown']);
  expect(pairs).toHaveLength(12);
  for (const pair of pairs as readonly Record<string, string>[]) {
    expect(Object.values(pair)).toContain('横浜市');
  }
  const ownDay = partiesOf('disaster-yokohama-six').filter((it) => it.from);
  expect(ownDay).toEqual([{ party: '横須賀市', from: '平成 24 年 3 月' }]);
});

test('川崎市 is bound for disasters through 九都県市 alone, on no day that is printed', () => {
  expect(partiesOf('disaster-through-nine')).toEqual([{ party: '九都県市' }]);
  for (const it of [...entry('disaster-through-nine').acts, ...entry('members-of-nine').acts]) {
    expect([it.acted, it.effective]).toEqual([undefined, undefined]);
  }
  expect(entry('members-of-nine').acts.map((it) => it.data['member'])).toEqual([
    '横浜市',
    '川崎市',
  ]);
});

test('all fifteen lines of the list of 町田市 and 相模原市 are told', () => {
  const text = unspaced(textOf('000'));
  const from =
    text.indexOf('１－３相模原市との連携実績一覧') + '１－３相模原市との連携実績一覧'.length;
  const list = text.slice(from, text.indexOf('２．自治体間ベンチマーキング'));
  const titles = entries
    .filter((it) => it.key.startsWith('machida-sagamihara-'))
    .map(({ key }) => unspaced(String(act(key, 'AgreementRegistered').data['title'])));
  expect(titles).toHaveLength(15);
  const left = titles.reduce((rest, title) => rest.replace(title, ''), list);
  expect(left).toBe('');
});

test('the agreement of the election commissions is theirs, not the cities’', () => {
  expect(partiesOf('machida-sagamihara-election').map((it) => it.party)).toEqual([
    '町田市選挙管理委員会',
    '相模原市選挙管理委員会',
  ]);
});

test('each benchmarking group has as many members as printed, twelve in all', () => {
  const groups = entries.filter((it) => it.key.startsWith('members-bench-'));
  const members = groups.map((it) =>
    it.acts.filter((act) => act.type === 'MemberJoined').map((act) => act.data['member']),
  );
  expect(members.map((it) => it.length)).toEqual([4, 4, 8, 6, 3, 5]);
  expect(groups.map(({ key }) => figuresIn(key)[0]?.['value'])).toEqual([4, 4, 8, 6, 3, 5]);
  expect(new Set(members.flat()).size).toBe(12);
  expect(figuresIn('benchmarking-totals').map((it) => it['value'])).toEqual([12, 8]);
});

test('the figures of the eight cities are the rows of the document', () => {
  const rows = textOf('000')
    .split('\n')
    .map((it) => it.trim().split(/\s+/));
  for (const city of ['横浜', '川崎', '横須賀', '鎌倉', '藤沢', '逗子', '大和', '町田']) {
    const row = rows.find((it) => it[0] === `${city}市` && it.length === 6);
    const told = facts
      .filter((it) => it.type === 'FiguresPublished' && it.quote?.startsWith(`${city}市 `))
      .flatMap((it) => (it.data['figures'] ?? []) as readonly Record<string, unknown>[])
      .filter((it) => row?.includes(String(it['printed'])));
    expect(told.map((it) => it['printed'])).toEqual(row?.slice(1));
    const [total, men, women] = told.map((it) => Number(it['value']));
    expect(Number(men) + Number(women), city).toBe(total);
    for (const it of told)
      expect(String(it['printed']).replaceAll(',', '')).toBe(String(it['value']));
  }
});

test('totals are counts with their period, and no proposal is made up', () => {
  const counted = facts.filter((it) => it.kind === 'proposal');
  expect(counted.map((it) => [it.type, it.data['count']])).toEqual(
    [725, 311, 16, 6, 3].map((count) => ['ProposalsCounted', count]),
  );
});

test('the two totals of ヨコラボ 2023 stand side by side, the misprint without a value', () => {
  const figures = figuresIn('yokolabo-2023');
  const total = figures.find((it) => it['label'] === '参加人数');
  expect(total).toMatchObject({ value: 1161, printed: '1,161人' });
  expect(figures).toContainEqual({ label: '合計', printed: '1.161' });
  const parts = figures.slice(1, 6).map((it) => Number(it['value']));
  expect(parts.reduce((sum, it) => sum + it, 0)).toBe(1161);
});

test('wards are parts of their cities, special wards are bodies of their own', () => {
  const party = (name: string) =>
    partyEntries.map((it) => it.acts[0]?.data).find((it) => it?.['name'] === name);
  expect(party('鶴見区')).toMatchObject({ kind: 'ward', partOf: '横浜市' });
  expect(party('川崎区')).toMatchObject({ kind: 'ward', partOf: '川崎市' });
  expect(party('幸区')).toMatchObject({ kind: 'ward', partOf: '川崎市' });
  expect(party('世田谷区')).toMatchObject({ kind: 'specialWard' });
  expect(party('世田谷区')).not.toHaveProperty('partOf');
});

test('the code of each party bears its check digit, and its corporate number follows from it', () => {
  const coded = partyEntries.map((it) => it.acts[0]?.data ?? {}).filter((it) => it['code']);
  expect(coded).toHaveLength(34);
  for (const { code, corporateNumber } of coded) {
    const digits = Array.from(String(code), Number);
    const sum = [6, 5, 4, 3, 2].reduce((all, weight, i) => all + weight * Number(digits[i]), 0);
    expect(digits[5], String(code)).toBe(sum >= 11 ? (11 - (sum % 11)) % 10 : 11 - sum);
    if (corporateNumber) expect(corporateNumber).toMatch(new RegExp(`^\\d000020${String(code)}$`));
  }
});

test('a body without a name is no party', () => {
  const unnamed = facts.flatMap((it) => (it.data['unnamed'] ?? []) as readonly string[]);
  expect(unnamed).toEqual(
    expect.arrayContaining([
      '近隣市',
      '３団体',
      '八戸圏域1市6町1村',
      '新川広域圏（2市2町）',
      '3市4町',
      '８市',
    ]),
  );
  const names = new Set(partyEntries.map((it) => it.acts[0]?.data['name']));
  expect(unnamed.filter((it) => names.has(it))).toEqual([]);
});

test('that a measure carries out an agreement of another document is said to be inferred', () => {
  const related = facts.filter((it) => it.type === 'AgreementRelated');
  expect(related.map((it) => [it.data['relation'], it.data['certainty']])).toEqual([
    ['carriesOut', 'inferred'],
    ['carriesOut', 'inferred'],
  ]);
});
