import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { endOfDay, now, readKnown, type Known } from '../../projections/known.js';
import { KnownNumbers } from '../../projections/known-numbers.js';
import type { RegisterEvent } from '../../src/entries/domain/event.js';
import { Refusal } from '../../src/entries/domain/refusal.js';
import { day, ReadSide } from './support/read-side.js';
import { library, libraryTable, municipalities } from './support/sources.js';

let register: ReadSide;
let numbers: KnownNumbers;
const clock = { millis: () => time, instant: () => new Date(time).toISOString() };
let time = 0;

/** The parties stand in the register from 10:00 in Tokyo on 1 April, the agreement from the day after. */
beforeAll(async () => {
  register = await ReadSide.open('known');
  const at = (events: readonly RegisterEvent[], recordedAt: string) =>
    events.map((it) => ({ ...it, recordedAt }));
  await register.append(
    ...at(municipalities(), '2026-04-01T01:00:00.000Z'),
    ...at(library(libraryTable[0]!).events, '2026-04-02T01:00:00.000Z'),
  );
  register.start();
  await register.caughtUp();
  numbers = new KnownNumbers(register.pool, register.store, clock);
});
afterAll(() => register.close());

const cities = municipalities().length;
const head = cities + library(libraryTable[0]!).events.length - 1;

async function asked(known: Known, at: string) {
  time = Date.parse(at);
  return (await numbers.resolve(known, ['agreement-graph', 'parties'])).known;
}

async function refusal(known: Known, at: string): Promise<Refusal> {
  const fault = await asked(known, at).catch((it: unknown) => it);
  expect(fault).toBeInstanceOf(Refusal);
  return fault as Refusal;
}

const later = '2026-05-01T00:00:00.000Z';

test('now is the newest number, and not settled: more may come for this very instant', async () => {
  expect(await asked(now, later)).toEqual({
    n: head,
    at: '2026-04-02T01:00:00.000Z',
    settled: false,
  });
});

test('a number is itself, with its time', async () => {
  expect(await asked({ kind: 'number', n: 3 }, later)).toEqual({
    n: 3,
    at: '2026-04-01T01:00:00.000Z',
    settled: true,
  });
});

test('a number beyond the newest is refused', async () => {
  const { code, faults } = await refusal({ kind: 'number', n: head + 1 }, later);
  expect(code).toBe('known/beyond');
  expect(faults).toMatchObject([{ field: 'known', read: String(head + 1) }]);
});

describe('an instant is the largest number recorded by then', () => {
  test.each([
    ['2026-04-01T01:00:00.000Z', cities - 1],
    ['2026-04-02T00:59:59.999Z', cities - 1],
    ['2026-04-02T01:00:00.000Z', head],
  ])('%s', async (at, n) => {
    expect(await asked({ kind: 'instant', at }, later)).toMatchObject({ n, settled: true });
  });

  test('it is settled two minutes after, and until then the answer says so', async () => {
    const known: Known = { kind: 'instant', at: '2026-04-02T01:00:00.000Z' };
    expect(await asked(known, '2026-04-02T01:01:59.999Z')).toMatchObject({ settled: false });
    expect(await asked(known, '2026-04-02T01:02:00.000Z')).toMatchObject({ settled: true });
  });

  test('a later one is refused', async () => {
    const known: Known = { kind: 'instant', at: '2026-05-01T00:00:00.001Z' };
    expect((await refusal(known, later)).code).toBe('known/future');
  });

  test('one before the register began cannot be answered', async () => {
    const known: Known = { kind: 'instant', at: '2026-03-31T00:00:00.000Z' };
    expect((await refusal(known, later)).code).toBe('known/before-register');
  });
});

describe('a day means its end in Tokyo', () => {
  test('the agreement was not known on the day before', async () => {
    const known: Known = { kind: 'day', day: day('2026-04-01') };
    expect(await asked(known, later)).toMatchObject({ n: cities - 1, settled: true });
    expect(endOfDay(day('2026-04-01'))).toBe('2026-04-01T14:59:59.999Z');
  });

  test('a day that is not over yet is the newest number', async () => {
    const known: Known = { kind: 'day', day: day('2026-05-01') };
    expect(await asked(known, later)).toMatchObject({ n: head, settled: false });
  });

  test('tomorrow in Tokyo is refused, though it is the same day in London', async () => {
    const known: Known = { kind: 'day', day: day('2026-05-02') };
    expect((await refusal(known, '2026-05-01T14:59:59.000Z')).code).toBe('known/future');
    expect(await asked(known, '2026-05-01T15:00:00.000Z')).toMatchObject({ n: head });
  });
});

test.each([
  [undefined, now],
  ['now', now],
  ['12', { kind: 'number', n: 12 }],
  ['2026-04-01T10:00:00+09:00', { kind: 'instant', at: '2026-04-01T01:00:00.000Z' }],
  ['令和8年4月1日', { kind: 'day', day: day('2026-04-01') }],
  ['2026-04-01', { kind: 'day', day: day('2026-04-01') }],
])('%s is read from an address', (text, known) => {
  expect(readKnown(text)).toEqual(known);
});

test.each(['昨日', '2026-04', '-1', '2026-13-01T00:00:00Z', '1e3'])('%s is refused', (text) => {
  expect(() => readKnown(text)).toThrow(expect.objectContaining({ code: 'known/unreadable' }));
});
