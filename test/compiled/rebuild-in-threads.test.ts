import { pathToFileURL } from 'node:url';

import { escapeIdentifier } from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { schemaOf } from '../../projections/ledger.js';
import { stored } from '../../src/entries/envelope.js';
import { StreamBuilder } from '../support/event-builder.js';
import { fillRegister } from '../support/generated-events.js';
import { ReadSide } from '../projections/support/read-side.js';

/** Threads run compiled code alone: the ledgers and the rebuild are those of `dist`. */
const compiled = (module: string) =>
  import(pathToFileURL(`dist/projections/${module}.js`).href) as Promise<unknown>;

let register: ReadSide;
let all: (typeof import('../../projections/ledgers.js'))['ledgers'];
let rebuildAll: (typeof import('../../projections/rebuild.js'))['rebuildAll'];
beforeAll(async () => {
  register = await ReadSide.open('threads');
  await fillRegister(register.store, 5_000);
  ({ ledgers: all } = (await compiled('ledgers')) as typeof import('../../projections/ledgers.js'));
  ({ rebuildAll } = (await compiled('rebuild')) as typeof import('../../projections/rebuild.js'));
}, 120_000);
afterAll(() => register.close());

const built = (threads: number) =>
  rebuildAll(all, register.context, {
    connection: { connectionString: register.database.url },
    threads,
  });

async function rowsOf(ledger: string, version: number): Promise<readonly string[]> {
  const { rows } = await register.pool.query<{ row: string }>(
    `select r::text as row from ${escapeIdentifier(schemaOf(ledger, version))}.part_row r order by 1`,
  );
  return rows.map((it) => it.row);
}

test('threads build the very same rows as the one that asks them', async () => {
  const alone = await built(0);
  const together = await built(2);
  expect(together.map((it) => it.comparison?.changed)).toEqual(all.map(() => 0));
  expect(together.reduce((sum, it) => sum + it.rows, 0)).toBeGreaterThan(5_000);
  for (const [i, { ledger, version }] of together.entries()) {
    expect(await rowsOf(ledger, version)).toEqual(await rowsOf(ledger, alone[i]!.version));
  }
}, 60_000);

test('what no thread can read is told as it is, and nothing serves that lacks it', async () => {
  const before = await register.pool.query(
    'select ledger, version, n from projection.checkpoint where serves order by 1',
  );
  const said = new StreamBuilder('agreement', '知らない事実').act('AgreementRegistered', {
    keeper: '00000000-0000-4000-8000-000000000001',
    title: '知らない事実',
    kind: 'agreement',
    fields: ['図書館'],
    parties: [],
  });
  await register.store.append(said.stream, -1, [stored({ ...said, type: 'AgreementSung' })]);
  await expect(built(2)).rejects.toMatchObject({ name: 'UnknownEventType' });
  const after = await register.pool.query(
    'select ledger, version, n from projection.checkpoint where serves order by 1',
  );
  expect(after.rows).toEqual(before.rows);
}, 60_000);
