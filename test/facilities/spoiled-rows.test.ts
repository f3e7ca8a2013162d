import { describe, expect, test } from 'vitest';

import type { FindingCode } from '../../src/facilities/list/finding.js';
import {
  check,
  codesOf,
  csvText,
  currentColumns,
  inCurrentForm,
  inOlderForm,
  library,
  olderLibrary,
  recordIn,
  type Row,
  table,
  yaizu,
  yokohama,
} from './list-file.js';

type Spoiled = readonly [what: string, said: Row, code: FindingCode, column: string];

const refused: readonly Spoiled[] = [
  ['no code', { 全国地方公共団体コード: '' }, 'code/missing', '全国地方公共団体コード'],
  [
    'a code of five digits',
    { 全国地方公共団体コード: '14100' },
    'code/form',
    '全国地方公共団体コード',
  ],
  [
    'a wrong check digit',
    { 全国地方公共団体コード: '141004' },
    'code/check-digit',
    '全国地方公共団体コード',
  ],
  [
    'a wrong check digit where it lies',
    { 所在地_全国地方公共団体コード: '141039' },
    'code/check-digit',
    '所在地_全国地方公共団体コード',
  ],
  ['no name', { 名称: '　' }, 'name/missing', '名称'],
  ['a name of 201 characters', { 名称: '図'.repeat(201) }, 'cell/too-long', '名称'],
  ['a six-digit code as 町字ID', { 町字ID: '141038' }, 'town-id/municipality-code', '町字ID'],
  ['a 町字ID that lost its zeros', { 町字ID: '8000' }, 'town-id/form', '町字ID'],
  ['another town', { 所在地_町字: '花咲町' }, 'address/contradiction', '所在地_町字'],
  ['another number', { 所在地_番地以下: '11' }, 'address/contradiction', '所在地_番地以下'],
  [
    'the end of a number',
    { 所在地_連結表記: '神奈川県横浜市西区老松町11-2', 所在地_番地以下: '1-2' },
    'address/contradiction',
    '所在地_番地以下',
  ],
  [
    'the beginning of a number',
    { 所在地_連結表記: '神奈川県横浜市西区老松町1-21', 所在地_番地以下: '1-2' },
    'address/contradiction',
    '所在地_番地以下',
  ],
  ['another prefecture', { 所在地_都道府県: '東京都' }, 'address/contradiction', '所在地_都道府県'],
  ['another ward', { 所在地_市区町村: '横浜市中区' }, 'address/contradiction', '所在地_市区町村'],
  ['swapped coordinates', { 緯度: '139.628', 経度: '35.448' }, 'coordinates/swapped', '緯度'],
  ['a latitude abroad', { 緯度: '51.5' }, 'coordinates/outside-japan', '緯度'],
  ['a longitude abroad', { 経度: '-0.1' }, 'coordinates/outside-japan', '経度'],
  ['a latitude alone', { 経度: '' }, 'coordinates/half', '緯度'],
  ['degrees and minutes', { 緯度: '35度26分' }, 'coordinates/unreadable', '緯度'],
  ['an unreadable height', { 高度の値: '約20m' }, 'altitude/unreadable', '高度の値'],
  ['a wrong 法人番号', { 法人番号: '4000020141003' }, 'corporate-number/check-digit', '法人番号'],
  ['a rounded 法人番号', { 法人番号: '3.00002E+12' }, 'corporate-number/form', '法人番号'],
  ['a name as POI code', { POIコード: '図書館' }, 'poi/form', 'POIコード'],
  ['no web address', { URL: 'www.example.jp' }, 'url/form', 'URL'],
  ['a web address of no host', { 画像: 'http://[' }, 'url/form', '画像'],
  ['a script as address', { 連絡先FormURL: 'javascript:alert(1)' }, 'url/form', '連絡先FormURL'],
  ['an unreadable time', { 開始時間: '朝から' }, 'time/unreadable', '開始時間'],
  ['a time past midnight', { 終了時間: '24:30' }, 'time/unreadable', '終了時間'],
  ['a circle for 有', { 車椅子可: '○' }, 'accessibility/unreadable', '車椅子可'],
  ['a control character', { 説明: 'a\u0000b' }, 'cell/control-character', '説明'],
  ['a character of one machine', { 名称: '\ue000図書館' }, 'cell/private-character', '名称'],
  ['a character already lost', { 名称: '中央\ufffd書館' }, 'cell/no-character', '名称'],
];

