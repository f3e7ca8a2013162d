import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { isoDay, parseIsoDay } from '../../src/time/civil-date.js';
import { anyDay, certainDay, edtfOf, parseEdtf, rangeOf } from '../../src/time/day-range.js';
import { anyDayOf, day, everyDay } from './days.js';

const from = day(2015, 1, 1);
const to = day(2020, 12, 31);
const decade = [...everyDay(from, to)];
const aDay = anyDayOf(from, to).map(isoDay);

const edtf = fc.oneof(
  aDay,
  aDay.map((it) => it.slice(0, 7)),
  aDay.map((it) => it.slice(0, 4)),
  aDay.map((it) => `[..${it}]`),
  aDay.map((it) => `[${it}..]`),
  fc.tuple(aDay, aDay).map((ends) => `[${ends.sort().join('..')}]`),
);

/** Says of a day whether the date may be that day, by comparing text with text. */
function mayBe(edtf: string, iso: string): boolean {
  if (!edtf.startsWith('[')) return iso.startsWith(edtf);
  const [first = '', last = ''] = edtf.slice(1, -1).split('..');
  return first <= iso && (last === '' || iso <= last);
}

describe('the days that a date may be', () => {
  test('are the days that refine it, each of them and no other', () => {
    fc.assert(
      fc.property(edtf, (written) => {
        const range = rangeOf({ edtf: written });
        for (const date of decade) {
          const inRange = range && date >= range.from && date <= range.to;
          if (inRange !== mayBe(written, isoDay(date))) expect.fail(`${written} ${isoDay(date)}`);
        }
      }),
    );
  });

  test.each([
    ['2017-02-07', '2017-02-07', '2017-02-07'],
    ['2011-11', '2011-11-01', '2011-11-30'],
    ['2016-02', '2016-02-01', '2016-02-29'],
    ['2015', '2015-01-01', '2015-12-31'],
    ['[2017-04-01..2018-03-31]', '2017-04-01', '2018-03-31'],
  ])('%s is one of %s to %s', (written, first, last) => {
    expect(parseEdtf(written)).toEqual({ from: parseIsoDay(first), to: parseIsoDay(last) });
  });

  test('have no first or no last where the span is open', () => {
    expect(parseEdtf('[..2020-09-30]')).toEqual({ from: -Infinity, to: day(2020, 9, 30) });
    expect(parseEdtf('[2020-04-01..]')).toEqual({ from: day(2020, 4, 1), to: Infinity });
  });

  test('are any days when the date is unknown, and none when there is no date', () => {
    expect(rangeOf({ tag: 'unknown' })).toEqual(anyDay);
    expect(rangeOf({ tag: 'none' })).toBeUndefined();
    expect(rangeOf({ tag: 'endless' })).toBeUndefined();
  });

  test('are one for a certain date', () => {
    expect(certainDay({ edtf: '2017-02-07' })).toBe(day(2017, 2, 7));
    expect(certainDay({ edtf: '[2017-02-07..2017-02-07]' })).toBe(day(2017, 2, 7));
    expect(certainDay({ edtf: '2017-02' })).toBeUndefined();
    expect(certainDay({ tag: 'unknown' })).toBeUndefined();
    expect(certainDay({ tag: 'none' })).toBeUndefined();
  });

  test('write back to an EDTF of the same days', () => {
    fc.assert(
      fc.property(edtf, (written) => {
        const range = parseEdtf(written);
        expect(range && parseEdtf(edtfOf(range))).toEqual(range);
      }),
    );
    expect(edtfOf({ from: day(2017, 2, 1), to: day(2017, 2, 28) })).toBe('2017-02');
    expect(edtfOf({ from: day(2017, 1, 1), to: day(2017, 12, 31) })).toBe('2017');
  });
});

describe('no EDTF of the register', () => {
  test.each([
    '[2018-03-31..2017-04-01]',
    '[2017-02-08..2017-02-07]',
    '[2017-02-30..2017-04-01]',
    '[..2017-13-01]',
    '[2017-04..2018-03]',
    '[..]',
    '[2017-02-07,2017-02-08]',
    '2017-02-29',
    '2017-00',
    '2017-13',
    '0000',
    '2017-2-7',
    '2011-11~',
    '2011-1X',
    '2017/2018',
    '',
    '[2017-04-01..2018-03-31',
    '2017-02-07\n',
  ])('%j', (written) => {
    expect(parseEdtf(written)).toBeUndefined();
    expect(() => rangeOf({ edtf: written })).toThrow(RangeError);
  });
});
