import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { run } from '../../cli/run.js';
import type { ListReport } from '../../src/facilities/list/report.js';
import {
  check,
  csvText,
  inOlderForm,
  olderColumns,
  olderLibrary,
  published,
  table,
  yaizu,
} from './list-file.js';

const libraries = fileURLToPath(new URL('lists/yaizu-libraries.csv', import.meta.url));

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'musubi-lists-'));
});
afterAll(() => rm(folder, { recursive: true }));

/** Without a database anywhere: nothing is stored. */
async function facilities(...words: readonly string[]) {
  const [out, err]: [string[], string[]] = [[], []];
  const terminal = { out: (line: string) => out.push(line), err: (line: string) => err.push(line) };
  const nowhere = { DATABASE_URL: 'postgres://127.0.0.1:1/nothing', MUSUBI_DATA: folder };
  const exit = await run(['facilities', ...words], terminal, nowhere);
  return { exit, out: out.join('\n'), err: err.join('\n') };
}

async function file(name: string, bytes: Uint8Array | string): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, bytes);
  return path;
}

describe('facilities check', () => {
  test('tells every row of a good list and ends with 0', async () => {
    const { exit, out, err } = await facilities('check', libraries, '--owner', '222127');
    expect(exit).toBe(0);
    expect(out.split('\n')).toHaveLength(11);
    expect(out).toContain('3行目 問題なし 焼津図書館');
    expect(err).toContain('文字コード UTF-8（BOM付き）、様式 推奨データセット');
    expect(err).toContain('行 11: 問題なし 11、注意あり 0、断る 0');
    expect(err).toContain('備考「公民館図書室」: 8');
  });

  test('shows stated counts beside the own ones', async () => {
    const stated = ['--stated', '図書館=13', '--stated', '公民館図書室 = 8'];
    const { exit, err } = await facilities('check', libraries, '--owner', '焼津市', ...stated);
    expect(exit).toBe(0);
    expect(err).toContain('図書館: 示された数 13、一覧の数 2、差 -11');
    expect(err).toContain('公民館図書室: 示された数 8、一覧の数 8、差 0');
  });

  test('gives the report itself as JSON, and nothing else, on the standard output', async () => {
    const { out } = await facilities('check', libraries, '--owner', '222127', '--format', 'json');
    const report = JSON.parse(out) as ListReport;
    expect(report).toEqual(JSON.parse(JSON.stringify(check(published('libraries'), yaizu))));
  });

  test('ends with 1 where rows are refused, and says which and why', async () => {
    const foreign = olderLibrary({ NO: '2', 名称: '二号館', 法人番号: '1234567890123' });
    const path = await file('refused.csv', inOlderForm(olderLibrary(), foreign));
    const { exit, out, err } = await facilities('check', path, '--owner', '222127');
    expect(exit).toBe(1);
    expect(out).toContain('3行目 断る\n  断る: 法人番号の検査数字が合いません。場所: 法人番号。');
    expect(err).toContain('断る行が 1 件あります。（facility-list/rows-refused）');
  });

  test('says where a byte stands that is no character', async () => {
    const good = inOlderForm(olderLibrary());
    const at = good.indexOf('図書館');
    const path = await file(
      'byte.csv',
      Buffer.concat([good.subarray(0, at), good.subarray(at + 1)]),
    );
    const { exit, out } = await facilities('check', path, '--owner', '222127');
    expect(exit).toBe(1);
    expect(out).toContain(`場所: 名称、先頭から ${at} バイト。`);
  });

  test('ends with 1 where the whole list is refused', async () => {
    const { exit, out, err } = await facilities('check', libraries, '--owner', '横浜市');
    expect(exit).toBe(1);
    expect(out).toBe(
      '一覧全体 断る: 別の団体の一覧です。読んだもの: 「222127 静岡県焼津市」。求めるもの: 横浜市（list/other-body）',
    );
    expect(err).toContain('行 11: 問題なし 0、注意あり 0、断る 11');
  });

  test('writes a table for spreadsheets in which no cell is a formula', async () => {
    const evil = olderLibrary({ 名称: '=1+1', 電話番号: '054' });
    const path = await file('formula.csv', csvText(table(olderColumns, [evil])));
    const { exit, out } = await facilities('check', path, '--owner', '222127', '--format', 'csv');
    expect(exit).toBe(0);
    const [header, row, ...more] = out.split('\r\n');
    expect(header).toContain('行,終わりの行,判定,名称,所見,コード');
    expect(row).toMatch(/^2,2,注意あり,'=1\+1,注意,phone\/form,電話番号,/);
    expect(more).toEqual([]);
  });

  test('counts the rows with warnings apart', async () => {
    const warned = olderLibrary({ NO: '2', 名称: '二号館', 電話番号: '054' });
    const path = await file('warned.csv', inOlderForm(olderLibrary(), warned));
    const { exit, out, err } = await facilities('check', path, '--owner', '222127');
    expect(exit).toBe(0);
    expect(out).toContain('3行目 注意あり 二号館\n  注意: 電話番号の形ではありません。');
    expect(err).toContain('行 2: 問題なし 1、注意あり 1、断る 0');
  });
});

test.each([
  [[]],
  [['apply', libraries, '--owner', '222127']],
  [['check', '--owner', '222127']],
  [['check', libraries]],
  [['check', libraries, libraries, '--owner', '222127']],
  [['check', libraries, '--owner', '222128']],
  [['check', libraries, '--owner', '22212']],
  [['check', libraries, '--owner', '222127', '--stated', '図書館']],
  [['check', libraries, '--owner', '222127', '--stated', '図書館=多数']],
  [['check', libraries, '--owner', '222127', '--format', 'xml']],
  [['check', libraries, '--owner', '222127', '--dry-run']],
  [['check', `${libraries}.none`, '--owner', '222127']],
])('%j ends with 2 and the usage, and says nothing on the standard output', async (words) => {
  const { exit, out, err } = await facilities(...words);
  expect([exit, out]).toEqual([2, '']);
  expect(err).toContain('npm run cli -- facilities check <ファイル> --owner');
});
