import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import {
  addDays,
  addMonths,
  addYears,
  civilDate,
  isoDay,
  lastDayOfPeriod,
  parseIsoDay,
  ymdOf,
} from '../../src/time/civil-date.js';
import { anyDayOf, day, everyDay } from './days.js';

describe('a day', () => {
  test('counts from 1970-01-01', () => {
    expect(day(1970, 1, 1)).toBe(0);
    expect(day(1969, 12, 31)).toBe(-1);
    expect(day(2017, 2, 7)).toBe(17_204);
  });

  test('is the day that the platform calendar counts, from year 1 to 9999', () => {
    fc.assert(
      fc.property(anyDayOf(day(1, 1, 1), day(9999, 12, 31)), (date) => {
        expect(isoDay(date)).toBe(new Date(date * 86_400_000).toISOString().slice(0, 10));
      }),
      { numRuns: 5000 },
    );
  });

  test('of 1868 to 2200 reads back from its parts and from its ISO form, each and in order', () => {
    let previous = '';
    for (const date of everyDay()) {
      const parts = ymdOf(date);
      const iso = isoDay(date);
      if (civilDate(parts.year, parts.month, parts.day) !== date) expect.fail(iso);
      if (parseIsoDay(iso) !== date || iso <= previous) expect.fail(iso);
      previous = iso;
    }
    expect(previous).toBe('2200-12-31');
  });

  test.each([
    [2017, 2, 29],
    [1900, 2, 29],
    [2100, 2, 29],
    [2017, 13, 1],
    [2017, 0, 1],
    [2017, 4, 31],
    [2017, 4, 0],
    [0, 1, 1],
    [10_000, 1, 1],
    [2017, 1.5, 1],
    [Number.NaN, 1, 1],
  ])('%d-%d-%d does not exist', (year, month, dayOfMonth) => {
    expect(civilDate(year, month, dayOfMonth)).toBeUndefined();
  });

  test.each(['2017-2-7', '2017-02-30', '2017-02-07T00:00', ' 2017-02-07', '0000-01-01', ''])(
    'is not read from %j',
    (text) => expect(parseIsoDay(text)).toBeUndefined(),
  );

  test('beyond the year 9999 has an ISO year of six digits with a sign', () => {
    expect(isoDay(addDays(day(9999, 12, 31), 1))).toBe('+010000-01-01');
    expect(isoDay(addYears(day(1, 1, 1), -2))).toBe('-000001-01-01');
  });
});

describe('a month later', () => {
  test.each([
    ['2017-01-31', 1, '2017-02-28'],
    ['2020-01-31', 1, '2020-02-29'],
    ['2017-03-31', -1, '2017-02-28'],
    ['2017-12-15', 1, '2018-01-15'],
    ['2017-01-15', -1, '2016-12-15'],
    ['2017-01-15', -13, '2015-12-15'],
  ])('%s and %d months: %s', (from, months, to) => {
    expect(isoDay(addMonths(parseIsoDay(from) ?? day(1, 1, 1), months))).toBe(to);
  });

  test('is in the month that comes so many months after', () => {
    const months = fc.integer({ min: -2400, max: 2400 });
    fc.assert(
      fc.property(anyDayOf(day(1868, 1, 25), day(2200, 1, 1)), months, (date, count) => {
        const [a, b] = [ymdOf(date), ymdOf(addMonths(date, count))];
        expect(b.year * 12 + b.month).toBe(a.year * 12 + a.month + count);
        expect(b.day).toBeLessThanOrEqual(a.day);
      }),
    );
  });
});

describe('the last day of a period (民法143条)', () => {
  test.each([
    ['2017-03-01', { years: 3 }, '2020-02-29'],
    ['2017-04-01', { years: 1 }, '2018-03-31'],
    ['2017-02-07', { years: 1 }, '2018-02-06'],
    ['2020-02-29', { years: 1 }, '2021-02-28'],
    ['2020-02-29', { years: 4 }, '2024-02-28'],
    ['2017-01-31', { months: 1 }, '2017-02-28'],
    ['2017-01-29', { months: 1 }, '2017-02-28'],
    ['2017-01-28', { months: 1 }, '2017-02-27'],
    ['2017-08-31', { months: 6 }, '2018-02-28'],
    ['2017-01-15', { months: 1 }, '2017-02-14'],
    ['2017-04-01', { days: 30 }, '2017-04-30'],
    ['2017-04-01', { days: 1 }, '2017-04-01'],
  ])('from %s, %j: %s', (start, period, end) => {
    expect(isoDay(lastDayOfPeriod(parseIsoDay(start) ?? day(1, 1, 1), period))).toBe(end);
  });
});
