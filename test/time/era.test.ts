import { describe, expect, test } from 'vitest';

import { parseIsoDay } from '../../src/time/civil-date.js';
import { eraYearOf, eras, gregorianYear, isLunisolar, wareki } from '../../src/time/era.js';
import { day, everyDay } from './days.js';

describe('an era', () => {
  test.each([
    ['1867-12-31', '1867年12月31日'],
    ['1868-01-24', '1868年1月24日'],
    ['1868-01-25', '明治元年1月25日'],
    ['1873-01-01', '明治6年1月1日'],
    ['1912-07-29', '明治45年7月29日'],
    ['1912-07-30', '大正元年7月30日'],
    ['1926-12-24', '大正15年12月24日'],
    ['1926-12-25', '昭和元年12月25日'],
    ['1989-01-07', '昭和64年1月7日'],
    ['1989-01-08', '平成元年1月8日'],
    ['2017-02-07', '平成29年2月7日'],
    ['2019-04-30', '平成31年4月30日'],
    ['2019-05-01', '令和元年5月1日'],
    ['2020-01-01', '令和2年1月1日'],
  ])('names %s %s', (iso, written) => {
    expect(wareki(parseIsoDay(iso) ?? day(1, 1, 1))).toBe(written);
  });

  test('is the one that the platform names, on every day since the calendar was reformed', () => {
    const japanese = new Intl.DateTimeFormat('ja-JP-u-ca-japanese', {
      dateStyle: 'long',
      timeZone: 'UTC',
    });
    for (const date of everyDay(day(1873, 1, 1))) {
      const named = japanese.format(date * 86_400_000);
      if (wareki(date) !== named) expect.fail(`${wareki(date)} is ${named}`);
    }
  });

  test('follows the one before it without a gap', () => {
    for (const [i, era] of eras.slice(1).entries()) {
      expect(era.firstDay).toBe((eras[i]?.lastDay ?? 0) + 1);
    }
    expect(eras.at(-1)?.lastDay).toBe(Infinity);
  });

  test('counts a year that the common era has, for every year of every day', () => {
    for (const date of everyDay()) {
      const found = eraYearOf(date);
      const year = new Date(date * 86_400_000).getUTCFullYear();
      if (!found || gregorianYear(found) !== year) expect.fail(wareki(date));
    }
  });

  test('before 明治6年 is lunisolar on paper', () => {
    expect(isLunisolar(day(1872, 12, 31))).toBe(true);
    expect(isLunisolar(day(1873, 1, 1))).toBe(false);
  });
});
