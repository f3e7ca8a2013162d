import { Client, Pool } from 'pg';
import { afterEach, beforeEach, expect, test } from 'vitest';

import { dropForgotten } from '../../projections/forgotten-ledgers.js';
import { ledgers } from '../../projections/ledgers.js';
import type { RunningApplication } from '../../src/start-application.js';
import { openedPlace, startAt } from '../move/moving.js';
import type { MadePlace } from '../move/places.js';

let place: MadePlace;
let pool: Pool;
let running: RunningApplication | undefined;
beforeEach(async () => {
  place = await openedPlace('forgotten');
  pool = new Pool({ connectionString: place.databaseUrl });
  running = await startAt(place);
  await running.close();
  await keptByAnEarlierProgram();
});
afterEach(async () => {
  await running?.close();
  await pool.end();
  await place.dispose();
});

/** Two versions of 相互利用 as they stood: one served, and a stream of it waited for a person. */
async function keptByAnEarlierProgram(): Promise<void> {
  await pool.query(`
    create schema mutual_use_v2;
    create schema mutual_use_v3;
    create table mutual_use_v3.part_row (stream uuid not null, part text not null);
    insert into projection.checkpoint (ledger, version, fold, n, position, serves, moved)
      values ('mutual-use', 2, 1, 0, '0', false, now() - interval '2 days'),
        ('mutual-use', 3, 2, 0, '0', true, now() - interval '2 days');
    insert into projection.parked_stream (ledger, version, stream, id, n, error)
      values ('mutual-use', 3, 'party-x', gen_random_uuid(), 0, '試験')`);
}

async function left(): Promise<{ ledgers: readonly string[]; schemas: readonly string[] }> {
  const { rows: points } = await pool.query<{ ledger: string }>(
    'select distinct ledger from projection.checkpoint order by ledger',
  );
  const { rows: schemas } = await pool.query<{ name: string }>(
    `select nspname as name from pg_namespace where nspname like 'mutual_use%' order by 1`,
  );
  return { ledgers: points.map((it) => it.ledger), schemas: schemas.map((it) => it.name) };
}

interface Readiness {
  readonly status: string;
  readonly projections: readonly { readonly ledger: string }[];
}

test('a register with a ledger that the program no longer keeps starts, and the ledger goes', async () => {
  running = await startAt(place);
  const ready = await fetch(`${running.url}/health/ready`);
  const { status, projections } = (await ready.json()) as Readiness;
  expect([ready.status, status]).toEqual([200, 'ready']);
  const names = ledgers.map((it) => it.name).sort();
  expect(projections.map((it) => it.ledger).sort()).toEqual(names);
  await expect.poll(left, { timeout: 20_000 }).toEqual({ ledgers: names, schemas: [] });
});

test('while a process of the earlier program leads it, it stays, and no other is touched', async () => {
  const leader = new Client({ connectionString: place.databaseUrl });
  await leader.connect();
  await leader.query(`select pg_advisory_lock(hashtextextended('musubi ledger mutual-use', 0))`);
  const before = await left();
  expect(await dropForgotten({ connectionString: place.databaseUrl }, ledgers)).toEqual([]);
  expect(await left()).toEqual(before);
  expect(before.schemas).toEqual(['mutual_use_v2', 'mutual_use_v3']);
  await leader.end();
  await expect
    .poll(() => dropForgotten({ connectionString: place.databaseUrl }, ledgers))
    .toEqual(['mutual-use']);
  expect((await left()).ledgers).toEqual(ledgers.map((it) => it.name).sort());
});

test('one that moved within a day stays: the lead may be on its way to another process', async () => {
  await pool.query(`update projection.checkpoint set moved = now() where ledger = 'mutual-use'`);
  expect(await dropForgotten({ connectionString: place.databaseUrl }, ledgers)).toEqual([]);
});
