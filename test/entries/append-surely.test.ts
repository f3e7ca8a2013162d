import { expect, test } from 'vitest';

import { appendSurely } from '../../src/entries/append-surely.js';
import {
  type Appended,
  AppendOutcomeUnknown,
  ReadOnlyStore,
  StoreUnavailable,
} from '../../src/event-sourcing/event-store.js';

const stored: Appended = { n: 7, revision: 0, position: '7', at: '2026-04-01T00:00:00.000Z' };

/** A store that answers so, one call after another. */
function answering(...answers: readonly (Appended | Error)[]) {
  const left = [...answers];
  return {
    append: async () => {
      const next = left.length > 1 ? left.shift() : left[0];
      if (next === undefined || next instanceof Error) throw next ?? new Error('no answer');
      return next;
    },
  };
}

const append = (store: ReturnType<typeof answering>, withinMs: number) =>
  appendSurely(store, 'agreement-1', -1, [], [], Date.now() + withinMs);

test('a store that is gone after an unknown outcome is not told as "nothing was stored"', async () => {
  const store = answering(new AppendOutcomeUnknown('cut'), new StoreUnavailable('gone'));
  await expect(append(store, 300)).rejects.toBeInstanceOf(AppendOutcomeUnknown);
});

test('a store that comes back after an unknown outcome gives the result', async () => {
  const [cut, gone] = [new AppendOutcomeUnknown('cut'), new StoreUnavailable('gone')];
  expect(await append(answering(cut, gone, gone, stored), 5_000)).toEqual(stored);
});

test('a store that is gone from the beginning is told at once', async () => {
  const store = answering(new StoreUnavailable('gone'), stored);
  await expect(append(store, 5_000)).rejects.toBeInstanceOf(StoreUnavailable);
});

test('a store that was set read-only meanwhile has looked for the events, and is believed', async () => {
  const store = answering(new AppendOutcomeUnknown('cut'), new ReadOnlyStore('move'), stored);
  await expect(append(store, 5_000)).rejects.toBeInstanceOf(ReadOnlyStore);
});
