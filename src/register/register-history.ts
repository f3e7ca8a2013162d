import type { Numbered, RegisterEvent } from '../entries/domain/event.js';
import type { EventStore } from '../event-sourcing/event-store.js';
import { parseEvent } from '../event-sourcing/parse-event.js';
import {
  type Grants,
  grantsAfter,
  nothingGranted,
  type RegisterStreamEvent,
} from './domain/grants.js';

/** An event of the register's stream, with its place in the store. */
export type RegisterRecord = Numbered<RegisterStreamEvent & RegisterEvent> & {
  readonly position: string;
};

/** The register's own stream as it was read. */
export interface RegisterHistory {
  readonly records: readonly RegisterRecord[];
  readonly grants: Grants;
}

/** Reads the whole stream: it holds one event for each grant, so it stays short. */
export async function readRegister(store: EventStore, stream: string): Promise<RegisterHistory> {
  const records: RegisterRecord[] = [];
  for await (const recorded of store.readStream(stream)) {
    const numbered = parseEvent(recorded, 'register') as Numbered<RegisterStreamEvent>;
    records.push({ ...numbered, position: recorded.position });
  }
  const grants = records.reduce((before, { event }) => grantsAfter(before, event), nothingGranted);
  return { records, grants };
}
