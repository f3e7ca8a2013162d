import { afterEach, beforeEach, expect, test } from 'vitest';

import { StoreUnavailable, UnexpectedHistory } from '../../src/event-sourcing/event-store.js';
import {
  collected,
  type ContractStore,
  newEvent,
  newEvents,
  type OpenContractStore,
} from './contract-store.js';

export function readingContract(open: OpenContractStore): void {
  let opened: ContractStore;
  beforeEach(async () => {
    opened = await open();
  });
  afterEach(() => opened.close());

  test('an empty register has no head, no events and no number at any time', async () => {
    const { store } = opened;
    expect(await store.head()).toBeNull();
    expect(await collected(store.readAll(null))).toEqual([]);
    expect(await store.numberAt('2999-01-01T00:00:00.000Z')).toBeNull();
  });

  test('a stream that is not there reads as empty', async () => {
    await opened.store.append('agreement-1', -1, newEvents(1));
    expect(await collected(opened.store.readStream('agreement-10'))).toEqual([]);
    expect(await collected(opened.store.readStream('agreement-'))).toEqual([]);
  });

  test('several streams are read whole, one after another', async () => {
    const { store } = opened;
    await store.append('agreement-1', -1, newEvents(2));
    await store.append('agreement-2', -1, newEvents(2_500));
    await store.append('agreement-3', -1, newEvents(1));
    await store.append('agreement-1', 1, newEvents(1));
    const names = ['agreement-2', 'agreement-1', 'agreement-9'];
    const read = await collected(store.readStreams(names));
    expect(read).toHaveLength(2_503);
    expect(read.filter((it, i) => it.stream !== read[i - 1]?.stream)).toHaveLength(2);
    for (const stream of ['agreement-1', 'agreement-2']) {
      const own = read.filter((it) => it.stream === stream);
      expect(own).toEqual(await collected(store.readStream(stream)));
    }
    expect(await collected(store.readStreams([]))).toEqual([]);
  });

  test('a stream is read from a revision on', async () => {
    const { store } = opened;
    await store.append('agreement-1', -1, newEvents(3));
    await store.append('agreement-2', -1, newEvents(1));
    await store.append('agreement-1', 2, newEvents(1));
    const revisions = async (from?: number) =>
      (await collected(store.readStream('agreement-1', from))).map((it) => [it.n, it.revision]);
    expect(await revisions()).toEqual([
      [0, 0],
      [1, 1],
      [2, 2],
      [4, 3],
    ]);
    expect(await revisions(2)).toEqual([
      [2, 2],
      [4, 3],
    ]);
    expect(await revisions(4)).toEqual([]);
  });

  test('the register is read after a checkpoint, over pages of any number', async () => {
    const { store } = opened;
    for (let step = 0; step < 9; step += 1) {
      await store.append(`agreement-${step}`, -1, newEvents(500));
    }
    const numbers = async (after: number) => {
      const checkpoint = after < 0 ? null : { n: after, position: await positionOf(after) };
      return (await collected(store.readAll(checkpoint))).map(({ n }) => n);
    };
    const positionOf = async (n: number) => {
      const events = await collected(store.readAll(null));
      return events[n]?.position ?? '';
    };
    const all = [...Array(4_500).keys()];
    expect(await numbers(-1)).toEqual(all);
    expect(await numbers(1_999)).toEqual(all.slice(2_000));
    expect(await numbers(4_498)).toEqual([4_499]);
    expect(await numbers(4_499)).toEqual([]);
  });

  test('reading ends at the head that was there when it began', async () => {
    const { store } = opened;
    await store.append('agreement-1', -1, newEvents(3));
    const read: number[] = [];
    for await (const { n } of store.readAll(null)) {
      read.push(n);
      await store.append(`agreement-late-${n}`, -1, newEvents(1));
    }
    expect(read).toEqual([0, 1, 2]);
  });

  test('a checkpoint beyond the head is refused as another history', async () => {
    const { store } = opened;
    await store.append('agreement-1', -1, newEvents(2));
    const beyond = { n: 2, position: '2' };
    await expect(collected(store.readAll(beyond))).rejects.toBeInstanceOf(UnexpectedHistory);
    const subscription = store.subscribeAll(beyond, new AbortController().signal);
    await expect(collected(subscription)).rejects.toBeInstanceOf(UnexpectedHistory);
  });

  test('the number at an instant is the last recorded by then', async () => {
    const { store } = opened;
    const days = ['2026-01-10', '2026-01-20', '2026-01-20', '2026-01-15', '2026-02-01'];
    for (const [step, day] of days.entries()) {
      await store.append(`agreement-${step}`, -1, [newEvent({}, `${day}T00:00:00.500Z`)]);
    }
    const at = async (instant: string) => (await store.numberAt(instant))?.n;
    expect(await at('2026-01-10T00:00:00.499Z')).toBeUndefined();
    expect(await at('2026-01-10T00:00:00.500Z')).toBe(0);
    expect(await at('2026-01-17T00:00:00.000Z')).toBe(0);
    expect(await at('2026-01-20T00:00:00.500Z')).toBe(3);
    expect(await at('2026-01-31T23:59:59.999Z')).toBe(3);
    expect(await at('2026-02-01T00:00:00.500Z')).toBe(4);
    expect(await at('2999-01-01T00:00:00.000Z')).toBe(4);
    expect(await store.numberAt('2026-01-21T00:00:00.000Z')).toMatchObject({
      n: 3,
      at: '2026-01-20T00:00:00.500Z',
    });
    expect(await store.head()).toMatchObject({ n: 4, at: '2026-02-01T00:00:00.500Z' });
  });

  test.each(['yesterday', '2026-01-20', '2026-01-20T00:00:00+09:00', '2026-02-30T00:00:00.000Z'])(
    'the number at "%s" cannot be asked for',
    async (instant) => {
      await expect(opened.store.numberAt(instant)).rejects.toBeInstanceOf(RangeError);
    },
  );

  test('a reading that is left early leaves nothing behind', async () => {
    const { store } = opened;
    await store.append('agreement-1', -1, newEvents(100));
    for (let left = 0; left < 150; left += 1) {
      for await (const { n } of store.readAll(null)) if (n === left % 100) break;
      for await (const { n } of store.readStream('agreement-1')) if (n === left % 100) break;
    }
    expect(await collected(store.readAll(null))).toHaveLength(100);
  });

  test('a reading that closing cuts off does not look complete', async () => {
    const { store } = opened;
    const batch = () => newEvents(1_000);
    for (let step = 0; step < 7; step += 1) await store.append(`agreement-${step}`, -1, batch());
    let closing: Promise<void> | undefined;
    const reading = async () => {
      for await (const { n } of store.readAll(null)) {
        if (n === 10) closing = store.close();
        if (n % 500 === 0) await new Promise((resolve) => setTimeout(resolve, 5));
      }
    };
    await expect(reading()).rejects.toBeInstanceOf(StoreUnavailable);
    await closing;
    await expect(collected(store.readStream('agreement-1'))).rejects.toBeInstanceOf(
      StoreUnavailable,
    );
    await expect(store.head()).rejects.toBeInstanceOf(StoreUnavailable);
  });
}
