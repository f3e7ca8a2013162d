import { Client, Pool } from 'pg';
import { afterEach, beforeEach, expect, test } from 'vitest';

import { holdLedgers } from '../../projections/hold-ledgers.js';
import { ledgers } from '../../projections/ledgers.js';
import { translateCheckpoints } from '../../projections/translate-checkpoints.js';
import type { EventStore } from '../../src/event-sourcing/event-store.js';
import type { RunningApplication } from '../../src/start-application.js';
import { fillRegister } from '../support/generated-events.js';
import { openedPlace, startAt } from './moving.js';
import { firstPlace, type MadePlace } from './places.js';

let place: MadePlace;
let pool: Pool;
let store: EventStore;
beforeEach(async () => {
  place = await openedPlace('move_ledgers');
  pool = new Pool({ connectionString: place.databaseUrl });
  store = await place.openStore();
  await fillRegister(store, 300);
});
afterEach(async () => {
  await store.close();
  await pool.end();
  await place.dispose();
});

interface Point {
  readonly ledger: string;
  readonly version: number;
  readonly n: number;
  readonly position: string | null;
  readonly fence: number;
}

const points = async () =>
  (
    await pool.query<Point>(
      `select ledger, version, n::int as n, position, fence::int as fence
         from projection.checkpoint order by ledger, version`,
    )
  ).rows;

/** The same events where positions are written in another way. */
const elsewhere: Pick<EventStore, 'head' | 'readAll'> = {
  async head() {
    const head = await store.head();
    return head && { ...head, position: `C:${head.n}` };
  },
  async *readAll() {
    for await (const it of store.readAll(null)) yield { ...it, position: `C:${it.n}` };
  },
};

async function built(): Promise<RunningApplication> {
  const application = await startAt(place);
  await pool.query(
    `insert into projection.checkpoint (ledger, version, fold, n, position)
     values ('register', 90, 1, 41, '41'), ('register', 91, 1, -1, null)`,
  );
  return application;
}

test('every checkpoint gets the position that its event has in the other store, and a higher fence', async () => {
  const application = await built();
  await application.close();
  const before = await points();
  expect(await translateCheckpoints(pool, elsewhere)).toBe(ledgers.length + 1);
  const expected = before.map((it) =>
    it.n < 0 ? it : { ...it, position: `C:${it.n}`, fence: it.fence + 1 },
  );
  expect(await points()).toEqual(expected);
  expect(before.filter(({ n }) => n === 299)).toHaveLength(ledgers.length);
});

test('a running application goes on behind it without writing anything anew', async () => {
  const application = await built();
  const held = await holdLedgers(place.databaseUrl, 299, 10_000);
  await translateCheckpoints(pool, elsewhere);
  await held.release();
  const fences = async () => (await points()).filter(({ n }) => n === 299).map((it) => it.fence);
  const raised = await fences();
  await fillRegister(store, 301);
  // Its projectors find themselves deposed, begin anew from the number, and lead again.
  await expect
    .poll(async () => (await points()).filter(({ n }) => n === 300).length, { timeout: 30_000 })
    .toBe(ledgers.length);
  const later = (await points()).filter(({ n }) => n === 300).map((it) => it.fence);
  expect(later.every((it, i) => it > (raised[i] ?? 0))).toBe(true);
  await application.close();
}, 60_000);

test('a ledger that is behind is waited for while somebody leads it, and held where nobody does', async () => {
  const application = await built();
  await application.close();
  await pool.query(`update projection.checkpoint set n = 200 where ledger = 'parties' and serves`);
  const held = await holdLedgers(place.databaseUrl, 299, 0);
  await expect(holdLedgers(place.databaseUrl, 299, 300)).rejects.toMatchObject({
    code: 'move/ledgers-behind',
    message: expect.stringContaining('parties'),
  });
  await held.release();
  await pool.query(`update projection.checkpoint set state = 'halted' where ledger = 'parties'`);
  const leader = new Client({ connectionString: place.databaseUrl });
  await leader.connect();
  await leader.query(`select pg_advisory_lock(hashtextextended('musubi ledger parties', 0))`);
  await (await holdLedgers(place.databaseUrl, 299, 0)).release();
  await leader.end();
});

test('a ledger that is being built anew is not left with the places of the old store', async () => {
  await (await built()).close();
  const building = new Client({ connectionString: place.databaseUrl });
  await building.connect();
  await building.query(`select pg_advisory_lock(hashtextextended('musubi rebuild parties', 0))`);
  await expect(holdLedgers(place.databaseUrl, 299, 0)).rejects.toMatchObject({
    code: 'move/ledger-rebuilding',
    message: expect.stringContaining('parties'),
  });
  await building.end();
  await (await holdLedgers(place.databaseUrl, 299, 0)).release();
});

test('a ledger that knows more than the store has is refused, and nothing is changed', async () => {
  await (await built()).close();
  await pool.query(`update projection.checkpoint set n = 4711 where version = 90`);
  const before = await points();
  await expect(translateCheckpoints(pool, elsewhere)).rejects.toThrow('4711');
  expect(await points()).toEqual(before);
});

test('a database without ledgers has nothing to translate', async () => {
  const empty = await firstPlace.make('move_ledgers_empty');
  const bare = new Pool({ connectionString: empty.databaseUrl });
  expect(await translateCheckpoints(bare, elsewhere)).toBe(0);
  await (await holdLedgers(empty.databaseUrl, 299, 0)).release();
  await bare.end();
  await empty.dispose();
});