const warned: readonly Spoiled[] = [
  ['no ID', { ID: '' }, 'id/missing', 'ID'],
  ['no address', { 所在地_連結表記: '' }, 'address/missing', '所在地_連結表記'],
  ['an unknown POI code', { POIコード: '9876' }, 'poi/unknown', 'POIコード'],
  ['a telephone that lost its zero', { 電話番号: '45-262-0050' }, 'phone/form', '電話番号'],
  ['a telephone too short', { 電話番号: '045-12-345' }, 'phone/form', '電話番号'],
  ['two telephones', { 電話番号: '045-262-0050、0051' }, 'phone/form', '電話番号'],
  ['half a postcode', { 郵便番号: '220' }, 'postcode/form', '郵便番号'],
  ['no mail address', { 連絡先メールアドレス: 'library' }, 'email/form', '連絡先メールアドレス'],
  ['an end before the start', { 終了時間: '9:00' }, 'time/order', '終了時間'],
  [
    'a dash lost in an address',
    { 所在地_連結表記: '神奈川県横浜市西区老松町1?' },
    'cell/lost-character',
    '所在地_連結表記',
  ],
  [
    'a wave dash lost in hours',
    { 利用可能時間特記事項: '9:30?17:00' },
    'cell/lost-character',
    '利用可能時間特記事項',
  ],
];

describe('a row of the current form is refused, and its reason named, with', () => {
  test.each(refused)('%s', (_, said, code, column) => {
    const neighbour = library({ ID: 'L2', 名称: '中図書館' });
    const { rows, summary } = check(inCurrentForm(library(said), neighbour), yokohama);
    expect(rows.map((it) => it.verdict)).toEqual(['refused', 'taken']);
    expect(rows[0]).not.toHaveProperty('record');
    const found = rows[0]?.findings.find((it) => it.code === code);
    expect(found).toMatchObject({ severity: 'refusal', column });
    expect(said[column] ?? library()[column]).toContain(found?.read.replace(/…$/, ''));
    expect(found?.text).toMatch(/[ぁ-ん]/);
    expect(summary).toMatchObject({ read: 2, taken: 1, refused: 1 });
  });
});

describe('a row is taken, and its reader warned, with', () => {
  test.each(warned)('%s', (_, said, code, column) => {
    const { rows } = check(inCurrentForm(library(said)), yokohama);
    expect(rows[0]?.verdict).toBe('taken-with-warnings');
    expect(rows[0]?.findings).toEqual([
      expect.objectContaining({ code, severity: 'warning', column }),
    ]);
  });
});

test('a row without fault is taken without a word', () => {
  const { rows, form } = check(inCurrentForm(library()), yokohama);
  expect([form, rows[0]?.verdict, rows[0]?.findings]).toEqual(['current', 'taken', []]);
});

test('a word of a footer in a remark makes no footer of a facility', () => {
  const { rows } = check(inCurrentForm(library({ 備考: '合計' })), yokohama);
  expect(rows[0]?.verdict).toBe('taken');
});

test('a finding quotes no more than eighty characters of what was read', () => {
  const [row] = check(inCurrentForm(library({ 名称: '図'.repeat(201) })), yokohama).rows;
  expect(row?.findings[0]?.read).toBe(`${'図'.repeat(80)}…`);
});

test('empty is no 無: 有, 無 and nothing stay three', () => {
  const { wheelchairAccess, wheelchairLending, nursingRoom } = recordIn(
    check(inCurrentForm(library()), yokohama).rows[0],
  );
  expect([wheelchairAccess?.value, wheelchairLending?.value, nursingRoom]).toEqual([
    true,
    false,
    undefined,
  ]);
});

test('everything wrong with a row is named at once', () => {
  const said = { 町字ID: '141038', 緯度: '139.628', 経度: '35.448', 法人番号: '1' };
  const [row] = check(inCurrentForm(library(said)), yokohama).rows;
  expect(codesOf(row ?? { findings: [] })).toEqual([
    'town-id/municipality-code',
    'corporate-number/form',
    'coordinates/swapped',
    'coordinates/swapped',
  ]);
});

