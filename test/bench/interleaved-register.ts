import { stored } from '../../src/entries/envelope.js';
import type { StreamNames } from '../../src/entries/stream-names.js';
import type { RecordedEvent } from '../../src/event-sourcing/event-store.js';
import { generatedRegister } from '../projections/support/generated-register.js';

const streamsAtOnce = 100;

/**
 * So many events of a register in the order of n as many hands would have made it: neighbours belong to
 * different streams. The numbers go on after `before`.
 */
export function* interleavedRegister(
  events: number,
  names: StreamNames,
  before?: RecordedEvent,
): Generator<RecordedEvent, void, undefined> {
  const first = (before?.n ?? -1) + 1;
  let [n, at] = [first, before?.at ?? ''];
  for (const made of inTurns(generatedRegister(events))) {
    if (n === first + events) return;
    const recordedAt = new Date(Date.UTC(2020, 3, 1) + n * 1_000).toISOString();
    if (recordedAt > at) at = recordedAt;
    const stream = made.stream.replace(/^musubi-test-/, names.prefix);
    const { revision } = made;
    const event = stored({ ...made, stream, recordedAt });
    yield { ...event, n, at, stream, revision, position: String(n) };
    n += 1;
  }
}

function* inTurns<T>(streams: Iterable<readonly T[]>): Generator<T, void, undefined> {
  let group: (readonly T[])[] = [];
  for (const stream of streams) {
    group.push(stream);
    if (group.length < streamsAtOnce) continue;
    yield* turns(group);
    group = [];
  }
  yield* turns(group);
}

function* turns<T>(streams: readonly (readonly T[])[]): Generator<T, void, undefined> {
  const longest = Math.max(0, ...streams.map((it) => it.length));
  for (let turn = 0; turn < longest; turn += 1) {
    for (const stream of streams) {
      const item = stream[turn];
      if (item !== undefined) yield item;
    }
  }
}
