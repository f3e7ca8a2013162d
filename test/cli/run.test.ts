import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { Pool } from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { run } from '../../cli/run.js';
import { systemClock } from '../../src/clock.js';
import { Accounts } from '../../src/identity/accounts.js';
import { createOffice } from '../../src/identity/office-schema.js';
import { fitsPassword } from '../../src/identity/password.js';
import { tokenHash } from '../../src/identity/token-secret.js';
import { type FreshDatabase, freshDatabase } from '../support/database.js';

let database: FreshDatabase;
let pool: Pool;
let accounts: Accounts;

beforeAll(async () => {
  database = await freshDatabase('cli');
  pool = new Pool({ connectionString: database.url });
  await createOffice(pool);
  accounts = new Accounts(pool, systemClock);
  await accounts.create('registrar', '登録担当者');
  await accounts.withoutSignIn('loader', '初期資料');
});

afterAll(async () => {
  await pool.end();
  await database.dispose();
});

async function cli(...words: readonly string[]) {
  const [out, err]: [string[], string[]] = [[], []];
  const terminal = { out: (line: string) => out.push(line), err: (line: string) => err.push(line) };
  const exit = await run(words, terminal, { DATABASE_URL: database.url });
  return { exit, out, err: err.join('\n') };
}

describe('token', () => {
  test('create prints the token alone to the standard output, and stores its hash', async () => {
    const words = ['create', '--login', 'Registrar', '--name', '夜間取込', '--days', '30'];
    const { exit, out, err } = await cli('token', ...words);
    expect(exit).toBe(0);
    expect(out).toEqual([expect.stringMatching(/^musubi_[\w-]{43}$/)]);
    expect(err).toContain('二度と表示できません');

    const { rows } = await pool.query(
      `select login, name, expires_at - api_token.created_at = interval '30 days' as thirty
         from office.api_token join office.account on account.id = account where token_hash = $1`,
      [tokenHash(String(out[0]))],
    );
    expect(rows).toEqual([{ login: 'registrar', name: '夜間取込', thirty: true }]);
  });

  test('list shows each token in Tokyo time, and no secret', async () => {
    const secret = (await cli('token', 'create', '--login', 'registrar', '--name', '一覧')).out[0];
    const { exit, out } = await cli('token', 'list');
    expect(exit).toBe(0);
    expect(out[0]).toBe('id\tログイン名\t用途\t作成\t期限\t無効化\t最終使用');
    const line = out.find((it) => it.includes('一覧')) ?? '';
    expect(line).toMatch(/^[\da-f-]{36}\tregistrar\t一覧\t(\d{4}-\d\d-\d\d \d\d:\d\d\t){2}\t$/);
    expect(out.join('\n')).not.toContain(secret);
  });

  test('revoke ends a token, and an unknown one is refused', async () => {
    await cli('token', 'create', '--login', 'registrar', '--name', '取消');
    const { rows } = await pool.query<{ id: string }>(
      `select id from office.api_token where name = '取消'`,
    );
    const id = rows[0]?.id ?? '';
    expect((await cli('token', 'revoke', '--id', id)).exit).toBe(0);
    const after = await pool.query('select from office.api_token where revoked_at is not null');
    expect(after.rowCount).toBe(1);

    const unknown = await cli('token', 'revoke', '--id', 'x');
    expect([unknown.exit, unknown.err]).toEqual([1, expect.stringContaining('token/unknown')]);
  });

  test.each(['nobody', 'loader'])('there is no token for %s', async (login) => {
    const { exit, out, err } = await cli('token', 'create', '--login', login, '--name', 'x');
    expect([exit, out, err]).toEqual([1, [], expect.stringContaining('account/unknown')]);
  });
});

describe('password', () => {
  test('reset prints a password that works once, and the old one is gone', async () => {
    const { login, oneTimePassword } = await accounts.create('forgetful', '忘れた人');
    const { exit, out } = await cli('password', 'reset', '--login', login);
    expect(exit).toBe(0);
    const { passwordHash, oneTime } = (await accounts.byLogin(login)) ?? {};
    expect(oneTime).toBe(true);
    expect(await fitsPassword(passwordHash ?? '', String(out[0]))).toBe(true);
    expect(await fitsPassword(passwordHash ?? '', oneTimePassword)).toBe(false);
  });

  test('an account that loads by itself gets none', async () => {
    const { exit, err } = await cli('password', 'reset', '--login', 'loader');
    expect([exit, err]).toEqual([1, expect.stringContaining('account/unknown')]);
  });
});

describe('wrong words', () => {
  test.each([
    [],
    ['tokens'],
    ['token'],
    ['token', 'make'],
    ['token', 'create'],
    ['token', 'create', '--login', 'registrar'],
    ['token', 'create', '--login', 'registrar', '--name', 'x', '--days', '0'],
    ['token', 'create', '--login', 'registrar', '--name', 'x', '--days', '1e2'],
    ['token', 'create', '--login', 'registrar', '--name', 'x', '--days', '367'],
    ['token', 'create', '--login', 'registrar', '--name', ' '],
    ['token', 'create', '--login', 'registrar', '--name', 'x', '--admin'],
    ['token', 'list', 'all'],
    ['token', 'revoke'],
    ['password', 'set'],
  ])('%s %s %s %s %s end with 2 and the usage', async (...words) => {
    const { exit, out, err } = await cli(...words.filter((it) => it !== undefined));
    expect(exit).toBe(2);
    expect([...out, err].join('\n')).toContain('使い方:\n  npm run cli -- ');
  });

  test('help is no fault', async () => {
    const { exit, out } = await cli('help');
    expect(exit).toBe(0);
    expect(out.join('\n')).toContain('token revoke');
    expect(out.join('\n')).toContain('password reset');
  });
});

test('a data directory that is not there is not made, and is named', async () => {
  const lines: string[] = [];
  const terminal = {
    out: (line: string) => lines.push(line),
    err: (line: string) => lines.push(line),
  };
  const nowhere = join(tmpdir(), `musubi-cli-${process.pid}`);
  expect(await run(['token', 'list'], terminal, { MUSUBI_DATA: nowhere })).toBe(1);
  expect(lines).toEqual([expect.stringMatching(`${nowhere}.*database/none`)]);
  expect(existsSync(nowhere)).toBe(false);
});

test('a database that does not answer, and a wrong configuration, are told and end with 1', async () => {
  const lines: string[] = [];
  const terminal = {
    out: (line: string) => lines.push(line),
    err: (line: string) => lines.push(line),
  };
  const unreachable = { DATABASE_URL: 'postgres://127.0.0.1:1/nothing' };
  expect(await run(['token', 'list'], terminal, unreachable)).toBe(1);
  expect(await run(['token', 'list'], terminal, { DATABASE_URL: 'mysql://x' })).toBe(1);
  expect(lines).toEqual([
    expect.stringContaining('database/unreachable'),
    expect.stringContaining('config/database-url'),
  ]);
});
