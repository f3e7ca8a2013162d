import type { EventStoreDbStore } from '../../src/event-sourcing/eventstoredb/store.js';
import { readPosition } from '../../src/event-sourcing/eventstoredb/position.js';
import { BareEventStoreDb } from './bare-eventstoredb.js';
import { MeasuredRegister } from './eventstoredb-register.js';
import { onEventStoreDb } from './eventstoredb-server.js';
import { interleavedRegister } from './interleaved-register.js';
import { type BenchRow, interleaved, perSecond, printRows } from './rounds.js';

const eventsOfRegister = 50_000;

/** Replay and subscription of a register, beside the bare client's loop over the same events. */
export async function benchEventStoreDbReplay(databaseUrl: string): Promise<readonly BenchRow[]> {
  return onEventStoreDb(async ({ connectionString, told }) => {
    const register = new MeasuredRegister(connectionString, databaseUrl);
    const bare = new BareEventStoreDb(connectionString);
    const { prefix } = register.names;
    try {
      const store = await register.open();
      await store.import(history(register));
      const first = BigInt(await firstPosition(store));
      const rows = [
        await interleaved(`${told}: replay of ${eventsOfRegister} events, parsed`, 0.8, {
          ours: () => replay(store),
          peer: () => perSecond(() => bare.read(first, prefix, eventsOfRegister)),
        }),
        await interleaved(`${told}: subscription until caught up`, 0, {
          ours: () => perSecond(() => caughtUp(store)),
          peer: () => perSecond(() => bare.follow(prefix, eventsOfRegister)),
        }),
      ];
      printRows(`Replaying from EventStoreDB (${told})`, rows);
      return rows;
    } finally {
      await bare.close();
      await register.dispose();
    }
  });
}

async function* history({ names }: MeasuredRegister) {
  yield* interleavedRegister(eventsOfRegister, names);
}

function replay(store: EventStoreDbStore): Promise<number> {
  return perSecond(async () => {
    let events = 0;
    for await (const { body } of store.readAll(null)) {
      if (JSON.parse(body) !== null) events += 1;
    }
    return events;
  });
}

async function caughtUp(store: EventStoreDbStore): Promise<number> {
  let events = 0;
  const leaving = new AbortController();
  for await (const delivery of store.subscribeAll(null, leaving.signal)) {
    if (delivery.kind === 'caught-up') break;
    if (delivery.kind === 'event' && JSON.parse(delivery.event.body) !== null) events += 1;
  }
  leaving.abort();
  return events;
}

async function firstPosition(store: EventStoreDbStore): Promise<number> {
  for await (const { position } of store.readAll(null)) return readPosition(position);
  throw new Error('nothing was imported');
}
