import { setTimeout as wait } from 'node:timers/promises';

import type { Pool } from 'pg';

import { type LedgerState, readStates } from './ledger-states.js';

/**
 * Waits until the ledgers have reached n, whichever process leads them.
 * @returns their states then, or undefined when the time is over
 */
export async function waitUntil(
  pool: Pool,
  ledgers: readonly string[],
  n: number,
  timeoutMs: number,
): Promise<ReadonlyMap<string, LedgerState> | undefined> {
  const until = performance.now() + timeoutMs;
  for (let pauseMs = 1; ; pauseMs = Math.min(pauseMs * 2, 50)) {
    const states = await readStates(pool);
    if (ledgers.every((it) => (states.get(it)?.n ?? -1) >= n)) return states;
    const left = until - performance.now();
    if (left <= 0) return undefined;
    await wait(Math.min(pauseMs, left));
  }
}