describe('a facility beyond the border is taken with a warning', () => {
  test.each([
    ['address/other-prefecture', { 住所: '東京都千代田区平河町2-6-3' }],
    ['address/other-municipality', { 住所: '静岡県藤枝市岡出山1-11-1' }],
  ])('%s in the older form', (code, said) => {
    const [row] = check(inOlderForm(olderLibrary(said)), yaizu).rows;
    expect([row?.verdict, codesOf(row ?? { findings: [] })]).toEqual([
      'taken-with-warnings',
      [code],
    ]);
  });

  test.each([
    ['address/other-prefecture', '132098', '東京都', '町田市', '東京都町田市原町田3-2-9'],
    ['address/other-prefecture', '141003', '東京都', '町田市', '東京都町田市原町田3-2-9'],
    ['address/other-municipality', '141305', '神奈川県', '川崎市', '神奈川県川崎市原町田3-2-9'],
    ['address/other-municipality', '', '', '川崎市', '川崎市原町田3-2-9'],
  ])('%s in the current form', (found, code, prefecture, municipality, address) => {
    const [row] = check(
      inCurrentForm(
        library({
          所在地_全国地方公共団体コード: code,
          所在地_都道府県: prefecture,
          所在地_市区町村: municipality,
          所在地_町字: '原町田',
          所在地_番地以下: '3-2-9',
          所在地_連結表記: address,
        }),
      ),
      yokohama,
    ).rows;
    expect([row?.verdict, codesOf(row ?? { findings: [] })]).toEqual([
      'taken-with-warnings',
      [found],
    ]);
  });

  test('which its code alone may say', () => {
    const abroad = {
      所在地_全国地方公共団体コード: '132098',
      所在地_都道府県: '',
      所在地_市区町村: '',
      所在地_連結表記: '老松町1',
    };
    expect(check(inCurrentForm(library(abroad)), yokohama).rows[0]?.findings).toMatchObject([
      { code: 'address/other-prefecture', read: '132098' },
    ]);
  });

  test('but nothing is said where the row does not say it, nor of a union, which has no border', () => {
    expect(
      check(inOlderForm(olderLibrary({ 住所: '三ケ名1550-2' })), yaizu).rows[0]?.findings,
    ).toEqual([]);
    const union = { 地方公共団体名: '神奈川県内広域水道企業団' };
    expect(check(inCurrentForm(library(union)), yokohama).rows[0]?.findings).toEqual([]);
  });

  test('but a prefecture has facilities in every one of its cities', () => {
    const said = { 全国地方公共団体コード: '140007', 地方公共団体名: '神奈川県' };
    expect(check(inCurrentForm(library(said)), { code: '140007' }).rows[0]?.findings).toEqual([]);
    expect(check(inCurrentForm(library(said)), { name: '神奈川県' }).rows[0]?.findings).toEqual([]);
  });
});

describe('an address in parts is the same in another spelling', () => {
  test.each([
    ['神奈川県横浜市西区本町五丁目6番1号', '本町５丁目', '6-1'],
    ['横浜市西区本町5-6-1', '本町五丁目', '6番地1'],
    ['神奈川県横浜市西区　本町5−6−1 ○○ビル', '大字本町', '5-6-1'],
    ['神奈川県横浜市西区三ヶ名1550ー2', '三ケ名', '1550番地の2'],
  ])('%s', (whole, town, number) => {
    const said = { 所在地_連結表記: whole, 所在地_町字: town, 所在地_番地以下: number };
    expect(check(inCurrentForm(library(said)), yokohama).rows[0]?.findings).toEqual([]);
  });

  test('the 郡 of a town may be said in one of them only', () => {
    const town = {
      全国地方公共団体コード: '273015',
      地方公共団体名: '大阪府島本町',
      所在地_全国地方公共団体コード: '273015',
      所在地_連結表記: '大阪府島本町桜井2-1-1',
      所在地_都道府県: '大阪府',
      所在地_市区町村: '三島郡島本町',
      所在地_町字: '桜井二丁目',
      所在地_番地以下: '1-1',
    };
    expect(check(inCurrentForm(library(town)), { name: '三島郡島本町' }).rows[0]?.findings).toEqual(
      [],
    );
  });
});

