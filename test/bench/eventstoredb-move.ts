import { randomBytes } from 'node:crypto';

import { Client } from 'pg';

import { StreamNames } from '../../src/entries/stream-names.js';
import type { EventStore, RecordedEvent } from '../../src/event-sourcing/event-store.js';
import { openEventStore } from '../../src/open-event-store.js';
import { systemClock } from '../../src/clock.js';
import { Installation } from '../compiled/installation.js';
import { freshDatabase } from '../support/database.js';
import { onEventStoreDb } from './eventstoredb-server.js';
import { interleavedRegister } from './interleaved-register.js';

const eventsOfRegister = 50_000;

export interface MoveFigures {
  readonly name: string;
  readonly events: number;
  readonly seconds: number;
}

/** `cli move` of a whole register: the copy, and both ends read from the first event to the last as proof. */
export async function benchMove(): Promise<MoveFigures> {
  return onEventStoreDb(async ({ connectionString, told }) => {
    const database = await freshDatabase('bench_move');
    const register = `bench${randomBytes(4).toString('hex')}`;
    const installation = await Installation.make('bench-move', {
      DATABASE_URL: database.url,
      MUSUBI_OPERATOR: '横浜市',
      MUSUBI_SOURCES: 'off',
      MUSUBI_REGISTER: register,
      HERE: database.url,
      THERE: connectionString,
    });
    try {
      await opened(installation);
      await filled(database.url, register);
      const words = ['--from', 'env:HERE', '--to', 'env:THERE', '--login', 'administrator'];
      const said = await installation.cli('move', ...words, '--ground', '計測');
      const { events, seconds } = summaryIn(said);
      console.log(`\n${told}: ${events} events moved and proven in ${seconds} s`);
      return { name: `${told}: cli move, copied and proven`, events, seconds };
    } finally {
      await installation.dispose();
      await database.dispose();
    }
  });
}

/** An application opens the register, with its people, when it starts. */
async function opened(installation: Installation): Promise<void> {
  const program = installation.start();
  await program.url();
  await program.end('SIGTERM');
}

async function filled(databaseUrl: string, register: string): Promise<void> {
  const place = { databaseUrl, eventStoreUrl: undefined, register, clock: systemClock };
  const store = await openEventStore(place);
  try {
    const before = await everythingIn(store);
    await store.import(continued(before, new StreamNames(register)));
  } finally {
    await store.close();
  }
  const client = new Client(databaseUrl);
  await client.connect();
  try {
    await client.query('analyze');
  } finally {
    await client.end();
  }
}

async function everythingIn(store: EventStore): Promise<readonly RecordedEvent[]> {
  const events: RecordedEvent[] = [];
  for await (const event of store.readAll(null)) events.push(event);
  return events;
}

async function* continued(before: readonly RecordedEvent[], names: StreamNames) {
  yield* before;
  yield* interleavedRegister(eventsOfRegister - before.length, names, before.at(-1));
}

function summaryIn(said: string): { readonly events: number; readonly seconds: number } {
  const line = said.split('\n').find((it) => it.startsWith('{'));
  if (line === undefined) throw new Error(`the move says nothing of itself:\n${said}`);
  return JSON.parse(line) as { events: number; seconds: number };
}
