import { setTimeout as pause } from 'node:timers/promises';

import { afterEach, beforeEach, expect, test } from 'vitest';

import {
  AppendOutcomeUnknown,
  type EventStore,
  ReadOnlyStore,
  StoreUnavailable,
} from '../../src/event-sourcing/event-store.js';
import {
  appendUntilKnown,
  collected,
  type ContractStore,
  faultsOf,
  newEvent,
  newEvents,
  type OpenContractStore,
} from './contract-store.js';

const writers = 16;
const reason = 'move:esdb://三号機:2113 "\\ \'';

export function readOnlyContract(open: OpenContractStore): void {
  let opened: ContractStore;
  beforeEach(async () => {
    opened = await open();
  });
  afterEach(() => opened.close());

  test('a register takes appends until somebody says why not, and again when he takes it back', async () => {
    const { store } = opened;
    expect(await store.readOnly()).toBeNull();
    await store.append('agreement-1', -1, newEvents(2));

    await store.setReadOnly(reason);
    await store.setReadOnly(reason);
    expect(await store.readOnly()).toBe(reason);
    for (const [stream, revision] of [
      ['agreement-1', 1],
      ['agreement-2', -1],
    ] as const) {
      const refused = store.append(stream, revision, newEvents(1));
      await expect(refused).rejects.toBeInstanceOf(ReadOnlyStore);
      await expect(refused).rejects.toBeInstanceOf(StoreUnavailable);
      await expect(refused).rejects.toMatchObject({ name: 'ReadOnlyStore', reason });
    }
    expect(await store.head()).toMatchObject({ n: 1 });

    await store.setReadOnly(null);
    await store.setReadOnly(null);
    expect(await store.readOnly()).toBeNull();
    expect(await store.append('agreement-1', 1, newEvents(1))).toMatchObject({ n: 2, revision: 2 });
  });

  test('a register without an event can be read-only too', async () => {
    const { store } = opened;
    await store.setReadOnly(reason);
    const refused = store.append('agreement-1', -1, newEvents(1));
    await expect(refused).rejects.toBeInstanceOf(ReadOnlyStore);
    expect(await store.head()).toBeNull();
    expect(await collected(store.readAll(null))).toEqual([]);
  });

  test('every process is told, those that open it later and those that had it open', async () => {
    const before = await opened.anotherProcess();
    await before.append('agreement-1', -1, newEvents(1));
    await opened.store.setReadOnly(reason);
    const later = await opened.anotherProcess();
    await opened.store.close();
    for (const store of [before, later]) {
      expect(await store.readOnly()).toBe(reason);
      const refused = store.append('agreement-1', 0, newEvents(1));
      await expect(refused).rejects.toMatchObject({ name: 'ReadOnlyStore', reason });
      expect(await store.head()).toMatchObject({ n: 0 });
    }
    await later.setReadOnly('another reason');
    expect(await before.readOnly()).toBe('another reason');
    await later.setReadOnly(null);
    await before.append('agreement-1', 0, newEvents(1));
  });

  test('what was stored before is answered for when it is repeated', async () => {
    const { store } = opened;
    const events = newEvents(3);
    const first = await store.append('agreement-1', -1, events);
    await store.append('agreement-1', 2, newEvents(1));
    await store.setReadOnly(reason);
    expect(await store.append('agreement-1', -1, events)).toEqual(first);
    const elsewhere = await opened.anotherProcess();
    expect(await elsewhere.append('agreement-1', -1, events)).toEqual(first);
    expect(await store.head()).toMatchObject({ n: 3 });
  });

  test('a read-only register is read, followed and imported into as before', async () => {
    const { store } = opened;
    await store.append('agreement-1', -1, newEvents(2));
    await store.setReadOnly(reason);
    const before = await collected(store.readAll(null));
    const next = newEvent();
    const place = { n: 2, stream: 'agreement-1', revision: 2, position: '2' };
    const times = [next, ...before].map(({ recordedAt }) => recordedAt).toSorted();
    const imported = [...before, { ...next, ...place, at: times.at(-1) ?? '' }];

    const seen: number[] = [];
    for await (const delivery of store.subscribeAll(null, new AbortController().signal)) {
      if (delivery.kind === 'event') seen.push(delivery.event.n);
      if (delivery.kind !== 'caught-up') continue;
      if (seen.length === 3) break;
      await store.import(given(imported));
    }
    expect(seen).toEqual([0, 1, 2]);
    expect(await store.head()).toMatchObject({ n: 2 });
    expect(await store.readOnly()).toBe(reason);
    expect(await collected(store.readStream('agreement-1'))).toHaveLength(3);
    await expect(store.append('agreement-1', 2, newEvents(1))).rejects.toBeInstanceOf(
      ReadOnlyStore,
    );
    await store.setReadOnly(null);
    expect(await store.append('agreement-1', 2, newEvents(1))).toMatchObject({ n: 3 });
  });

  test('of what two processes are writing when it is set, everything is in or refused', async () => {
    const stores = [opened.store, await opened.anotherProcess()];
    const accepted: string[] = [];
    const refused: string[] = [];
    const stopping = new AbortController();
    const write = async (store: EventStore, writer: number) => {
      for (let revision = -1; !stopping.signal.aborted;) {
        const events = newEvents(1 + (writer % 3), { writer });
        const ids = events.map(({ id }) => id);
        try {
          revision = (await surely(store, `agreement-${writer}`, revision, events)).revision;
          accepted.push(...ids);
        } catch (fault) {
          if (!(fault instanceof ReadOnlyStore)) throw fault;
          refused.push(...ids);
        }
      }
    };
    const writing = Array.from({ length: writers }, (_, it) => write(stores[it % 2]!, it));
    const reached = (count: () => number, wanted: number) =>
      Promise.race([until(() => count() >= wanted), Promise.all(writing)]);
    await reached(() => accepted.length, 200);

    const setter = await opened.anotherProcess();
    await setter.setReadOnly(reason);
    const head = await setter.head();
    await reached(() => refused.length, 4 * writers);
    stopping.abort();
    await Promise.all(writing);

    expect(await setter.head()).toEqual(head);
    const read = await collected(setter.readAll(null));
    expect(read).toHaveLength((head?.n ?? -1) + 1);
    expect(faultsOf(read)).toEqual([]);
    const stored = read.map(({ id }) => id);
    expect(new Set(stored)).toEqual(new Set(accepted));
    expect(refused.filter((id) => stored.includes(id))).toEqual([]);
  }, 60_000);

  test('it is read-only still after every connection was cut', async () => {
    const { store } = opened;
    await appendUntilKnown(store, 'agreement-1', -1, newEvents(1));
    await store.setReadOnly(reason);
    await opened.cutConnections();
    await expect(surely(store, 'agreement-1', 0, newEvents(1))).rejects.toBeInstanceOf(
      ReadOnlyStore,
    );
    const elsewhere = await opened.anotherProcess();
    expect(await elsewhere.readOnly()).toBe(reason);
  });
}

/** As callers do, but a store that is read-only is asked no more. */
async function surely(store: EventStore, ...append: Parameters<EventStore['append']>) {
  for (;;) {
    try {
      return await store.append(...append);
    } catch (fault) {
      const passing = fault instanceof AppendOutcomeUnknown || fault instanceof StoreUnavailable;
      if (!passing || fault instanceof ReadOnlyStore) throw fault;
      await pause(5);
    }
  }
}

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await pause(2);
}

async function* given<T>(items: readonly T[]): AsyncGenerator<T> {
  yield* items;
}
