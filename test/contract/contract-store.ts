import { randomUUID } from 'node:crypto';

import { canonicalText } from '../../src/event-sourcing/canonical-json.js';
import type {
  Appended,
  EventStore,
  NewEvent,
  RecordedEvent,
} from '../../src/event-sourcing/event-store.js';
import { AppendOutcomeUnknown, StoreUnavailable } from '../../src/event-sourcing/event-store.js';

/** An empty register of its own for one test, with what the adapter's server can be made to do. */
export interface ContractStore {
  readonly store: EventStore;
  /** Another process on the same register: nothing in memory is shared with the first. */
  anotherProcess(): Promise<EventStore>;
  /** Makes some commits slow and others fail, so that those that begin first do not end first. */
  disturbCommits(): Promise<void>;
  /** Cuts every connection that the register's stores have at this moment. */
  cutConnections(): Promise<void>;
  close(): Promise<void>;
}

export type OpenContractStore = () => Promise<ContractStore>;

/** An event of a given data; stamped now unless the test says otherwise. */
export function newEvent(data: object = {}, recordedAt = new Date().toISOString()): NewEvent {
  const id = randomUUID();
  const type = 'ReviewHeld';
  return { id, type, recordedAt, body: canonicalText({ data, id, recordedAt, type }) };
}

export function newEvents(count: number, data: object = {}): readonly NewEvent[] {
  return Array.from({ length: count }, () => newEvent(data));
}

/** An event whose body has exactly so many bytes. */
export function eventOfSize(bytes: number): NewEvent {
  const empty = newEvent({ text: '' }).body.length;
  return newEvent({ text: 'x'.repeat(bytes - empty) });
}

export async function collected<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}

/** As callers do: the same bytes go out again until the outcome is known. */
export async function appendUntilKnown(
  store: EventStore,
  ...append: Parameters<EventStore['append']>
): Promise<Appended> {
  for (;;) {
    try {
      return await store.append(...append);
    } catch (fault) {
      if (!(fault instanceof AppendOutcomeUnknown || fault instanceof StoreUnavailable))
        throw fault;
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  }
}

/** What every register holds at any moment: dense numbers, dense revisions, time that never goes back. */
export function faultsOf(events: readonly RecordedEvent[]): readonly string[] {
  const faults: string[] = [];
  const revisions = new Map<string, number>();
  let at = '';
  for (const [place, event] of events.entries()) {
    const revision = (revisions.get(event.stream) ?? -1) + 1;
    revisions.set(event.stream, revision);
    if (event.n !== place) faults.push(`number ${event.n} at place ${place}`);
    if (event.revision !== revision) faults.push(`${event.stream}: ${event.revision}`);
    if (event.at < at || event.at < event.recordedAt)
      faults.push(`time of ${event.n}: ${event.at}`);
    at = event.at;
  }
  return faults;
}
