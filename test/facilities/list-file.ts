import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import iconv from 'iconv-lite';

import type { Owner } from '../../src/facilities/list/body.js';
import { checkList } from '../../src/facilities/list/check-list.js';
import { forms } from '../../src/facilities/list/columns.js';
import type { Stated } from '../../src/facilities/list/count-kinds.js';
import type { Finding, FindingCode } from '../../src/facilities/list/finding.js';
import type { RowReport } from '../../src/facilities/list/report.js';
import { readPoiKinds } from '../../src/facilities/poi-kinds.js';

export const poi = readPoiKinds();

export const yaizu = { code: '222127' };
export const yokohama = { code: '141003' };

/** A list as 焼津市 published it. */
export function published(list: 'libraries' | 'sports'): Buffer {
  return readFileSync(fileURLToPath(new URL(`lists/yaizu-${list}.csv`, import.meta.url)));
}

export type Row = Readonly<Record<string, string>>;

/** 横浜市中央図書館 in the current form, with some cells said otherwise. */
export function library(said: Row = {}): Row {
  return {
    全国地方公共団体コード: '141003',
    ID: 'L1',
    地方公共団体名: '神奈川県横浜市',
    名称: '中央図書館',
    名称_カナ: 'チュウオウトショカン',
    POIコード: '1512',
    所在地_全国地方公共団体コード: '141038',
    町字ID: '0008000',
    所在地_連結表記: '神奈川県横浜市西区老松町1番地',
    所在地_都道府県: '神奈川県',
    所在地_市区町村: '横浜市西区',
    所在地_町字: '老松町',
    所在地_番地以下: '1',
    緯度: '35.448',
    経度: '139.628',
    電話番号: '045-262-0050',
    郵便番号: '220-0032',
    法人番号: '3000020141003',
    開始時間: '9:30',
    終了時間: '20:30',
    車椅子可: '有',
    車椅子貸出: '無',
    URL: 'https://example.jp/library?id=1',
    ...said,
  };
}

/** 焼津図書館 in the older form, with some cells said otherwise. */
export function olderLibrary(said: Row = {}): Row {
  return {
    都道府県コード又は市区町村コード: '222127',
    NO: '19001',
    都道府県名: '静岡県',
    市区町村名: '焼津市',
    名称: '焼津図書館',
    住所: '静岡県焼津市三ケ名1550-2',
    緯度: '34.86466037',
    経度: '138.3057186',
    備考: '図書館',
    ...said,
  };
}

export const currentColumns = [...forms.current.fields.keys()];
export const olderColumns = [...forms.older.fields.keys()];

export function table(columns: readonly string[], rows: readonly Row[]): readonly string[][] {
  return [[...columns], ...rows.map((row) => columns.map((it) => row[it] ?? ''))];
}

/** RFC 4180, quoted where needed. */
export function csvText(rows: readonly (readonly string[])[], lineEnd = '\r\n'): string {
  return rows.map((row) => row.map(cellText).join(',') + lineEnd).join('');
}

function cellText(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

export function inCurrentForm(...rows: readonly Row[]): Buffer {
  return Buffer.from(csvText(table(currentColumns, rows)));
}

export function inOlderForm(...rows: readonly Row[]): Buffer {
  return Buffer.from(csvText(table(olderColumns, rows)));
}

/** A character that CP932 does not have becomes `?`, as in the programs that lists come from. */
export function inCp932(text: string): Buffer {
  return iconv.encode(text, 'cp932');
}

export function check(bytes: Uint8Array, owner: Owner, ...stated: readonly Stated[]) {
  return checkList(bytes, { owner, stated, poi });
}

export function codesOf({ findings }: { readonly findings: readonly Finding[] }): FindingCode[] {
  return findings.map((it) => it.code);
}

/** The record of a row that is to be taken. */
export function recordIn(row: RowReport | undefined) {
  if (row === undefined || row.verdict === 'refused') {
    throw new Error(`not taken: ${JSON.stringify(row?.findings)}`);
  }
  return row.record;
}