describe('rows that are no facilities are refused', () => {
  const width = currentColumns.length;
  const padded = (...cells: string[]) => [
    ...cells,
    ...Array<string>(width - cells.length).fill(''),
  ];
  test.each<readonly [string, readonly string[], FindingCode]>([
    ['a total', padded('合計', '', '', '11'), 'row/footer'],
    [
      'a total with the code filled down',
      padded('141003', '', '神奈川県横浜市', '合 計'),
      'row/footer',
    ],
    ['a short total', ['計', '11件'], 'row/footer'],
    ['a remark', ['※令和6年4月1日現在'], 'row/footer'],
    ['empty cells', padded(), 'row/blank'],
    ['an empty line', [''], 'row/blank'],
    ['the header again', currentColumns, 'row/header-repeated'],
    ['a cell too few', padded('141003', 'L2').slice(1), 'row/too-few-cells'],
    ['a cell too many', [...padded('141003', 'L2'), 'x'], 'row/too-many-cells'],
    ['another body', padded('222127', 'L2', '静岡県焼津市', '焼津図書館'), 'row/other-body'],
  ])('%s', (_, cells, code) => {
    const rows = [...table(currentColumns, [library()]), cells];
    const report = check(Buffer.from(csvText(rows)), yokohama);
    expect(report.rows.map((it) => it.verdict)).toEqual(['taken', 'refused']);
    expect(codesOf(report.rows[1] ?? { findings: [] })).toContain(code);
    expect(report.rows[1]?.line).toBe(3);
  });
});

describe('rows that say the same', () => {
  const listed = (...rows: readonly Row[]) => check(inOlderForm(...rows), yaizu).rows;

  test('the same ID twice refuses both, and each names the other', () => {
    const rows = listed(
      olderLibrary(),
      olderLibrary({ 名称: '大井川図書館' }),
      olderLibrary({ NO: '2', 名称: 'x' }),
    );
    expect(rows.map((it) => it.verdict)).toEqual(['refused', 'refused', 'taken']);
    expect(rows[0]?.findings).toEqual([
      expect.objectContaining({ code: 'row/same-id', read: '19001', lines: [3] }),
    ]);
    expect(rows[1]?.findings[0]?.lines).toEqual([2]);
  });

  test('one name at one address refuses both where no ID tells them apart', () => {
    const spelt = olderLibrary({ NO: '', 住所: '静岡県焼津市三ヶ名1550番地2' });
    const rows = listed(olderLibrary(), spelt);
    expect(rows.map((it) => it.verdict)).toEqual(['refused', 'refused']);
    expect(rows.map(codesOf)).toEqual([['row/same-facility'], ['id/missing', 'row/same-facility']]);
  });

  test('with an ID of each, they may be two: a warning', () => {
    const rows = listed(olderLibrary(), olderLibrary({ NO: '19002' }));
    expect(rows.map(codesOf)).toEqual([
      ['row/same-name-and-address'],
      ['row/same-name-and-address'],
    ]);
    expect(rows.map((it) => it.verdict)).toEqual(['taken-with-warnings', 'taken-with-warnings']);
  });

  test('thousands of them are told in good time, each of twenty others', () => {
    const rows = listed(...Array.from({ length: 20_000 }, () => olderLibrary()));
    expect(rows.every((it) => it.findings[0]?.lines?.length === 20)).toBe(true);
  });
});

test("a refused row is in the list's own count, and not among those taken", () => {
  const rows = [library(), library({ ID: 'L2', 名称: '中図書館', 町字ID: '141038' })];
  const { summary } = check(inCurrentForm(...rows), yokohama, { kind: '図書館', count: 1 });
  expect(summary.kinds).toEqual([{ by: 'poi', kind: '1512', name: '図書館', listed: 2, taken: 1 }]);
  expect(summary.stated).toEqual([
    { kind: '図書館', stated: 1, listed: 2, taken: 1, difference: 1 },
  ]);
});
