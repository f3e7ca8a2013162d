import { randomUUID } from 'node:crypto';

import { Pool } from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { canonicalText } from '../../src/event-sourcing/canonical-json.js';
import {
  openPostgresEventStore,
  type PostgresEventStore,
} from '../../src/event-sourcing/postgres-event-store.js';
import { Vault } from '../../src/vault/vault.js';
import { type FreshDatabase, freshDatabase } from '../support/database.js';

let database: FreshDatabase;
let pool: Pool;
let store: PostgresEventStore;
let vault: Vault;

beforeAll(async () => {
  database = await freshDatabase('sealed');
  const connection = { connectionString: database.url };
  pool = new Pool(connection);
  store = await openPostgresEventStore({ connection, schema: 'musubi', vaultSchema: 'vault' });
  vault = new Vault(pool, 'vault');
});

afterAll(async () => {
  await store.close();
  await pool.end();
  await database.dispose();
});

/** An event whose sealed field goes the way of every command: commitment here, value to the vault. */
async function entered(revision: number, contact: string): Promise<string> {
  const { sealed, value } = vault.seal(contact);
  const [id, recordedAt] = [randomUUID(), new Date().toISOString()];
  const body = canonicalText({ id, recordedAt, data: { office: '総務課', contact: sealed } });
  const event = { id, type: 'ContactStated', recordedAt, body };
  await store.append('agreement-1', revision, [event], [value]);
  return sealed.sealed;
}

/** Every row of every table of the database, as text. */
async function everyRow(): Promise<string[]> {
  const { rows: tables } = await pool.query<{ name: string }>(
    `select format('%I.%I', table_schema, table_name) as name from information_schema.tables
      where table_schema in ('musubi', 'vault')`,
  );
  const all = tables.map(({ name }) =>
    pool.query<{ row: string }>(`select t::text as row from ${name} t`),
  );
  return (await Promise.all(all)).flatMap(({ rows }) => rows.map((it) => it.row));
}

const contact = '結城 花子 hanako@example.jp';

test('an event keeps the commitment, no table keeps the words, and the vault opens them', async () => {
  const commitment = await entered(-1, contact);
  const rows = await everyRow();
  expect(rows.filter((it) => it.includes(commitment))).toHaveLength(2);
  expect(rows.filter((it) => it.includes('総務課'))).toHaveLength(1);
  for (const part of ['結城', '花子', 'hanako', 'example']) {
    expect(rows.filter((it) => it.includes(part))).toEqual([]);
  }
  expect(await vault.open([commitment])).toEqual(new Map([[commitment, contact]]));
});

test('a refused append leaves nothing in the vault', async () => {
  const before = await everyRow();
  await expect(entered(7, '山田 太郎')).rejects.toThrow('expected revision');
  expect(await everyRow()).toEqual(before);
});

test('erasing one value leaves the event, its bytes and the other values as they are', async () => {
  const [erased, kept] = [await entered(0, '山田 太郎'), await entered(1, '鈴木 次郎')];
  const bodies = async () => {
    const found: string[] = [];
    for await (const { body } of store.readStream('agreement-1')) found.push(body);
    return found;
  };
  const before = await bodies();
  await pool.query('delete from vault.sealed_value where commitment = $1', [erased]);
  expect(await bodies()).toEqual(before);
  expect(await vault.open([erased, kept])).toEqual(new Map([[kept, '鈴木 次郎']]));
  expect(await vault.matches(kept, '鈴木 次郎')).toBe(true);
});
