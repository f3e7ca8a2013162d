import { afterEach, beforeEach, expect, test } from 'vitest';

import {
  type Checkpoint,
  type EventStore,
  type NewEvent,
  type RecordedEvent,
  RepeatedEventId,
  WrongExpectedRevision,
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

const writers = 32;

export function concurrencyContract(open: OpenContractStore): void {
  let opened: ContractStore;
  beforeEach(async () => {
    opened = await open();
  });
  afterEach(() => opened.close());

  async function processes(count: number): Promise<readonly EventStore[]> {
    const others = Array.from({ length: count - 1 }, () => opened.anotherProcess());
    return [opened.store, ...(await Promise.all(others))];
  }

  test('of 32 writers on one stream exactly one wins each revision', async () => {
    const stores = await processes(4);
    const rounds = 20;
    for (let revision = 0; revision < rounds; revision += 1) {
      const tries = Array.from({ length: writers }, (_, writer) =>
        storeOf(stores, writer).append('agreement-1', revision - 1, [newEvent({ writer })]),
      );
      const outcomes = await Promise.allSettled(tries);
      const won = outcomes.filter(({ status }) => status === 'fulfilled');
      const lost = outcomes.flatMap((it) => (it.status === 'rejected' ? [it.reason] : []));
      expect(won).toHaveLength(1);
      expect(lost.every((fault) => fault instanceof WrongExpectedRevision)).toBe(true);
    }
    const read = await collected(opened.store.readStream('agreement-1'));
    expect(read.map(({ revision }) => revision)).toEqual([...Array(rounds).keys()]);
  });

  test('one append at fault fails alone among those that go out together', async () => {
    const { store } = opened;
    const taken = newEvent();
    await store.append('agreement-taken', -1, [taken]);
    const outcomes = await Promise.allSettled([
      ...Array.from({ length: 8 }, (_, it) => store.append(`agreement-${it}`, -1, newEvents(2))),
      store.append('agreement-late', 5, newEvents(1)),
      store.append('agreement-other', -1, [taken]),
      store.append('agreement-taken', -1, [taken]),
    ]);
    expect(outcomes.slice(0, 8).every(({ status }) => status === 'fulfilled')).toBe(true);
    expect(outcomes[8]).toMatchObject({ reason: expect.any(WrongExpectedRevision) });
    expect(outcomes[9]).toMatchObject({ reason: expect.any(RepeatedEventId) });
    expect(outcomes[10]).toMatchObject({ value: { n: 0, revision: 0 } });
    expect(faultsOf(await collected(store.readAll(null)))).toEqual([]);
    expect(await store.head()).toMatchObject({ n: 16 });
  });

  test('readers miss nothing and see nothing twice while commits are late and fail', async () => {
    const wanted = 20_000;
    const stores = await processes(4);
    await opened.disturbCommits();
    const stopped = new AbortController();
    const readers = stores.map((store) => follow(store, wanted, stopped.signal));

    await together(async (writer) => {
      const store = storeOf(stores, writer);
      const perWriter = wanted / writers;
      let revision = -1;
      for (let written = 0; written < perWriter;) {
        const events = newEvents(Math.min(1 + (written % 7), perWriter - written), { writer });
        const stream = `agreement-${writer}`;
        if (written % 10 === 0) await refusedAppend(store, stream, revision + 3, events);
        const result = await appendUntilKnown(store, stream, revision, events);
        revision = result.revision;
        written += events.length;
      }
    });

    const read = await collected(opened.store.readAll(null));
    expect(read).toHaveLength(wanted);
    expect(faultsOf(read)).toEqual([]);
    const ids = read.map(({ id }) => id);
    expect(new Set(ids).size).toBe(wanted);
    for (const seen of await Promise.all(readers)) expect(seen).toEqual(ids);
    stopped.abort();
  }, 120_000);

  test('appends whose connection is cut are each stored once when they are repeated', async () => {
    const stores = await processes(2);
    const perWriter = 30;
    let done = 0;
    const writing = together(async (writer) => {
      for (let revision = 0; revision < perWriter; revision += 1) {
        const store = storeOf(stores, writer);
        await appendUntilKnown(store, `agreement-${writer}`, revision - 1, newEvents(1));
        done += 1;
      }
    });
    for (let cut = 1; cut <= 5; cut += 1) {
      await reached(() => done >= (cut * writers * perWriter) / 6);
      await opened.cutConnections();
    }
    await writing;
    const read = await collected(opened.store.readAll(null));
    expect(read).toHaveLength(writers * perWriter);
    expect(faultsOf(read)).toEqual([]);
  });
}

function storeOf(stores: readonly EventStore[], writer: number): EventStore {
  const store = stores[writer % stores.length];
  if (store === undefined) throw new Error('no store');
  return store;
}

async function together(work: (writer: number) => Promise<void>): Promise<void> {
  await Promise.all(Array.from({ length: writers }, (_, writer) => work(writer)));
}

async function refusedAppend(
  store: EventStore,
  stream: string,
  revision: number,
  events: readonly NewEvent[],
): Promise<void> {
  const outcome = await store.append(stream, revision, events).catch((fault: unknown) => fault);
  if (outcome instanceof WrongExpectedRevision) return;
  // A disturbed commit may refuse it for a reason of its own, but nothing may accept it.
  if (!(outcome instanceof Error)) throw new Error('an append over a gap was accepted');
}

/** Follows the register as a projector does, and leaves and comes back in the middle of batches. */
async function follow(
  store: EventStore,
  wanted: number,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const kept: string[] = [];
  let checkpoint: Checkpoint | null = null;
  let patience = 500;
  while (kept.length < wanted && !signal.aborted) {
    let batch: RecordedEvent[] = [];
    let left = patience;
    for await (const delivery of store.subscribeAll(checkpoint, signal)) {
      if (delivery.kind === 'event') batch.push(delivery.event);
      if (delivery.kind === 'checkpoint') {
        kept.push(...batch.map(({ id }) => id));
        batch = [];
        checkpoint = delivery.checkpoint;
        if (kept.length >= wanted) break;
      }
      left -= 1;
      if (left <= 0) break;
    }
    patience += 900;
  }
  return kept;
}

async function reached(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 2));
}
