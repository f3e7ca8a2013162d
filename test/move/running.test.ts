import { Pool } from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';

import type { Moved } from '../../src/move/move-order.js';
import { Installation } from '../compiled/installation.js';
import { Program } from '../compiled/program.js';
import { type FreshDatabase, freshDatabase } from '../support/database.js';

/** From one machine to a database and back, with the compiled programs, while the application runs. */
let installation: Installation;
let database: FreshDatabase;
let token: string;

beforeAll(async () => {
  installation = await Installation.make('move');
  database = await freshDatabase('move_running');
});
afterAll(async () => {
  await installation.dispose();
  await database.dispose();
});

const settings = { MUSUBI_SOURCES: 'off' };
const onDatabase = () => ({ ...settings, DATABASE_URL: database.url });
const party = (name: string) =>
  JSON.stringify({
    opens: 'party',
    acts: [{ type: 'PartyRegistered', data: { kind: 'municipality', name } }],
  });

async function enter(url: string, name: string, key = `enter-${name.codePointAt(0)}`) {
  const response = await fetch(`${url}/api/entries`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${token}`,
      'content-type': 'application/json',
      'idempotency-key': key,
    },
    body: party(name),
  });
  return {
    status: response.status,
    body: (await response.json()) as { code?: string; n?: number },
  };
}

async function move(from: string, to: string): Promise<{ output: string; moved: Moved }> {
  const program = new Program(
    'cli/main.js',
    { MUSUBI_DATA: installation.directory, THERE: database.url, LOG_LEVEL: 'warn' },
    ['move', '--from', from, '--to', to, '--login', 'administrator', '--ground', '一台から出る'],
  );
  const code = await program.ended;
  const { output } = program;
  if (code !== 0) throw new Error(output);
  expect(output).not.toContain(new URL(database.url).password);
  expect(output).not.toContain(new URL(await installation.database()).password);
  return { output, moved: JSON.parse(/^\{.*\}$/m.exec(output)?.[0] ?? '') as Moved };
}

test('a register leaves its machine while it is being read, and comes back', async () => {
  const first = installation.start(settings);
  const url = await first.url();
  token = await installation.token('registrar');
  expect(await enter(url, '藤沢市')).toMatchObject({ status: 201 });

  const out = await move('embedded', 'env:THERE');
  expect(out.output).toContain('DATABASE_URL に postgres://');
  expect(out.moved).toMatchObject({ from: 'embedded?register=main', left: 'copy', events: 2 });
  // Who goes on asking the old place is answered; who wants to register is told, and loses nothing.
  const late = await enter(url, '鎌倉市');
  expect([late.status, late.body.code]).toEqual([503, 'store/read-only']);
  expect((await fetch(`${url}/api/parties`)).status).toBe(200);
  expect(await (await fetch(`${url}/health/ready`)).json()).toMatchObject({
    status: 'degraded',
    readOnly: '登録簿は別の保存先へ移りました',
  });
  await first.end('SIGTERM');

  const again = installation.start(settings);
  expect(await again.ended).toBe(78);
  expect(again.output).toContain('register/moved');
  expect(again.output).toContain('postgres://127.0.0.1');

  const there = installation.start(onDatabase());
  const thereUrl = await there.url();
  expect((await enter(thereUrl, '鎌倉市')).status).toBe(201);
  await there.end('SIGTERM');

  const back = await move('env:THERE', 'embedded');
  expect(back.output).toContain('DATABASE_URL を外す');
  expect(back.moved).toMatchObject({ found: 2, events: 4 });
  const home = installation.start(settings);
  expect((await enter(await home.url(), '逗子市')).status).toBe(201);
  await home.end('SIGTERM');
}, 240_000);

test('a move that was broken off leaves an application that answers, says so and can be freed', async () => {
  const pool = new Pool({ connectionString: database.url });
  await pool.query(`update musubi.register_head set read_only = 'move:esdb://three:2113'`);
  const serving = installation.start(onDatabase());
  const url = await serving.url();
  expect(serving.output).toContain('登録簿を esdb://three:2113 へ移す途中');
  expect((await enter(url, '大和市')).body.code).toBe('store/read-only');
  const cancelled = new Program(
    'cli/main.js',
    { MUSUBI_DATA: installation.directory, THERE: database.url },
    ['move', '--cancel', '--from', 'env:THERE'],
  );
  expect(await cancelled.ended).toBe(0);
  expect((await enter(url, '大和市')).status).toBe(201);
  await serving.end('SIGTERM');

  await pool.query(`update musubi.register_head set read_only = 'arriving:embedded?register=main'`);
  const early = installation.start(onDatabase());
  expect(await early.ended).toBe(75);
  expect(early.output).toContain('register/arriving');
  await pool.end();
}, 120_000);
