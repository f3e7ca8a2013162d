import { afterEach, beforeEach, expect, test } from 'vitest';

import { UnexpectedHistory } from '../../src/event-sourcing/event-store.js';
import { bytesOfEntry } from '../../src/event-sourcing/eventstoredb/register-order.js';
import { collected, faultsOf, newEvents } from '../contract/contract-store.js';
import { storeOnDouble, type StoreOnDouble } from './store-on-double.js';
import { until } from './on-double.js';

let on: StoreOnDouble;

beforeEach(async () => {
  on = await storeOnDouble();
});
afterEach(() => on.close());

/** First number and count of events of each chunk. */
async function chunks(): Promise<readonly (readonly [number, number])[]> {
  const { rows } = await on.client.query<{ first: number; events: number }>(
    `select first_n::int as first, length(entries) / ${bytesOfEntry} as events
      from ${on.schemas.schema}.order_chunk order by first_n`,
  );
  return rows.map(({ first, events }) => [first, events] as const);
}

async function registered(events: number): Promise<void> {
  const store = await on.open();
  for (let at = 0; at < events; at += 250) {
    const many = Math.min(250, events - at);
    await store.append(`${on.prefix}party-${at}`, -1, newEvents(many));
    on.double.noise(30);
  }
  await store.close();
}

/** How many events a subscription of a start brings: those beyond what was saved. */
async function broughtAtStart(): Promise<number> {
  const store = await on.open();
  const following = on.double.openCalls().findLast(({ kind }) => kind === 'subscription');
  const read = await collected(store.readAll(null));
  expect(faultsOf(read)).toEqual([]);
  await store.close();
  return following?.events ?? -1;
}

test('a start reads on from where the last process was', async () => {
  await registered(2_300);
  expect(await chunks()).toEqual([
    [0, 1024],
    [1024, 1024],
    [2048, 252],
  ]);
  expect(await broughtAtStart()).toBe(0);
});

test('a chunk grows while a process runs, and none is lost by an end without a word', async () => {
  const store = await on.open();
  await store.append(`${on.prefix}party-1`, -1, newEvents(5));
  await until(chunks, [[0, 5]]);
  await store.append(`${on.prefix}party-1`, 4, newEvents(3));
  await until(chunks, [[0, 8]]);
  expect(await broughtAtStart()).toBe(0);
});

test('what is missing among the chunks is read from the log, and saved', async () => {
  await registered(2_300);
  await on.client.query(`delete from ${on.schemas.schema}.order_chunk where first_n = 1024`);
  expect(await broughtAtStart()).toBe(1_276);
  expect(await chunks()).toHaveLength(3);
});

test.each([
  ['an id', 16],
  ['a place', 6],
])('a chunk that was altered (%s) stops the start, and says why', async (_, byte) => {
  await registered(300);
  const last = (300 - 1) * bytesOfEntry + byte;
  await on.client.query(
    `update ${on.schemas.schema}.order_chunk
      set entries = set_byte(entries, ${last}, (get_byte(entries, ${last}) + 1) % 256)`,
  );
  await expect(on.open()).rejects.toThrow(UnexpectedHistory);
});

test('a chunk that was altered inside is found by whoever reads there', async () => {
  await registered(300);
  const byte = 100 * bytesOfEntry + 16;
  await on.client.query(
    `update ${on.schemas.schema}.order_chunk
      set entries = set_byte(entries, ${byte}, (get_byte(entries, ${byte}) + 1) % 256)`,
  );
  const store = await on.open();
  await expect(collected(store.readAll(null))).rejects.toThrow(UnexpectedHistory);
});

test('a register that begins anew, or is read-only, forgets them and reads the log', async () => {
  await registered(300);
  await on.client.query(`update ${on.schemas.schema}.order_chunk set entries = '\\x00'`);
  const anew = await on.open({ anew: true });
  expect(await collected(anew.readAll(null))).toHaveLength(300);
  await anew.setReadOnly('点検');
  await anew.close();
  await on.client.query(`update ${on.schemas.schema}.order_chunk set entries = '\\x00'`);
  const readOnly = await on.open();
  expect(await collected(readOnly.readAll(null))).toHaveLength(300);
  await readOnly.close();
  expect(await chunks()).toEqual([[0, 300]]);
});
