import { afterEach, beforeEach, expect, test } from 'vitest';

import {
  RepeatedEventId,
  StoreUnavailable,
  UnstorableEvent,
  WrongExpectedRevision,
} from '../../src/event-sourcing/event-store.js';
import { sizeInAppend } from '../../src/event-sourcing/storable-event.js';
import {
  collected,
  type ContractStore,
  eventOfSize,
  newEvent,
  newEvents,
  type OpenContractStore,
} from './contract-store.js';

export function appendingContract(open: OpenContractStore): void {
  let opened: ContractStore;
  beforeEach(async () => {
    opened = await open();
  });
  afterEach(() => opened.close());

  test('an append gives number, revision and time of its last event', async () => {
    const { store } = opened;
    const first = newEvents(3);
    const result = await store.append('agreement-1', -1, first);
    expect(result).toMatchObject({ n: 2, revision: 2, at: first[2]?.recordedAt });
    expect(await store.append('agreement-1', 2, newEvents(1))).toMatchObject({ n: 3, revision: 3 });
    expect(await store.append('agreement-2', -1, newEvents(1))).toMatchObject({
      n: 4,
      revision: 0,
    });
  });

  test('what is read is what was appended, byte for byte', async () => {
    const odd = 'ヶ髙﨑 \u0001 "\\" \t \u2028 😀 {x} \\N';
    const events = [newEvent({ odd }), newEvent({ number: 1e-7, none: null })];
    await opened.store.append('agreement-1', -1, events);
    const read = await collected(opened.store.readStream('agreement-1'));
    expect(read).toEqual(
      events.map((event, revision) => ({
        ...event,
        n: revision,
        at: events
          .slice(0, revision + 1)
          .map((it) => it.recordedAt)
          .toSorted()
          .at(-1),
        stream: 'agreement-1',
        revision,
        position: expect.any(String),
      })),
    );
  });

  test('a wrong revision is refused with the one that was found, and stores nothing', async () => {
    const { store } = opened;
    await store.append('agreement-1', -1, newEvents(2));
    for (const expected of [-1, 0, 2, 9]) {
      const refused = store.append('agreement-1', expected, newEvents(1));
      await expect(refused).rejects.toMatchObject({ expected, actual: 1 });
      await expect(refused).rejects.toBeInstanceOf(WrongExpectedRevision);
    }
    await expect(store.append('agreement-2', 0, newEvents(1))).rejects.toMatchObject({
      actual: -1,
    });
    expect(await store.head()).toMatchObject({ n: 1 });
  });

  test('the very same append sent twice is one append with one result', async () => {
    const { store } = opened;
    const events = newEvents(3);
    const first = await store.append('agreement-1', -1, events);
    await store.append('agreement-1', 2, newEvents(1));
    expect(await store.append('agreement-1', -1, events)).toEqual(first);
    const elsewhere = await opened.anotherProcess();
    expect(await elsewhere.append('agreement-1', -1, events)).toEqual(first);
    expect(await store.head()).toMatchObject({ n: 3 });
  });

  test('an id that is stored already is refused with other bytes, elsewhere, or in other company', async () => {
    const { store } = opened;
    const [event, next] = [newEvent({ day: 1 }), newEvent()];
    await store.append('agreement-1', -1, [event]);
    const otherBytes = { ...event, body: newEvent({ day: 2 }).body };
    for (const [stream, revision, events] of [
      ['agreement-1', -1, [otherBytes]],
      ['agreement-1', 0, [event]],
      ['agreement-2', -1, [event]],
      ['agreement-2', -1, [next, event]],
      ['agreement-1', -1, [event, next]],
    ] as const) {
      await expect(store.append(stream, revision, events)).rejects.toBeInstanceOf(RepeatedEventId);
    }
    expect(await store.head()).toMatchObject({ n: 0 });
  });

  test('the time of a number never goes back behind the one before', async () => {
    const { store } = opened;
    const [late, early] = ['2026-03-31T15:00:00.250Z', '2026-03-31T14:59:59.999Z'];
    await store.append('agreement-1', -1, [newEvent({}, late), newEvent({}, early)]);
    await store.append('agreement-2', -1, [newEvent({}, early)]);
    const read = await collected(store.readAll(null));
    expect(read.map(({ recordedAt }) => recordedAt)).toEqual([late, early, early]);
    expect(read.map(({ at }) => at)).toEqual([late, late, late]);
  });

  test('an append of no events is refused', async () => {
    await expect(opened.store.append('agreement-1', -1, [])).rejects.toBeInstanceOf(
      UnstorableEvent,
    );
  });

  test('an event of 64,000 bytes is stored, one byte more is refused', async () => {
    const { store } = opened;
    const largest = eventOfSize(64_000);
    await store.append('agreement-1', -1, [largest]);
    const refused = store.append('agreement-1', 0, [eventOfSize(64_001)]);
    await expect(refused).rejects.toBeInstanceOf(UnstorableEvent);
    const [read] = await collected(store.readAll(null));
    expect(read?.body).toBe(largest.body);
  });

  test('an append of one mebibyte is stored, one byte more is refused', async () => {
    const { store } = opened;
    const sixteen = Array.from({ length: 16 }, () => eventOfSize(64_000));
    const besides = sizeInAppend(eventOfSize(500)) - 500;
    const rest = 1_048_576 - 16 * (64_000 + besides) - besides;
    const refused = store.append('agreement-1', -1, [...sixteen, eventOfSize(rest + 1)]);
    await expect(refused).rejects.toBeInstanceOf(UnstorableEvent);
    const stored = await store.append('agreement-1', -1, [...sixteen, eventOfSize(rest)]);
    expect(stored).toMatchObject({ n: 16, revision: 16 });
  });

  test.each([
    ['a stream without a name', '', {}],
    ['a name with a control character', 'agreement\u0000', {}],
    ['a name with a lone surrogate', 'agreement-\ud800', {}],
    ['an id in capitals', 'agreement-1', { id: 'ABCDEF00-0000-4000-8000-000000000000' }],
    ['the nil id', 'agreement-1', { id: '00000000-0000-0000-0000-000000000000' }],
    ['a type without a name', 'agreement-1', { type: '' }],
    ['a day that is none', 'agreement-1', { recordedAt: '2026-02-30T00:00:00.000Z' }],
    ['an instant without milliseconds', 'agreement-1', { recordedAt: '2026-02-03T00:00:00Z' }],
    ['an instant of next year', 'agreement-1', { recordedAt: '2999-01-01T00:00:00.000Z' }],
    ['a body with spaces', 'agreement-1', { body: '{"a": 1}' }],
    ['a body with keys out of order', 'agreement-1', { body: '{"b":1,"a":1}' }],
    ['a body with a key twice', 'agreement-1', { body: '{"a":1,"a":1}' }],
    ['a body that is no object', 'agreement-1', { body: '[]' }],
    ['a body with a lone surrogate', 'agreement-1', { body: '{"a":"\\ud800"}' }],
  ])('%s is refused before anything is sent', async (_, stream, fault) => {
    const refused = opened.store.append(stream, -1, [{ ...newEvent(), ...fault }]);
    await expect(refused).rejects.toBeInstanceOf(UnstorableEvent);
    expect(await opened.store.head()).toBeNull();
  });

  test('after closing, an append is refused as unavailable', async () => {
    const { store } = opened;
    const taken = store.append('agreement-1', -1, newEvents(1));
    const closing = store.close();
    await expect(taken).resolves.toMatchObject({ n: 0 });
    await closing;
    const late = store.append('agreement-1', 0, newEvents(1));
    await expect(late).rejects.toBeInstanceOf(StoreUnavailable);
  });
}
