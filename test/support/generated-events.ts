import { stored } from '../../src/entries/envelope.js';
import type { EventStore, RecordedEvent } from '../../src/event-sourcing/event-store.js';
import { generatedRegister } from '../projections/support/generated-register.js';

/**
 * Fills a register that is open up to so many events in all: agreements that are entered, approved, corrected
 * and ended, as another store would give them.
 */
export async function fillRegister(
  store: EventStore,
  events: number,
  register = 'test',
): Promise<void> {
  const before: RecordedEvent[] = [];
  for await (const event of store.readAll(null)) before.push(event);
  await store.import(continued(before, events, `musubi-${register}-`));
}

async function* continued(
  before: readonly RecordedEvent[],
  events: number,
  prefix: string,
): AsyncGenerator<RecordedEvent> {
  yield* before;
  const there = new Set(before.map(({ id }) => id));
  let n = before.length;
  let at = before.at(-1)?.at ?? '';
  for (const stream of generatedRegister(events + before.length)) {
    for (const event of stream) {
      if (n === events) return;
      if (there.has(event.id)) continue;
      const recordedAt = new Date(Date.UTC(2020, 3, 1) + n * 1000).toISOString();
      if (recordedAt > at) at = recordedAt;
      const name = event.stream.replace('musubi-test-', prefix);
      const { id, type, body } = stored({ ...event, stream: name, recordedAt });
      const { revision } = event;
      yield { id, type, body, recordedAt, n, at, stream: name, revision, position: String(n) };
      n += 1;
    }
  }
}
