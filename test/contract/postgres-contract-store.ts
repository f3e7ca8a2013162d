import { randomBytes } from 'node:crypto';

import { Client } from 'pg';

import {
  openPostgresEventStore,
  type PostgresEventStore,
} from '../../src/event-sourcing/postgres-event-store.js';
import type { PostgresEventStoreOptions } from '../../src/event-sourcing/postgres-sessions.js';
import { serverUrl } from '../support/database.js';
import type { ContractStore } from './contract-store.js';

export interface PostgresRegister extends ContractStore {
  readonly schema: string;
  readonly vaultSchema: string;
  readonly store: PostgresEventStore;
  /** A connection that is not the store's. */
  readonly admin: Client;
  anotherProcess(options?: Partial<PostgresEventStoreOptions>): Promise<PostgresEventStore>;
}

/** A register in schemas of its own on the test server, dropped when it is closed. */
export async function openPostgresContractStore(
  options: Partial<PostgresEventStoreOptions> = {},
): Promise<PostgresRegister> {
  const schema = `contract_${randomBytes(5).toString('hex')}`;
  const vaultSchema = `vault_${schema}`;
  const connection = { connectionString: serverUrl() };
  const admin = new Client(connection);
  await admin.connect();
  const stores: PostgresEventStore[] = [];
  const anotherProcess = async (others: Partial<PostgresEventStoreOptions> = {}) => {
    const defaults = { connection, schema, vaultSchema, pollMs: 200 };
    const store = await openPostgresEventStore({ ...defaults, ...others });
    stores.push(store);
    return store;
  };
  return {
    schema,
    vaultSchema,
    admin,
    store: await anotherProcess(options),
    anotherProcess,
    disturbCommits: async () => {
      await admin.query(disturbance(schema));
    },
    cutConnections: async () => {
      await admin.query(
        `select pg_terminate_backend(pid) from pg_stat_activity
         where application_name like $1 || ' %'`,
        [`musubi_${schema}`],
      );
    },
    close: async () => {
      await Promise.all(stores.map((store) => store.close()));
      await admin.query(`drop schema ${schema}, ${vaultSchema} cascade`);
      await admin.end();
    },
  };
}

/** A deferred trigger runs inside the commit: there it sleeps for some events and throws for others. */
function disturbance(schema: string): string {
  return `
    create function ${schema}.disturb() returns trigger language plpgsql as $$
    begin
      if random() < 0.004 then perform pg_sleep(0.03 * random()); end if;
      if random() < 0.001 then raise exception 'disturbed'; end if;
      return null;
    end $$;
    create constraint trigger disturb after insert on ${schema}.event
      deferrable initially deferred for each row execute function ${schema}.disturb()`;
}
