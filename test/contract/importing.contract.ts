import { afterEach, beforeEach, expect, test } from 'vitest';

import { type RecordedEvent, UnexpectedHistory } from '../../src/event-sourcing/event-store.js';
import {
  collected,
  type ContractStore,
  newEvent,
  newEvents,
  type OpenContractStore,
} from './contract-store.js';

export function importingContract(open: OpenContractStore): void {
  let opened: ContractStore;
  beforeEach(async () => {
    opened = await open();
  });
  afterEach(() => opened.close());

  /** A register as another store would give it. */
  function history(length: number): readonly RecordedEvent[] {
    let at = '';
    return Array.from({ length }, (_, n) => {
      // Every third event was stamped by a writer whose clock is slow.
      const time = Date.UTC(2026, 3, 1) + n * 10 - (n % 3 === 2 ? 5_000 : 0);
      const event = newEvent({ text: `\\ " \t ${n}` }, new Date(time).toISOString());
      if (event.recordedAt > at) at = event.recordedAt;
      const [stream, revision] = [`agreement-${n % 7}`, Math.floor(n / 7)];
      return { ...event, n, at, stream, revision, position: String(n) };
    });
  }

  async function* given(events: readonly RecordedEvent[]): AsyncGenerator<RecordedEvent> {
    yield* events;
  }

  const withoutPosition = (events: readonly RecordedEvent[]) =>
    events.map((event) => ({ ...event, position: expect.any(String) }));

  test('an empty register takes numbers, times and bytes as they are, and goes on after them', async () => {
    const { store } = opened;
    const events = history(12_000);
    await store.import(given(events));
    expect(await collected(store.readAll(null))).toEqual(withoutPosition(events));
    const next = await store.append('agreement-0', 1_714, newEvents(1));
    expect(next).toMatchObject({ n: 12_000, revision: 1_715 });
  });

  test('a subscriber sees what is imported', async () => {
    const { store } = opened;
    const seen: number[] = [];
    for await (const delivery of store.subscribeAll(null, new AbortController().signal)) {
      if (delivery.kind === 'event') seen.push(delivery.event.n);
      if (delivery.kind !== 'caught-up') continue;
      if (seen.length > 0) break;
      await store.import(given(history(100)));
    }
    expect(seen).toEqual([...Array(100).keys()]);
  });

  test('an import that was cut off is finished by running it again', async () => {
    const { store } = opened;
    const events = history(11_000);
    const cutOff = async function* () {
      yield* events.slice(0, 7_000);
      throw new Error('the other store went away');
    };
    await expect(store.import(cutOff())).rejects.toThrow('the other store went away');
    const head = await store.head();
    expect(head === null || head.n < 7_000).toBe(true);
    await store.import(given(events));
    await store.import(given(events));
    expect(await collected(store.readAll(null))).toEqual(withoutPosition(events));
  });

  test('a register that holds another event is left alone', async () => {
    const { store } = opened;
    const events = history(20);
    await store.import(given(events));
    for (const fault of [
      { body: newEvent({ text: 'altered' }).body },
      { id: newEvent().id },
      { type: 'DrillHeld' },
    ]) {
      const others = [
        ...events.slice(0, 10),
        { ...event(events, 10), ...fault },
        ...history(30).slice(11),
      ];
      await expect(store.import(given(others))).rejects.toBeInstanceOf(UnexpectedHistory);
    }
    expect(await store.head()).toMatchObject({ n: 19 });
  });

  test('a register that is longer than what comes is left alone', async () => {
    const { store } = opened;
    const events = history(20);
    await store.import(given(events));
    const shorter = store.import(given(events.slice(0, 19)));
    await expect(shorter).rejects.toBeInstanceOf(UnexpectedHistory);
    await expect(store.import(given([]))).rejects.toBeInstanceOf(UnexpectedHistory);
  });

  test.each([
    ['a number left out', (it: readonly RecordedEvent[]) => it.filter(({ n }) => n !== 10)],
    ['a number twice', (it: readonly RecordedEvent[]) => [...it.slice(0, 11), event(it, 10)]],
    ['a first number above 0', (it: readonly RecordedEvent[]) => it.slice(1)],
    [
      'a revision left out',
      (it: readonly RecordedEvent[]) =>
        it.map((event) => (event.n === 14 ? { ...event, revision: 3 } : event)),
    ],
    [
      'a revision twice',
      (it: readonly RecordedEvent[]) =>
        it.map((event) => (event.n === 14 ? { ...event, revision: 1 } : event)),
    ],
    [
      'an id twice',
      (it: readonly RecordedEvent[]) =>
        it.map((event) => (event.n === 14 ? { ...event, id: it[3]?.id ?? '' } : event)),
    ],
    [
      'a time that goes back',
      (it: readonly RecordedEvent[]) =>
        it.map((event) => (event.n === 14 ? { ...event, at: '2020-01-01T00:00:00.000Z' } : event)),
    ],
  ])('%s is refused, and nothing of it is stored', async (_, spoil) => {
    const spoilt = opened.store.import(given(spoil(history(20))));
    await expect(spoilt).rejects.toBeInstanceOf(UnexpectedHistory);
    expect(await opened.store.head()).toBeNull();
  });
}

function event(events: readonly RecordedEvent[], n: number): RecordedEvent {
  const found = events[n];
  if (found === undefined) throw new Error(`no event ${n}`);
  return found;
}
