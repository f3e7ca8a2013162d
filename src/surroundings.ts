import { type ClientBase, Pool } from 'pg';

import type { Clock } from './clock.js';
import type { Config } from './config.js';
import { StreamNames } from './entries/stream-names.js';
import type { EventStore } from './event-sourcing/event-store.js';
import { openEventStore, registerSchemas, type StorePlace } from './open-event-store.js';
import { Vault } from './vault/vault.js';

/** What the whole application stands on: one database holds one register. */
export interface Surroundings {
  readonly config: Config;
  /** URL of the database; it may hold a password. */
  readonly url: string;
  readonly clock: Clock;
  readonly names: StreamNames;
  readonly pool: Pool;
  readonly store: EventStore;
  readonly vault: Vault;
  close(): Promise<void>;
}

/** Locks of a process that is frozen within a transaction hold up the others for no longer. */
const frozenWithinSeconds = 'set idle_in_transaction_session_timeout = 5000';

/**
 * Questions are look-ups in a register that is in memory for the most part: a page read by an index costs
 * about what one read in order does, and answers too small for a plan to be compiled or shared out.
 */
const lookUps =
  'set plan_cache_mode = force_generic_plan; set random_page_cost = 1.1; set max_parallel_workers_per_gather = 0; set jit = off';

/** Opens the event store and a pool for the rest. @throws StoreUnavailable */
export async function openSurroundings(
  url: string,
  config: Config,
  clock: Clock,
  opening: Pick<StorePlace, 'report' | 'anew' | 'timing'> = {},
): Promise<Surroundings> {
  const { eventStoreUrl, register } = config;
  const store = await openEventStore({
    databaseUrl: url,
    eventStoreUrl,
    register,
    clock,
    ...opening,
  });
  // The pool awaits onConnect, though its types do not say so.
  const onConnect: (client: ClientBase) => unknown = (client) =>
    client.query(`${frozenWithinSeconds}; ${lookUps}`);
  const pool = new Pool({
    connectionString: url,
    max: 10,
    connectionTimeoutMillis: 10_000,
    // A new session reads the catalog and plans every statement before its first answer: some 50 ms.
    idleTimeoutMillis: 600_000,
    application_name: 'musubi',
    onConnect,
  });
  // A fault reaches whoever waits for a query; an idle connection's would end the process.
  pool.on('error', () => undefined);
  return {
    config,
    url,
    clock,
    names: new StreamNames(config.register),
    pool,
    store,
    vault: new Vault(pool, registerSchemas.vaultSchema),
    async close() {
      await store.close();
      await pool.end();
    },
  };
}
