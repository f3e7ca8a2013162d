import { type CivilDate, dayNumber, ymdOf } from './civil-date.js';
import type { DayRange } from './day-range.js';

/** The fiscal year 会計年度 of a day, named by the year of its April (地方自治法208条1項). */
export function fiscalYearOf(date: CivilDate): number {
  const { year, month } = ymdOf(date);
  return month >= 4 ? year : year - 1;
}

/** 当該会計年度の3月31日: the last day of the fiscal year in which the day lies. */
export function endOfFiscalYear(date: CivilDate): CivilDate {
  return dayNumber(fiscalYearOf(date) + 1, 3, 31);
}

/** 1 April of the year to 31 March of the next (地方自治法208条1項). */
export function fiscalYear(year: number): DayRange {
  return { from: dayNumber(year, 4, 1), to: dayNumber(year + 1, 3, 31) };
}
