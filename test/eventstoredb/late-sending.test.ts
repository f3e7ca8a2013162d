import { setTimeout as pause } from 'node:timers/promises';

import { afterAll, beforeAll, expect, test } from 'vitest';

import { appendSurely } from '../../src/entries/append-surely.js';
import { ReadOnlyStore } from '../../src/event-sourcing/event-store.js';
import { newEvents } from '../contract/contract-store.js';
import { openEventStoreDbContractStore } from '../contract/eventstoredb-contract-store.js';
import { EventStoreDbDouble } from '../eventstoredb-double/eventstoredb-double.js';

let double: EventStoreDbDouble;
beforeAll(async () => {
  double = await EventStoreDbDouble.start();
});
afterAll(() => double.stop());

const timing = {
  deadlineMs: 1_000,
  readTimeoutMs: 1_000,
  heartbeatMs: 300,
  stallMs: 600,
  permitMs: 200,
};

test('nothing that waited in a queue is sent after the register was set read-only', async () => {
  const opened = await openEventStoreDbContractStore(double.connectionString, {
    ...timing,
    settleMs: 1_500,
  });
  const { store } = opened;
  await store.append('agreement-first', -1, newEvents(1));
  double.freeze();
  const [told, deadline] = [new Map<string, string>(), Date.now() + 6_000];
  // More than go out at once: most of them wait for their turn while the server is frozen.
  const appending = Array.from({ length: 200 }, async (_, at) => {
    const events = newEvents(1);
    const how = await appendSurely(store, `agreement-${at}`, -1, events, [], deadline).then(
      () => 'stored',
      (fault: Error) => fault.name,
    );
    told.set(events[0]?.id ?? '', how);
  });
  await pause(300);
  const setting = store.setReadOnly('move:試験').then(
    () => 'set',
    (fault: Error) => fault.name,
  );
  await pause(2_500);
  double.thaw();
  const outcome = await setting;
  if (outcome !== 'set') await store.setReadOnly('move:試験');
  const events = double.log.length;
  await Promise.all(appending);
  await pause(1_500);
  expect(double.log).toHaveLength(events);
  const stored = new Set(double.log.map(({ id }) => id));
  const lied = [...told].filter(([id, how]) => how === ReadOnlyStore.name && stored.has(id));
  expect(lied).toEqual([]);
  await opened.close();
}, 60_000);
