import { fileURLToPath } from 'node:url';

import { afterAll, beforeAll, expect, test } from 'vitest';

import { run } from '../../cli/run.js';
import type { FacilitiesAnswer } from '../../projections/facilities/facility.answer.js';
import { Yaizu } from '../http/list-sender.js';
import { startTestApplication, type TestApplication } from '../support/application.js';

const sports = fileURLToPath(new URL('lists/yaizu-sports.csv', import.meta.url));

let it: TestApplication;
let yaizu: Yaizu;

beforeAll(async () => {
  it = await startTestApplication('import_command');
  await it.register({ kind: 'municipality', name: '横浜市', code: '141003' }, it.operator);
  yaizu = await Yaizu.in(it);
});
afterAll(() => it.close());

async function facilities(token: string, ...words: readonly string[]) {
  const [out, err]: [string[], string[]] = [[], []];
  const terminal = { out: (line: string) => out.push(line), err: (line: string) => err.push(line) };
  const environment = { DATABASE_URL: 'postgres://127.0.0.1:1/nothing', MUSUBI_TOKEN: token };
  const exit = await run(['facilities', ...words, '--url', it.url], terminal, environment);
  return { exit, out, err: err.join('\n') };
}

let id = '';
let digest = '';

test('a dry run tells of each row and enters nothing', async () => {
  const head = await it.head();
  const words = ['import', sports, '--owner', '222127', '--on', 'R2.9.1', '--dry-run'];
  const { exit, out } = await facilities(yaizu.registrar.token, ...words);
  expect(exit).toBe(0);
  expect(out).toHaveLength(17);
  expect(out[0]).toMatch(/^2行目 問題なし 新しく登録 ./);
  expect(await it.head()).toBe(head);
});

test('the import enters each row, and says what to approve', async () => {
  const words = ['import', sports, '--owner', '焼津市', '--on', '2020-09-01'];
  const { exit, out, err } = await facilities(yaizu.registrar.token, ...words);
  expect(exit).toBe(0);
  expect(err).toContain('登録 16/16');
  expect(err).toContain('登録票 16、登録済み 0');
  [id = '', digest = ''] = (out.at(-1) ?? '').split('\t');
  expect(digest).toMatch(/^[0-9a-f]{64}$/);
});

test('the approval names the digest; another is refused', async () => {
  const { token } = yaizu.approver;
  const wrong = await facilities(token, 'approve', id, '--digest', '0'.repeat(64));
  expect([wrong.exit, wrong.out]).toEqual([1, []]);
  expect(wrong.err).toContain('（facility-list/other-digest）');
  const { exit, out } = await facilities(token, 'approve', id, '--digest', digest);
  expect([exit, out]).toEqual([0, ['approved']]);
  const { body } = await yaizu.facilities<FacilitiesAnswer>({ limit: '50' });
  expect(body.total).toEqual({ certain: 16, possible: 16 });
});

test('a list that was approved is not rejected afterwards', async () => {
  const { exit, err } = await facilities(
    yaizu.approver.token,
    'reject',
    id,
    '--digest',
    digest,
    '--reason',
    '誤り',
  );
  expect(exit).toBe(1);
  expect(err).toContain('（facility-list/already-judged）');
});

test('a list of another body and a token of nobody are refused in words', async () => {
  const other = await facilities(yaizu.registrar.token, 'import', sports, '--owner', '横浜市');
  expect(other.exit).toBe(1);
  expect(other.err).toContain('（access/not-for-this-body）');
  const nobody = await facilities('x'.repeat(43), 'import', sports, '--owner', '222127');
  expect(nobody.exit).toBe(1);
  expect(nobody.err).toMatch(/（session\/(ended|unreadable)）/);
});

test.each([
  [['import']],
  [['import', sports]],
  [['import', sports, '--owner', '222127', '--colour', '青']],
  [['import', sports, '--owner', '222127', '--token', 'secret-on-the-command-line']],
  [['approve']],
  [['approve', '0']],
])('%j ends with 2 and the usage', async (words) => {
  const { exit, out, err } = await facilities(yaizu.registrar.token, ...words);
  expect([exit, out]).toEqual([2, []]);
  expect(err).toContain('facilities import <ファイル> --owner');
});
