import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterEach, beforeEach, expect, test } from 'vitest';

import type { EventStore } from '../../src/event-sourcing/event-store.js';
import {
  type ContractStore,
  eventOfSize,
  newEvents,
  type OpenContractStore,
} from './contract-store.js';

const mebibyte = 1_048_576;

export function memoryContract(open: OpenContractStore): void {
  let opened: ContractStore;
  beforeEach(async () => {
    opened = await open();
  });
  afterEach(() => opened.close());

  test('a stream of 50,000 events is read in bounded memory', async () => {
    const { store } = opened;
    const [events, step] = [50_000, 500];
    const text = '協定'.repeat(300);
    for (let revision = -1; revision < events - 1; revision += step) {
      await store.append('agreement-1', revision, newEvents(step, { text }));
    }
    const growth = await growthOver(() => store.readStream('agreement-1'), events, 5_000);
    // The stream holds 90 MiB of bodies; two pages of 2,000 are in hand at most.
    expect(growth).toBeLessThan(32 * mebibyte);
  }, 120_000);

  test('events of the largest size are read in bounded memory', async () => {
    const { store } = opened;
    const [appends, each] = [125, 16];
    for (let append = 0; append < appends; append += 1) {
      const events = Array.from({ length: each }, () => eventOfSize(64_000));
      await store.append(`agreement-${append}`, -1, events);
    }
    const growth = await growthOver(() => store.readAll(null), appends * each, 200);
    // A page of 2,000 of them would be 122 MiB.
    expect(growth).toBeLessThan(48 * mebibyte);
  }, 120_000);
}

/** By how much the memory in use grows at most while all is read, in bytes, looked at every so often. */
async function growthOver(
  read: () => ReturnType<EventStore['readAll']>,
  expected: number,
  every: number,
): Promise<number> {
  const before = memoryInUse();
  let most = before;
  let events = 0;
  for await (const { body } of read()) {
    if (body.length > 0) events += 1;
    if (events % every === 0) most = Math.max(most, memoryInUse());
  }
  expect(events).toBe(expected);
  return most - before;
}

function memoryInUse(): number {
  setFlagsFromString('--expose-gc');
  const collect: unknown = runInNewContext('gc');
  if (typeof collect !== 'function') throw new Error('no garbage collector to call');
  collect();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}
