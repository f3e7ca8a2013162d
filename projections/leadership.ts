import type { Client } from 'pg';

import { pause } from '../src/event-sourcing/back-off.js';

/**
 * Waits until this connection leads the ledger: a session lock, so that it is free at once when the
 * leader's connection ends. Asked again and again, since a waiting statement would hold a snapshot
 * and keep the server from vacuuming. False when the signal aborts first.
 */
export async function takeLead(
  connection: Client,
  ledger: string,
  everyMs: number,
  signal: AbortSignal,
): Promise<boolean> {
  while (!signal.aborted) {
    const { rows } = await connection.query<{ mine: boolean }>(
      'select pg_try_advisory_lock(hashtextextended($1, 0)) as mine',
      [`musubi ledger ${ledger}`],
    );
    if (rows[0]?.mine === true) return true;
    await pause(everyMs, signal);
  }
  return false;
}
