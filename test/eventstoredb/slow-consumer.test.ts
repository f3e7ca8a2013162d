import { afterAll, beforeAll, expect, test } from 'vitest';

import type { Delivery } from '../../src/event-sourcing/event-store.js';
import type { EventStoreDbStore } from '../../src/event-sourcing/eventstoredb/store.js';
import { newEvent, newEvents } from '../contract/contract-store.js';
import { until } from './on-double.js';
import { storeOnDouble, type StoreOnDouble } from './store-on-double.js';

const large = 1_500;
const never = new AbortController().signal;
let on: StoreOnDouble;
let store: EventStoreDbStore;

beforeAll(async () => {
  on = await storeOnDouble();
  store = await on.open();
  // 48 MB in all.
  for (let at = 0; at < large; at += 30) {
    const events = Array.from({ length: 30 }, () => newEvent({ text: 'x'.repeat(32_000) }));
    await store.append(`${on.prefix}party-1`, at - 1, events);
  }
}, 60_000);
afterAll(() => on.close());

test('a ledger that stands still holds back the server, and nobody else', async () => {
  const deliveries = store.subscribeAll(null, never)[Symbol.asyncIterator]();
  const first = await deliveries.next();
  expect((first.value as Delivery).kind).toBe('event');
  await until(() => slow()?.blocked, true);

  // Others are served meanwhile, and their commands answered.
  for (let at = 0; at < 20; at += 1) {
    await store.append(`${on.prefix}party-2`, at * 5 - 1, newEvents(5));
  }
  expect(await store.head()).toMatchObject({ n: large + 99 });
  const taken = slow()?.events ?? large;
  expect([slow()?.blocked, taken < large / 3]).toEqual([true, true]);
  console.log(`a ledger that stands still: ${taken} of ${large} events were sent to it`);

  const numbers = [(first.value as Extract<Delivery, { kind: 'event' }>).event.n];
  for (;;) {
    const { value, done } = await deliveries.next();
    if (done === true || value.kind === 'caught-up') break;
    if (value.kind === 'event') numbers.push(value.event.n);
  }
  expect(numbers).toEqual(Array.from({ length: large + 100 }, (_, n) => n));
  await deliveries.return?.();
  await until(() => on.double.openCalls().filter(({ kind }) => kind === 'subscription').length, 1);
}, 60_000);

test('a ledger that is cut off while it stands still goes on after what it has taken', async () => {
  const deliveries = store.subscribeAll(null, never)[Symbol.asyncIterator]();
  const numbers: number[] = [];
  for (;;) {
    const { value, done } = await deliveries.next();
    if (done === true || value.kind === 'caught-up') break;
    if (value.kind !== 'event') continue;
    numbers.push(value.event.n);
    if (numbers.length % 400 === 1) {
      await until(() => slow()?.blocked ?? true, true);
      on.double.cutConnections();
    }
  }
  expect(numbers).toEqual(Array.from({ length: large + 100 }, (_, n) => n));
  await deliveries.return?.();
}, 60_000);

/** The subscription that was opened last. */
function slow() {
  return on.double.openCalls().findLast(({ kind }) => kind === 'subscription');
}
