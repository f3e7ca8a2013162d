import { randomBytes } from 'node:crypto';

import { Client } from 'pg';

import { StreamNames } from '../../src/entries/stream-names.js';
import {
  type EventStoreDbStore,
  openEventStoreDb,
} from '../../src/event-sourcing/eventstoredb/store.js';

/** An empty register of its own in EventStoreDB, and its schemas in a database. */
export class MeasuredRegister {
  readonly names: StreamNames;
  private readonly schema: string;
  private readonly stores: EventStoreDbStore[] = [];

  constructor(
    private readonly eventStoreUrl: string,
    private readonly databaseUrl: string,
  ) {
    this.schema = `bench_${randomBytes(4).toString('hex')}`;
    this.names = new StreamNames(this.schema.replace('_', ''));
  }

  /** Opens it as another process would; everything that was opened is closed in the end. */
  async open(): Promise<EventStoreDbStore> {
    const store = await openEventStoreDb({
      connectionString: this.eventStoreUrl,
      prefix: this.names.prefix,
      connection: { connectionString: this.databaseUrl },
      schema: this.schema,
      vaultSchema: `${this.schema}_vault`,
    });
    this.stores.push(store);
    return store;
  }

  /** As if the register was never opened from here: its order is read from the log again. */
  forgetOrder(): Promise<void> {
    return this.query(`delete from ${this.schema}.order_chunk`);
  }

  async dispose(): Promise<void> {
    for (const store of this.stores) await store.close();
    await this.query(`drop schema if exists ${this.schema}, ${this.schema}_vault cascade`);
  }

  private async query(text: string): Promise<void> {
    const client = new Client(this.databaseUrl);
    await client.connect();
    try {
      await client.query(text);
    } finally {
      await client.end();
    }
  }
}
