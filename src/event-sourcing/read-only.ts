import type pg from 'pg';
import { StoreUnavailable } from './event-store.js';
import { mayPass, postgresFault, told } from './postgres-faults.js';
import { quoted } from './postgres-schema.js';

/** Why the register takes no appends; null while it does. */
export async function readOnlyReason(pool: pg.Pool, schema: string): Promise<string | null> {
  const { rows } = await pool.query<{ reason: string | null }>(
    `select read_only as reason from ${quoted(schema)}.register_head`,
  );
  return rows[0]?.reason ?? null;
}

/**
 * Updates the row that every append moves, so it takes its turn between them: what was before it is
 * committed, and what waits behind it checks the row anew.
 */
export async function setReadOnlyReason(
  pool: pg.Pool,
  schema: string,
  reason: string | null,
): Promise<void> {
  const statement = `update ${quoted(schema)}.register_head set read_only = $1`;
  const { rowCount } = await pool.query(statement, [reason]).catch((fault: unknown) => {
    if (mayPass(fault) || postgresFault(fault) !== 'refused') throw fault;
    throw new StoreUnavailable(`the register was not changed: ${told(fault)}`, { cause: fault });
  });
  if (rowCount !== 1) throw new StoreUnavailable('the register has lost its head row');
}
