import type { ClientBase, Pool } from 'pg';

import type { EventStore } from '../src/event-sourcing/event-store.js';
import { inTransaction } from '../src/event-sourcing/postgres-transaction.js';

type Readable = Pick<EventStore, 'head' | 'readAll'>;

/**
 * Gives the checkpoint of every version of every ledger the position that its event has in a store, to
 * which the register has moved. The fences go up, so that a projector which began before commits nothing
 * any more. Does nothing where no ledger was ever built.
 * @returns how many checkpoints were translated
 */
export async function translateCheckpoints(pool: Pool, store: Readable): Promise<number> {
  if (!(await hasCheckpoints(pool))) return 0;
  const positions = await positionsOf(store, await numbersIn(pool));
  const connection = await pool.connect();
  try {
    return await inTransaction(connection, async () => {
      const { rowCount } = await connection.query(
        `update projection.checkpoint as it set fence = fence + 1, position = there.position
           from unnest($1::bigint[], $2::text[]) as there (n, position) where there.n = it.n`,
        [[...positions.keys()], [...positions.values()]],
      );
      const after = await numbersIn(connection);
      if (after.every((it) => positions.has(it))) return rowCount ?? 0;
      throw new Error('a ledger moved on while its checkpoint was translated');
    });
  } finally {
    connection.release();
  }
}

export async function hasCheckpoints(connection: ClientBase | Pool): Promise<boolean> {
  const { rows } = await connection.query<{ there: boolean }>(
    `select to_regclass('projection.checkpoint') is not null as there`,
  );
  return rows[0]?.there === true;
}

async function numbersIn(connection: ClientBase | Pool): Promise<readonly number[]> {
  const { rows } = await connection.query<{ n: number }>(
    'select distinct n::float8 as n from projection.checkpoint where n >= 0',
  );
  return rows.map(({ n }) => n);
}

/** @throws Error where a ledger knows events that the store does not have */
async function positionsOf(
  store: Readable,
  numbers: readonly number[],
): Promise<ReadonlyMap<number, string>> {
  const positions = new Map<number, string>();
  const wanted = new Set(numbers);
  const head = await store.head();
  if (head !== null && wanted.delete(head.n)) positions.set(head.n, head.position);
  // Most stand at the end; only where one does not is the store read.
  for await (const { n, position } of wanted.size > 0 ? store.readAll(null) : []) {
    if (wanted.delete(n)) positions.set(n, position);
    if (wanted.size === 0) break;
  }
  if (wanted.size === 0) return positions;
  throw new Error(`a ledger stands at ${Math.max(...wanted)}, behind the end of the register`);
}
