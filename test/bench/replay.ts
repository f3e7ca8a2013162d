import { randomBytes } from 'node:crypto';

import { Client } from 'pg';

import type { RecordedEvent } from '../../src/event-sourcing/event-store.js';
import {
  openPostgresEventStore,
  type PostgresEventStore,
} from '../../src/event-sourcing/postgres-event-store.js';
import { benchEvent } from './append-events.js';
import { type BenchRow, interleaved, perSecond, printRows } from './rounds.js';

const eventsOfRegister = 200_000;
const eventsOfStream = 10;

/** Replay of a register, every body parsed, beside the same rows fetched and thrown away. */
export async function benchReplay(databaseUrl: string): Promise<readonly BenchRow[]> {
  const schema = `bench_replay_${randomBytes(4).toString('hex')}`;
  const vaultSchema = `vault_${schema}`;
  const connection = { connectionString: databaseUrl };
  const store = await openPostgresEventStore({ connection, schema, vaultSchema });
  const client = new Client(databaseUrl);
  await client.connect();
  try {
    await store.import(history());
    await client.query(`analyze ${schema}.event`);
    const rows = [
      await interleaved(`replay of ${eventsOfRegister} events, parsed`, 0.7, {
        ours: () => replay(store),
        peer: () => fetchAndThrowAway(client, schema),
      }),
    ];
    printRows('Replaying', rows);
    return rows;
  } finally {
    await store.close();
    await client.query(`drop schema ${schema}, ${vaultSchema} cascade`);
    await client.end();
  }
}

function replay(store: PostgresEventStore): Promise<number> {
  return perSecond(async () => {
    let events = 0;
    for await (const { body } of store.readAll(null)) {
      if (JSON.parse(body) !== null) events += 1;
    }
    return events;
  });
}

/** The same columns in keyset pages of the same size, as the driver gives them. */
function fetchAndThrowAway(client: Client, schema: string): Promise<number> {
  const text = `select n, id, stream, revision, type, recorded_at::text, at::text, body
    from ${schema}.event where n > $1 order by n limit 2000`;
  return perSecond(async () => {
    let events = 0;
    for (;;) {
      const { rowCount } = await client.query({ name: 'page', text, values: [events - 1] });
      if (rowCount === 0 || rowCount === null) return events;
      events += rowCount;
    }
  });
}

async function* history(): AsyncGenerator<RecordedEvent, void, undefined> {
  let at = '';
  for (let n = 0; n < eventsOfRegister; n += 1) {
    const stream = `agreement-${Math.floor(n / eventsOfStream)}`;
    const revision = n % eventsOfStream;
    const event = benchEvent(stream, revision);
    at = event.recordedAt > at ? event.recordedAt : at;
    yield { ...event, n, at, stream, revision, position: String(n) };
  }
}
