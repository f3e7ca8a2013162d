import { createHash } from 'node:crypto';
import type { Pool } from 'pg';
import type { StreamNames } from '../entries/stream-names.js';
import type { EventStore } from '../event-sourcing/event-store.js';
import { inTurn } from '../postgres/in-turn.js';
import type { Loaders } from './enter-and-approve.js';
import { loadersOf } from './loaders.js';

/** The register that something is loaded into at its start. */
export interface LoadedRegister {
  readonly pool: Pool;
  readonly store: EventStore;
  readonly names: StreamNames;
}

/**
 * Loads what ships with the product unless this very content was loaded to the end before. A process
 * that starts meanwhile waits until it is in. Nothing is loaded while the register is not open.
 * @param load whether it came to its end; where not, the next start goes on
 */
export async function loadOnce(
  { pool, store, names }: LoadedRegister,
  content: unknown,
  load: (loaders: Loaders) => Promise<boolean>,
): Promise<void> {
  await inTurn(pool, 'sources', async () => {
    const digest = createHash('sha256').update(JSON.stringify(content)).digest('hex');
    const done = await pool.query('select from office.sources_loaded where digest = $1', [digest]);
    if (done.rowCount === 1) return;
    const loaders = await loadersOf(store, names);
    if (loaders === undefined || !(await load(loaders))) return;
    await pool.query(
      'insert into office.sources_loaded (digest) values ($1) on conflict do nothing',
      [digest],
    );
  });
}
