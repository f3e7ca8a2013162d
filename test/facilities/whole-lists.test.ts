import { describe, expect, test } from 'vitest';

import { LARGEST_LIST } from '../../src/facilities/list/check-list.js';
import type { FindingCode } from '../../src/facilities/list/finding.js';
import {
  check,
  csvText,
  currentColumns,
  inCp932,
  inCurrentForm,
  inOlderForm,
  library,
  olderColumns,
  olderLibrary,
  published,
  type Row,
  table,
  yaizu,
  yokohama,
} from './list-file.js';

describe('a list is refused as a whole, and its reason named, with', () => {
  const header = (...columns: string[]) => Buffer.from(csvText([columns, columns.map(() => 'x')]));
  const without = (column: string) => olderColumns.filter((it) => it !== column);
  test.each<readonly [string, Buffer, FindingCode]>([
    ['nothing in it', Buffer.alloc(0), 'list/empty'],
    ['a mark of UTF-8 alone', Buffer.from('\ufeff'), 'list/empty'],
    ['UTF-16', Buffer.from(`\ufeff${csvText([olderColumns])}`, 'utf16le'), 'list/encoding'],
    ['another header', header('名称', '緯度', '経度'), 'list/header-unknown'],
    ['no header', Buffer.from('222127,1,静岡県,焼津市,焼津図書館\r\n'), 'list/header-unknown'],
    ['a header and no row', Buffer.from(csvText([olderColumns])), 'list/no-rows'],
    ['no column of names', header(...without('名称')), 'list/column-missing'],
    ['a column twice', header(...olderColumns, '住所'), 'list/column-repeated'],
    ['50,001 rows', inOlderForm(...Array<Row>(50_001).fill(olderLibrary())), 'list/too-many-rows'],
    ['more than is read', Buffer.alloc(LARGEST_LIST + 1), 'list/too-large'],
  ])('%s', (_, bytes, code) => {
    const { refusals, rows, summary } = check(bytes, yaizu, { kind: '図書館', count: 3 });
    expect(refusals.map((it) => it.code)).toEqual([code]);
    expect([rows, summary.taken, summary.refused]).toEqual([[], 0, summary.read]);
    expect([summary.kinds, summary.stated]).toEqual([[], []]);
  });

  test('missing columns are named, each', () => {
    const bytes = Buffer.from('ID,所在地_都道府県,名称\r\n1,神奈川県,中央図書館\r\n');
    expect(check(bytes, yokohama).refusals.map((it) => it.column)).toEqual([
      '全国地方公共団体コード',
      '所在地_連結表記',
    ]);
  });

  test('the rows of another body, which is named', () => {
    expect(check(published('libraries'), yokohama)).toMatchObject({
      refusals: [{ code: 'list/other-body', read: '222127 静岡県焼津市', expected: '141003' }],
      rows: [],
      summary: { read: 11, taken: 0, refused: 11, kinds: [] },
    });
    expect(check(published('libraries'), { name: '藤枝市' }).refusals).toHaveLength(1);
    expect(check(published('libraries'), { name: '静岡県' }).refusals).toHaveLength(1);
    expect(check(published('libraries'), { name: '神奈川県焼津市' }).refusals).toHaveLength(1);
  });

  test('two bodies of the name that was asked for', () => {
    const ikeda = (code: string, prefecture: string) =>
      olderLibrary({
        都道府県コード又は市区町村コード: code,
        都道府県名: prefecture,
        市区町村名: '池田町',
        名称: '池田町図書館',
      });
    const rows = [ikeda('016446', '北海道'), ikeda('183822', '福井県')];
    expect(check(inOlderForm(...rows), { name: '池田町' }).refusals).toMatchObject([
      { code: 'list/several-bodies', read: '016446、183822' },
    ]);
    expect(check(inOlderForm(...rows), { name: '福井県池田町' }).refusals).toEqual([]);
  });
});

describe('a row of another body in a list of the owner', () => {
  test('is refused alone', () => {
    const foreign = olderLibrary({
      都道府県コード又は市区町村コード: '222143',
      市区町村名: '藤枝市',
      NO: '2',
      名称: '藤枝図書館',
    });
    const { refusals, rows } = check(inOlderForm(olderLibrary(), foreign), yaizu);
    expect([refusals, rows.map((it) => it.verdict)]).toEqual([[], ['taken', 'refused']]);
    expect(rows[1]?.findings.map((it) => it.code)).toContain('row/other-body');
  });

  test('that says no name is refused where the owner is asked for by name', () => {
    const nameless = library({ ID: 'L2', 名称: '中図書館', 地方公共団体名: '' });
    const { rows } = check(inCurrentForm(library(), nameless), { name: '横浜市' });
    expect(rows[1]?.findings).toMatchObject([{ code: 'row/body-unsaid', expected: '横浜市' }]);
  });
});

describe('a header', () => {
  test('decides the form, whatever the order, and tells the columns of no form', () => {
    const columns = ['担当者', ...currentColumns.toReversed()];
    const report = check(Buffer.from(csvText(table(columns, [library()]))), yokohama);
    expect(report).toMatchObject({
      form: 'current',
      unknownColumns: ['担当者'],
      absentColumns: [],
    });
    expect(report.summary.taken).toBe(1);
  });

  test('may leave out what is not required, and is told what is not there', () => {
    const columns = currentColumns.filter((it) => it !== '授乳室' && it !== '画像');
    const report = check(Buffer.from(csvText(table(columns, [library()]))), yokohama);
    expect([report.absentColumns, report.summary.taken]).toEqual([['授乳室', '画像'], 1]);
  });

  test('is known by names of another width or in brackets, and keeps them as they stand', () => {
    const spelt: Record<string, string> = {
      名称: '名称 ',
      '建物名等(方書)': '建物名等（方書）',
      'スロープ、エレベータ、エスカレータ': '「スロープ、エレベータ、エスカレータ」',
    };
    const row = library({ '建物名等(方書)': '1階' });
    const [, cells = []] = table(currentColumns, [row]);
    const bytes = Buffer.from(csvText([currentColumns.map((it) => spelt[it] ?? it), cells]));
    const report = check(bytes, yokohama);
    expect([report.unknownColumns, report.absentColumns]).toEqual([[], []]);
    expect(report.rows[0]).toMatchObject({
      record: { name: { column: '名称 ' }, building: { column: '建物名等（方書）', text: '1階' } },
    });
  });

  test('in CP932 is seen to be CP932, in UTF-8 without a mark to be UTF-8', () => {
    const text = csvText(table(currentColumns, [library()]));
    expect(check(inCp932(text), yokohama)).toMatchObject({ encoding: 'cp932', form: 'current' });
    expect(check(Buffer.from(text), yokohama)).toMatchObject({
      encoding: 'utf-8',
      form: 'current',
    });
  });
});
