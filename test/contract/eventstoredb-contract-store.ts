import { randomBytes } from 'node:crypto';

import { Client } from 'pg';

import {
  type EventStoreDbOptions,
  openEventStoreDb,
} from '../../src/event-sourcing/eventstoredb/store.js';
import type { EventStore } from '../../src/event-sourcing/event-store.js';
import { serverUrl } from '../support/database.js';
import { cutSocketsTo } from './client-sockets.js';
import type { ContractStore } from './contract-store.js';
import { prefixed } from './prefixed-store.js';

export interface ContractOptions extends Partial<EventStoreDbOptions> {
  /** Makes commits late, beside what can be done to any server; gives what ends it. */
  readonly disturb?: () => () => void;
}

/** A register with a prefix and schemas of its own on a server of EventStoreDB, or its double. */
export async function openEventStoreDbContractStore(
  connectionString: string,
  { disturb, ...options }: ContractOptions = {},
): Promise<ContractStore> {
  const own = `contract_${randomBytes(5).toString('hex')}`;
  const prefix = `${own}-`;
  const schemas = { schema: `order_${own}`, vaultSchema: `vault_${own}` };
  const connection = { connectionString: serverUrl() };
  const stores: EventStore[] = [];
  const stopped = new AbortController();
  const ports = portsOf(connectionString);
  const anotherProcess = async () => {
    const store = prefixed(
      await openEventStoreDb({
        connectionString,
        prefix,
        ...schemas,
        connection,
        permitMs: 200,
        settleMs: 200,
        ...options,
      }),
      prefix,
    );
    stores.push(store);
    return store;
  };
  return {
    store: await anotherProcess(),
    anotherProcess,
    // A real server cannot be told to commit late: connections are cut, so appends go out anew.
    disturbCommits: async () => {
      const end = disturb?.();
      stopped.signal.addEventListener('abort', () => end?.());
      const timer = setInterval(() => cutSocketsTo(ports, 0.1), 150);
      stopped.signal.addEventListener('abort', () => clearInterval(timer));
    },
    cutConnections: async () => cutSocketsTo(ports),
    close: async () => {
      stopped.abort();
      await Promise.all(stores.map((store) => store.close()));
      const admin = new Client(connection);
      await admin.connect();
      await admin.query(`drop schema ${schemas.schema}, ${schemas.vaultSchema} cascade`);
      await admin.end();
    },
  };
}

function portsOf(connectionString: string): readonly number[] {
  return [...connectionString.matchAll(/:(\d{2,5})(?=[,/?]|$)/g)].map(([, port]) => Number(port));
}
