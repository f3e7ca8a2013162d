import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { isoDay } from '../../src/time/civil-date.js';
import { rangeOf } from '../../src/time/day-range.js';
import type { PartialDate } from '../../src/time/partial-date.js';
import { readDate } from '../../src/time/read-date.js';
import { fiscalYearText, isoText, warekiText } from '../../src/time/write-date.js';
import { anyDayOf, day } from './days.js';

describe('a date for people', () => {
  test.each([
    ['2017-02-07', '平成29年2月7日'],
    ['2019-05-01', '令和元年5月1日'],
    ['2011-11', '平成23年11月'],
    ['2011', '平成23年'],
    ['2019', '2019年'],
    ['1989-01', '1989年1月'],
    ['2019-04', '平成31年4月'],
    ['[2017-04-01..2018-03-31]', '平成29年度'],
    ['[2017-04-01..2018-03-30]', '平成29年4月1日から平成30年3月30日までのいずれかの日'],
    ['[2011-11-11..2011-11-20]', '平成23年11月中旬'],
    ['[1989-01-01..1989-01-10]', '1989年1月上旬'],
    ['[..2020-09-30]', '令和2年9月30日以前'],
    ['[2020-04-01..]', '令和2年4月1日以降'],
    ['[2017-02-01..2017-02-28]', '平成29年2月'],
    ['[2017-02-07..2017-02-07]', '平成29年2月7日'],
    ['0005', '0005年'],
    ['9999-12-31', '9999年12月31日'],
  ])('%s: %s', (edtf, written) => {
    expect(warekiText({ edtf, text: 'as the paper has it' })).toBe(written);
    expect(isoText({ edtf, text: 'as the paper has it' })).toBe(edtf);
  });

  test.each([
    ['unknown', '不明'],
    ['none', 'なし'],
    ['endless', '期限の定めなし'],
  ] as const)('%s: %s', (tag, written) => {
    expect(warekiText({ tag })).toBe(written);
    expect(isoText({ tag, text: '〃' })).toBe(tag);
  });

  test.each([
    [1867, '1867年度'],
    [1912, '明治45年度'],
    [1926, '大正15年度'],
    [1988, '昭和63年度'],
    [1989, '平成元年度'],
    [2018, '平成30年度'],
    [2019, '令和元年度'],
    [2020, '令和2年度'],
  ])('the fiscal year %d is called %s', (year, written) => {
    expect(fiscalYearText(year)).toBe(written);
  });
});

describe('what is written', () => {
  const aDay = anyDayOf(day(1, 1, 1), day(9998, 12, 31)).map(isoDay);
  const recent = anyDayOf(day(1860, 1, 1), day(2060, 12, 31)).map(isoDay);
  const some = fc.oneof(aDay, recent);
  const year = some.map((it) => Number(it.slice(0, 4)));
  const pad = (year: number) => String(year).padStart(4, '0');
  const edtf = fc.oneof(
    some,
    some.map((it) => it.slice(0, 7)),
    some.map((it) => it.slice(0, 4)),
    some.map((it) => `[..${it}]`),
    some.map((it) => `[${it}..]`),
    some.map((it) => `[${it.slice(0, 7)}-01..${it.slice(0, 7)}-10]`),
    year.map((it) => `[${pad(it)}-04-01..${pad(it + 1)}-03-31]`),
    fc.tuple(some, some).map((ends) => `[${ends.sort().join('..')}]`),
  );
  const date: fc.Arbitrary<PartialDate> = fc.oneof(
    edtf.map((edtf) => ({ edtf })),
    fc.constantFrom('unknown', 'none', 'endless').map((tag) => ({ tag })),
  );

  test('reads back as the same days, in both ways of writing', () => {
    fc.assert(
      fc.property(date, (it) => {
        for (const written of [isoText(it), warekiText(it)]) {
          const read = readDate(written);
          if (!read.ok) expect.fail(`${isoText(it)}: ${written}`);
          expect(rangeOf(read.date), written).toEqual(rangeOf(it));
          expect('tag' in read.date && read.date.tag).toBe('tag' in it && it.tag);
        }
      }),
      { numRuns: 4000 },
    );
  });
});
