import { randomUUID } from 'node:crypto';

import type { NewEvent } from '../../src/event-sourcing/event-store.js';
import { benchEvent } from './append-events.js';
import { bareEvent, BareEventStoreDb } from './bare-eventstoredb.js';
import { MeasuredRegister } from './eventstoredb-register.js';
import { onEventStoreDb } from './eventstoredb-server.js';
import { type BenchRow, interleaved, perSecond, printRows } from './rounds.js';

const appendsOfRound = 1_000;
const eventsOfBatch = 500;
const batchesOfRound = 20;

/** Sends the append of this place in a stream; resolves when it is stored. */
type Send = (append: number) => Promise<unknown>;
type Sender = (stream: string, appends: readonly (readonly NewEvent[])[]) => Send;

/**
 * Appends through the port to EventStoreDB, numbered when they are answered, beside the bare client's
 * acknowledged appends of the same events by the same path, in the same process.
 */
export async function benchEventStoreDbAppend(databaseUrl: string): Promise<readonly BenchRow[]> {
  return onEventStoreDb(async ({ connectionString, told }) => {
    const register = new MeasuredRegister(connectionString, databaseUrl);
    const bare = new BareEventStoreDb(connectionString);
    try {
      const store = await register.open();
      const ours: Sender = (stream, appends) => (place) => {
        const events = appends[place] ?? [];
        return store.append(`${register.names.prefix}${stream}`, place * events.length - 1, events);
      };
      const peer: Sender = (stream, appends) => {
        const made = appends.map((events) => events.map(bareEvent));
        return (place) => {
          const events = made[place] ?? [];
          return bare.append(`bare-${stream}`, place * events.length - 1, events);
        };
      };
      const rows: BenchRow[] = [];
      for (const writers of [1, 8, 32]) {
        const appends = (appendsOfRound * Math.min(writers, 8)) / (writers === 1 ? 1 : 2);
        rows.push(
          await interleaved(`${told}: single-event appends, writers: ${writers}`, 0.8, {
            ours: () => together(ours, writers, Math.floor(appends / writers), 1),
            peer: () => together(peer, writers, Math.floor(appends / writers), 1),
          }),
        );
      }
      rows.push(
        await interleaved(`${told}: ${eventsOfBatch} events an append`, 0.8, {
          ours: () => together(ours, 1, batchesOfRound, eventsOfBatch),
          peer: () => together(peer, 1, batchesOfRound, eventsOfBatch),
        }),
      );
      printRows(`Appending to EventStoreDB (${told})`, rows);
      return rows;
    } finally {
      await bare.close();
      await register.dispose();
    }
  });
}

/** Each writer has a stream of its own, and waits for one append before the next. */
function together(
  sender: Sender,
  writers: number,
  appends: number,
  events: number,
): Promise<number> {
  const sends = Array.from({ length: writers }, () => {
    const stream = `agreement-${randomUUID()}`;
    return sender(
      stream,
      Array.from({ length: appends }, (_, append) =>
        Array.from({ length: events }, (_, place) => benchEvent(stream, append * events + place)),
      ),
    );
  });
  return perSecond(async () => {
    await Promise.all(
      sends.map(async (send) => {
        for (let append = 0; append < appends; append += 1) await send(append);
      }),
    );
    return writers * appends * events;
  });
}
