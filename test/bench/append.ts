import { randomBytes, randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

import { Client } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';

import type { NewEvent } from '../../src/event-sourcing/event-store.js';
import {
  openPostgresEventStore,
  type PostgresEventStore,
} from '../../src/event-sourcing/postgres-event-store.js';
import { benchEvent } from './append-events.js';
import { type BenchRow, interleaved, perSecond, printRows } from './rounds.js';

const eventsOfRound = 1_500;
const eventsOfBatch = 500;
const batchesOfRound = 20;

/**
 * Appends through the port beside bare INSERT and COPY of the same bytes into a table of the same
 * shape, keys included, that takes its numbers from a sequence, on the same server.
 */
export async function benchAppend(databaseUrl: string): Promise<readonly BenchRow[]> {
  const schema = `bench_append_${randomBytes(4).toString('hex')}`;
  const vaultSchema = `vault_${schema}`;
  const connection = { connectionString: databaseUrl };
  const store = await openPostgresEventStore({ connection, schema, vaultSchema });
  const bare = await BareTable.create(databaseUrl, schema);
  try {
    const rows: BenchRow[] = [];
    for (const [writers, wanted] of [
      [1, 0.8],
      [8, 1],
      [32, 1.8],
    ] as const) {
      const events = eventsOfRound * Math.min(writers, 8);
      rows.push(
        await interleaved(`single-event appends, writers: ${writers}`, wanted, {
          ours: () => appendSingly(store, writers, events),
          peer: () => bare.insertSingly(writers, events),
        }),
      );
    }
    rows.push(
      await interleaved(`${eventsOfBatch} events an append, beside COPY`, 0.5, {
        ours: () => appendBatches(store),
        peer: () => bare.copyBatches(),
      }),
    );
    printRows('Appending', rows);
    return rows;
  } finally {
    await store.close();
    await bare.dropAll([schema, vaultSchema]);
  }
}

/** Each writer has a stream of its own, as agreements have. */
function appendSingly(store: PostgresEventStore, writers: number, events: number): Promise<number> {
  return perSecond(async () => {
    const each = Math.floor(events / writers);
    await together(writers, async () => {
      const stream = `agreement-${randomUUID()}`;
      for (let revision = 0; revision < each; revision += 1) {
        await store.append(stream, revision - 1, [benchEvent(stream, revision)]);
      }
    });
    return each * writers;
  });
}

async function appendBatches(store: PostgresEventStore): Promise<number> {
  const batches = newBatches();
  return perSecond(async () => {
    for (const { stream, events } of batches) await store.append(stream, -1, events);
    return eventsOfBatch * batches.length;
  });
}

function newBatches(): readonly { stream: string; events: readonly NewEvent[] }[] {
  return Array.from({ length: batchesOfRound }, () => {
    const stream = `agreement-${randomUUID()}`;
    const events = Array.from({ length: eventsOfBatch }, (_, step) => benchEvent(stream, step));
    return { stream, events };
  });
}

async function together(writers: number, work: (writer: number) => Promise<void>): Promise<void> {
  await Promise.all(Array.from({ length: writers }, (_, writer) => work(writer)));
}

class BareTable {
  private constructor(
    private readonly table: string,
    private readonly clients: readonly Client[],
  ) {}

  static async create(databaseUrl: string, schema: string): Promise<BareTable> {
    const clients = Array.from({ length: 32 }, () => new Client(databaseUrl));
    for (const client of clients) await client.connect();
    const table = `${schema}.bare`;
    await clients[0]?.query(`
      create table ${table} (like ${schema}.event including all);
      create sequence ${table}_n;
      alter table ${table} alter column n set default nextval('${table}_n'),
        alter column at set default now()`);
    return new BareTable(table, clients);
  }

  insertSingly(writers: number, events: number): Promise<number> {
    return perSecond(async () => {
      const each = Math.floor(events / writers);
      const text = `insert into ${this.table} (id, stream, revision, type, recorded_at, body)
        values ($1, $2, $3, $4, $5, $6)`;
      await together(writers, async (writer) => {
        const stream = `agreement-${randomUUID()}`;
        for (let revision = 0; revision < each; revision += 1) {
          const { id, type, recordedAt, body } = benchEvent(stream, revision);
          const values = [id, stream, revision, type, recordedAt, body];
          await this.clients[writer]?.query({ name: 'bare', text, values });
        }
      });
      return each * writers;
    });
  }

  /** COPY of the same batches, each committed by itself, as an append is. */
  async copyBatches(): Promise<number> {
    const batches = newBatches();
    const [client] = this.clients;
    if (client === undefined) throw new Error('no connection');
    const text = `copy ${this.table} (id, stream, revision, type, recorded_at, body) from stdin`;
    return perSecond(async () => {
      for (const { stream, events } of batches) {
        const lines = events.map(
          ({ id, type, recordedAt, body }, revision) =>
            `${id}\t${stream}\t${revision}\t${type}\t${recordedAt}\t${body.replaceAll('\\', '\\\\')}\n`,
        );
        await pipeline(Readable.from([lines.join('')]), client.query(copyFrom(text)));
      }
      return eventsOfBatch * batches.length;
    });
  }

  async dropAll(schemas: readonly string[]): Promise<void> {
    await this.clients[0]?.query(`drop schema ${schemas.join(', ')} cascade`);
    for (const client of this.clients) await client.end();
  }
}
