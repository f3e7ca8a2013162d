import { dayNumber, daysInMonth } from './civil-date.js';
import type { DayRange } from './day-range.js';

export interface PartOfMonth {
  readonly name: '上旬' | '中旬' | '下旬';
  readonly days: (year: number, month: number) => DayRange;
}

/** The thirds of a month: to the 10th, to the 20th, to its end. */
export const partsOfMonth: readonly PartOfMonth[] = [
  { name: '上旬', days: (year, month) => between(year, month, 1, 10) },
  { name: '中旬', days: (year, month) => between(year, month, 11, 20) },
  { name: '下旬', days: (year, month) => between(year, month, 21, daysInMonth(year, month)) },
];

function between(year: number, month: number, first: number, last: number): DayRange {
  return { from: dayNumber(year, month, first), to: dayNumber(year, month, last) };
}
