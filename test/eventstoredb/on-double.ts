import { setTimeout as pause } from 'node:timers/promises';

import { afterAll, afterEach, beforeAll } from 'vitest';

import type { EventStoreDbTiming } from '../../src/event-sourcing/eventstoredb/store.js';
import type { Readiness } from '../../src/http/operation/readiness.js';
import { comparedWith, ledgersAt } from '../crash/ledger-rows.js';
import { EventStoreDbDouble } from '../eventstoredb-double/eventstoredb-double.js';
import {
  type Answer,
  type Asking,
  type Entered,
  startTestApplication,
  type TestApplication,
} from '../support/application.js';

/** A tenth of the usual patience, so that a test need not wait for long. */
export const impatient: Required<EventStoreDbTiming> = {
  deadlineMs: 1_000,
  readTimeoutMs: 1_000,
  heartbeatMs: 300,
  stallMs: 600,
  permitMs: 200,
  settleMs: 200,
};

export interface OnDouble {
  readonly it: TestApplication;
  readonly double: EventStoreDbDouble;
  close(): Promise<void>;
}

/** The real application, its events in a loopback double of the server. */
export async function startOnDouble(label: string): Promise<OnDouble> {
  const double = await EventStoreDbDouble.start();
  const settings = { eventStoreUrl: double.connectionString };
  const it = await startTestApplication(label, undefined, settings, impatient);
  return {
    it,
    double,
    close: async () => {
      double.thaw();
      await it.close();
      await double.stop();
    },
  };
}

/** The same for all tests of a file: started before the first, thawed after each, ended after the last. */
export function runningOnDouble(label: string): Pick<OnDouble, 'it' | 'double'> {
  let on: OnDouble | undefined;
  const running = (): OnDouble => {
    if (on === undefined) throw new Error('it runs from the first test on');
    return on;
  };
  beforeAll(async () => {
    on = await startOnDouble(label);
  });
  afterEach(() => running().double.thaw());
  afterAll(() => on?.close());
  return {
    get it() {
      return running().it;
    },
    get double() {
      return running().double;
    },
  };
}

/** A command that opens a stream with one event. */
export function municipality(name: string): object {
  return {
    opens: 'party',
    acts: [{ type: 'PartyRegistered', data: { kind: 'municipality', name } }],
  };
}

export interface Timed<B = Entered> extends Answer<B> {
  readonly seconds: number;
}

/** One command, and how long whoever sent it waited for the answer. */
export async function timed(it: TestApplication, body: object, asking?: Asking): Promise<Timed> {
  const began = performance.now();
  const answer = await it.post<Entered>('/api/entries', body, asking);
  return { ...answer, seconds: (performance.now() - began) / 1_000 };
}

/** What the health page says, in words. */
export async function health(it: TestApplication): Promise<string> {
  const { status, body } = await it.get<Readiness>('/health/ready');
  return `${status} ${body.status}, event store ${body.eventStore}`;
}

export const well = '200 ready, event store up';
export const withoutStore = '200 degraded, event store down';

/** Asks again until the answer is this one. @throws Error after twenty seconds, with the last answer */
export async function until<T>(ask: () => Promise<T> | T, wanted: T): Promise<void> {
  const over = performance.now() + 20_000;
  for (;;) {
    const found = await ask();
    if (JSON.stringify(found) === JSON.stringify(wanted)) return;
    if (performance.now() > over) throw new Error(`still ${JSON.stringify(found)}`);
    await pause(20);
  }
}

/** How often an event with this id is in the double's log. */
export function times(double: EventStoreDbDouble, id: string | undefined): number {
  return double.log.filter((it) => it.id === id).length;
}

/**
 * Waits for the ledgers, and folds the register anew from the store: the rows that only one of the two
 * has. @throws Error where a ledger does not come to the end
 */
export async function unlikeLedgers({
  it,
  double,
}: Pick<OnDouble, 'it' | 'double'>): Promise<readonly string[]> {
  const { pool, store, names } = it.surroundings;
  const n = await it.head();
  const standing = await ledgersAt(pool, n);
  const behind = standing.filter((at) => at.n < n || at.state !== 'running');
  if (behind.length > 0) throw new Error(`not at ${n}: ${JSON.stringify(behind)}`);
  const streams = new Set(double.log.map(({ stream }) => stream));
  const { compared, unlike } = await comparedWith({ store, names }, pool, standing, streams, n);
  if (compared === 0) throw new Error('the ledgers are empty');
  return unlike;
}
