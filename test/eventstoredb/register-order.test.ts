import { randomUUID } from 'node:crypto';

import * as fc from 'fast-check';
import { expect, test } from 'vitest';

import { UnexpectedHistory } from '../../src/event-sourcing/event-store.js';
import {
  bytesOfEntry,
  RegisterOrder,
} from '../../src/event-sourcing/eventstoredb/register-order.js';

const day = Date.parse('2026-04-01T00:00:00.000Z');
const iso = (millis: number) => new Date(day + millis).toISOString();

interface Entry {
  readonly position: number;
  readonly recorded: number;
  readonly id: string;
}

function ordered(entries: readonly Entry[]): RegisterOrder {
  const order = new RegisterOrder();
  for (const { position, recorded, id } of entries) order.add(position, iso(recorded), id);
  return order;
}

/** Histories with gaps of every size, clocks that differ, and ids that share words. */
const histories = fc
  .array(
    fc.record({
      gap: fc.integer({ min: 1, max: 10_000 }),
      recorded: fc.integer({ min: 0, max: 5_000 }),
      id: fc.uuid(),
    }),
    { maxLength: 60 },
  )
  .map((entries) => {
    let position = -1;
    return entries.map(({ gap, recorded, id }) => ({ position: (position += gap), recorded, id }));
  });

test('each event has its number, time and id, and is found by them', () => {
  fc.assert(
    fc.property(histories, (entries) => {
      const order = ordered(entries);
      expect(order.size).toBe(entries.length);
      let at = 0;
      for (const [n, { position, recorded, id }] of entries.entries()) {
        at = Math.max(at, recorded);
        expect(order.entry(n)).toEqual({ n, position: `esdb:${position}`, at: iso(at) });
        expect(order.idOf(n)).toBe(id);
        expect(order.numberOf(position)).toBe(n);
        expect(order.isAt(n, { position, id })).toBe(true);
        expect(order.isAt(n, { position, id: randomUUID() })).toBe(false);
        expect(order.numberOf(position + 0.5)).toBeUndefined();
        expect(order.holding(id)).toBe(entries.findIndex((it) => it.id === id));
      }
      expect(order.holding(randomUUID())).toBeUndefined();
      expect(order.head()?.n ?? -1).toBe(entries.length - 1);
    }),
  );
});

test('the number of an instant is the last that was recorded by then', () => {
  fc.assert(
    fc.property(histories, fc.integer({ min: -1, max: 5_001 }), (entries, instant) => {
      let [at, n] = [0, -1];
      for (const [place, { recorded }] of entries.entries()) {
        at = Math.max(at, recorded);
        if (at <= instant) n = place;
      }
      expect(ordered(entries).at(iso(instant))?.n ?? -1).toBe(n);
    }),
  );
});

test('what was saved in parts is loaded as it was', () => {
  fc.assert(
    fc.property(histories, fc.nat(60), (entries, cut) => {
      const order = ordered(entries);
      const middle = Math.min(cut, entries.length);
      const loaded = new RegisterOrder();
      loaded.load(order.saved(0, middle));
      loaded.load(order.saved(middle, entries.length));
      const all = (it: RegisterOrder) => entries.map((_, n) => [it.entry(n), it.idOf(n)]);
      expect(loaded.size).toBe(order.size);
      expect(all(loaded)).toEqual(all(order));
    }),
  );
});

test('an id that was stored twice stays with its first event, also when the order has grown', () => {
  const order = new RegisterOrder();
  const twice = randomUUID();
  order.add(1, iso(0), randomUUID());
  order.add(2, iso(0), twice);
  for (let position = 3; position < 5_000; position += 1) {
    order.add(position, iso(0), position % 1_000 === 0 ? twice : randomUUID());
  }
  expect(order.holding(twice)).toBe(1);
  expect(order.idOf(999)).toBe(twice);
});

test.each([5, 4])('an event at %i, not after the last at 5, is of another history', (position) => {
  const order = ordered([{ position: 5, recorded: 0, id: randomUUID() }]);
  expect(() => order.add(position, iso(0), randomUUID())).toThrow(UnexpectedHistory);
  expect(order.size).toBe(1);
});

test('a chunk that does not follow, or holds no time, is refused', () => {
  const order = ordered([{ position: 5, recorded: 0, id: randomUUID() }]);
  expect(() => order.load(order.saved(0, 1))).toThrow(UnexpectedHistory);
  const broken = order.saved(0, 1);
  broken.writeDoubleBE(6, 0);
  broken.writeDoubleBE(Number.NaN, 8);
  expect(broken).toHaveLength(bytesOfEntry);
  expect(() => order.load(broken)).toThrow(UnexpectedHistory);
});

test('a number beyond the end is told apart from one that is there', () => {
  const order = new RegisterOrder();
  expect([order.head(), order.last, order.positionOf(0), order.at(iso(0))]).toEqual([
    null,
    undefined,
    undefined,
    null,
  ]);
  expect(() => order.entry(0)).toThrow(RangeError);
});
