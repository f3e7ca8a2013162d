import { randomBytes } from 'node:crypto';

import { Client } from 'pg';

import {
  type EventStoreDbOptions,
  type EventStoreDbStore,
  openEventStoreDb,
} from '../../src/event-sourcing/eventstoredb/store.js';
import { EventStoreDbDouble } from '../eventstoredb-double/eventstoredb-double.js';
import { serverUrl } from '../support/database.js';
import { impatient } from './on-double.js';

export interface StoreOnDouble {
  readonly double: EventStoreDbDouble;
  readonly schemas: { readonly schema: string; readonly vaultSchema: string };
  /** A connection of the test's own. */
  readonly client: Client;
  readonly prefix: string;
  /** Another process on the register. */
  open(options?: Partial<EventStoreDbOptions>): Promise<EventStoreDbStore>;
  close(): Promise<void>;
}

/** A register of its own in a double, and in schemas of its own on the test server. */
export async function storeOnDouble(): Promise<StoreOnDouble> {
  const double = await EventStoreDbDouble.start();
  const own = randomBytes(5).toString('hex');
  const schemas = { schema: `order_${own}`, vaultSchema: `vault_${own}` };
  const connection = { connectionString: serverUrl() };
  const client = new Client(connection);
  await client.connect();
  const stores: EventStoreDbStore[] = [];
  const { connectionString } = double;
  const prefix = 'musubi-store-';
  return {
    double,
    schemas,
    client,
    prefix,
    open: async (options) => {
      const fixed = { connectionString, prefix, ...schemas, connection };
      const store = await openEventStoreDb({ ...fixed, ...impatient, ...options });
      stores.push(store);
      return store;
    },
    close: async () => {
      double.thaw();
      await Promise.all(stores.map((store) => store.close()));
      await double.stop();
      await client.query(`drop schema ${schemas.schema}, ${schemas.vaultSchema} cascade`);
      await client.end();
    },
  };
}
