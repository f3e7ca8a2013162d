import { expect, test } from 'vitest';

import { endOfFiscalYear, fiscalYear, fiscalYearOf } from '../../src/time/fiscal-year.js';
import { day, everyDay } from './days.js';

test('a fiscal year is April to March', () => {
  expect(fiscalYear(2017)).toEqual({ from: day(2017, 4, 1), to: day(2018, 3, 31) });
  expect(fiscalYearOf(day(2018, 3, 31))).toBe(2017);
  expect(fiscalYearOf(day(2018, 4, 1))).toBe(2018);
  expect(endOfFiscalYear(day(2018, 3, 31))).toBe(day(2018, 3, 31));
  expect(endOfFiscalYear(day(2018, 4, 1))).toBe(day(2019, 3, 31));
});

test('every day lies in its fiscal year, and its fiscal year ends with 31 March', () => {
  for (const date of everyDay()) {
    const { from, to } = fiscalYear(fiscalYearOf(date));
    if (date < from || date > to || to !== endOfFiscalYear(date)) expect.fail(String(date));
  }
});
