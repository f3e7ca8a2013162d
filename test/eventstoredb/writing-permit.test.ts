import { setTimeout as pause } from 'node:timers/promises';

import { afterEach, beforeEach, expect, test } from 'vitest';

import {
  ClockSkewed,
  type EventStore,
  ReadOnlyStore,
  StoreUnavailable,
} from '../../src/event-sourcing/event-store.js';
import { collected, newEvent, newEvents } from '../contract/contract-store.js';
import { FaultyLine } from '../event-sourcing/faulty-line.js';
import { serverUrl } from '../support/database.js';
import { storeOnDouble, type StoreOnDouble } from './store-on-double.js';
import { until } from './on-double.js';

let on: StoreOnDouble;
let ahead: number;

beforeEach(async () => {
  on = await storeOnDouble();
  ahead = 0;
});
afterEach(() => on.close());

const now = () => Date.now() + ahead;
let streams = 0;

/** One event on a stream of its own, stamped by the clock of the test. */
function write(store: EventStore): Promise<unknown> {
  streams += 1;
  const event = newEvent({}, new Date(now()).toISOString());
  return store.append(`${on.prefix}party-${streams}`, -1, [event]);
}

async function outcome(work: Promise<unknown>): Promise<string> {
  return work.then(
    () => 'stored',
    (fault: unknown) => (fault instanceof Error ? fault.name : String(fault)),
  );
}

test.each([30_000, -30_000])(
  'a clock that is %i ms off from the start on writes nothing',
  async (off) => {
    ahead = off;
    const store = await on.open({ now });
    await expect(write(store)).rejects.toThrow(ClockSkewed);
    await expect(write(store)).rejects.toMatchObject({ seconds: expect.closeTo(off / 1_000, 0) });
    expect(on.double.log).toEqual([]);
    ahead = 0;
    expect(await outcome(write(store))).toBe('stored');
  },
);

test.each([30_000, -30_000])(
  'a clock that jumps by %i ms between two questions writes nothing',
  async (jump) => {
    // Nobody asks again within the test.
    const store = await on.open({ now, permitMs: 60_000 });
    expect(await outcome(write(store))).toBe('stored');
    ahead = jump;
    expect(await outcome(write(store))).toBe('ClockSkewed');
    ahead = 0;
    expect(await outcome(write(store))).toBe('stored');
  },
);

test('a difference within ten seconds is none', async () => {
  ahead = 8_000;
  const store = await on.open({ now });
  expect(await outcome(write(store))).toBe('stored');
});

test('while one process is told that the register is read-only, all others stop, and hear why', async () => {
  const [one, other] = [await on.open(), await on.open()];
  expect(await outcome(write(one))).toBe('stored');
  await other.setReadOnly('年次の点検');
  await expect(write(one)).rejects.toThrow(ReadOnlyStore);
  await expect(write(one)).rejects.toMatchObject({ reason: '年次の点検' });
  expect(await Promise.all([one.readOnly(), other.readOnly()])).toEqual([
    '年次の点検',
    '年次の点検',
  ]);
  await one.setReadOnly(null);
  expect(await outcome(write(one))).toBe('stored');
  expect(await outcome(write(other))).toBe('stored');
});

test('an append that the server holds up is waited for before the register counts as read-only', async () => {
  const [one, other] = [await on.open({ deadlineMs: 5_000 }), await on.open()];
  on.double.faults.slowCommits({ ms: 1_500, probability: 1, seed: 1 });
  const slow = write(one);
  await until(() => on.double.faults.struck, 1);
  await other.setReadOnly('引っ越し');
  expect(on.double.log).toHaveLength(1);
  expect(await outcome(slow)).toBe('stored');
});

test('writers without a pause do not keep the register from becoming read-only', async () => {
  const stores = [await on.open(), await on.open()];
  const stopping = new AbortController();
  let stored = 0;
  const writing = Array.from({ length: 16 }, async (_, writer) => {
    while (!stopping.signal.aborted) {
      if ((await outcome(write(stores[writer % 2]!))) === 'stored') stored += 1;
      else await pause(5);
    }
  });
  await until(() => stored > 100, true);
  const began = performance.now();
  await (await on.open()).setReadOnly('引っ越し');
  const seconds = (performance.now() - began) / 1_000;
  const events = on.double.log.length;
  await pause(500);
  stopping.abort();
  await Promise.all(writing);
  console.log(`read-only after ${seconds.toFixed(1)} s beside 16 writers of two processes`);
  expect(on.double.log).toHaveLength(events);
  expect(seconds).toBeLessThan(20);
});

test('a process that is cut off from PostgreSQL stops writing and goes on reading', async () => {
  const line = await FaultyLine.to(serverUrl());
  const store = await on.open({ connection: { connectionString: line.url } });
  expect(await outcome(write(store))).toBe('stored');
  await line.close();
  await until(() => outcome(write(store)), 'StoreUnavailable');
  const events = on.double.log.length;
  await expect(write(store)).rejects.toThrow(StoreUnavailable);
  expect(on.double.log).toHaveLength(events);
  expect(await collected(store.readAll(null))).toHaveLength(events);
  await expect(store.readOnly()).rejects.toThrow(StoreUnavailable);
  await expect(store.setReadOnly('x')).rejects.toThrow(StoreUnavailable);

  // Another process may have been told meanwhile: nobody waits for one that nobody hears of.
  await (await on.open()).setReadOnly('点検');
});

test('PostgreSQL that answers nothing any more is noticed in time, and taken up again', async () => {
  const line = await FaultyLine.to(serverUrl());
  const store = await on.open({ connection: { connectionString: line.url } });
  expect(await outcome(write(store))).toBe('stored');
  line.fallSilent();
  const began = performance.now();
  await until(() => outcome(write(store)), 'StoreUnavailable');
  console.log(`a silent PostgreSQL: ${((performance.now() - began) / 1_000).toFixed(1)} s`);
  line.mend();
  await until(() => outcome(write(store)), 'stored');
  await store.close();
  await line.close();
});

test('sealed values without a vault: nothing is appended', async () => {
  const store = await on.open();
  const { vaultSchema } = on.schemas;
  await on.client.query(`alter table ${vaultSchema}.sealed_value rename to hidden`);
  const [event] = newEvents(1);
  const sealed = { commitment: 'c', salt: 's', ciphertext: 'x', key: 'k' };
  await expect(store.append(`${on.prefix}party-x`, -1, [event!], [sealed])).rejects.toThrow(
    StoreUnavailable,
  );
  expect(on.double.log).toEqual([]);
  await on.client.query(`alter table ${vaultSchema}.hidden rename to sealed_value`);
});
