import {
  type CivilDate,
  dayNumber,
  daysInMonth,
  isoDay,
  isoYear,
  parseIsoDay,
  twoDigits,
  ymdOf,
} from './civil-date.js';
import type { PartialDate } from './partial-date.js';

/** The days a date may be, first and last included: CivilDates, or -Infinity and Infinity. */
export interface DayRange {
  readonly from: number;
  readonly to: number;
}

export const anyDay: DayRange = { from: -Infinity, to: Infinity };

const span = /^\[(\d{4}-\d{2}-\d{2})?\.\.(\d{4}-\d{2}-\d{2})?\]$/;

/** Undefined where there is no such day at all (none, without end); an unknown date is any day. */
export function rangeOf(date: PartialDate): DayRange | undefined {
  if ('tag' in date) return date.tag === 'unknown' ? anyDay : undefined;
  const range = parseEdtf(date.edtf);
  if (!range) throw new RangeError(`no EDTF of this register: ${date.edtf}`);
  return range;
}

/** The one day the date is, if it can be no other. */
export function certainDay(date: PartialDate): CivilDate | undefined {
  const range = rangeOf(date);
  return range && range.from === range.to ? (range.from as CivilDate) : undefined;
}

/**
 * Reads the part of EDTF (ISO 8601-2) that the register keeps: a day, a month, a year, or one of a
 * span of days. Undefined for another shape, an impossible day, a span that ends before it begins
 * or is open on both sides (that is the tag `unknown`).
 */
export function parseEdtf(edtf: string): DayRange | undefined {
  const ends = span.exec(edtf);
  if (ends) return spanOf(ends[1], ends[2]);

  const day = parseIsoDay(edtf);
  if (day !== undefined) return { from: day, to: day };

  const parts = /^(\d{4})(?:-(\d{2}))?$/.exec(edtf);
  const year = Number(parts?.[1]);
  if (!parts || year < 1) return undefined;
  return parts[2] === undefined ? wholeYear(year) : wholeMonth(year, Number(parts[2]));
}

export function wholeYear(year: number): DayRange {
  return { from: dayNumber(year, 1, 1), to: dayNumber(year, 12, 31) };
}

/** All days of a month, or undefined when the month is not 1 to 12. */
export function wholeMonth(year: number, month: number): DayRange | undefined {
  if (month < 1 || month > 12) return undefined;
  return { from: dayNumber(year, month, 1), to: dayNumber(year, month, daysInMonth(year, month)) };
}

/** The shortest EDTF for a range that is bounded on one side at least. */
export function edtfOf(range: DayRange): string {
  if (range.from === range.to) return isoDay(range.from as CivilDate);
  const month = monthOf(range);
  if (month) return `${isoYear(month.year)}-${twoDigits(month.month)}`;
  const year = yearOf(range);
  return year === undefined ? `[${end(range.from)}..${end(range.to)}]` : isoYear(year);
}

/** The month whose days the range holds, all of them and no other. */
export function monthOf(range: DayRange): { year: number; month: number } | undefined {
  if (!Number.isFinite(range.from)) return undefined;
  const { year, month } = ymdOf(range.from as CivilDate);
  return equal(wholeMonth(year, month), range) ? { year, month } : undefined;
}

/** The calendar year whose days the range holds, all of them and no other. */
export function yearOf(range: DayRange): number | undefined {
  if (!Number.isFinite(range.from)) return undefined;
  const { year } = ymdOf(range.from as CivilDate);
  return equal(wholeYear(year), range) ? year : undefined;
}

export function equal(a: DayRange | undefined, b: DayRange | undefined): boolean {
  return a?.from === b?.from && a?.to === b?.to;
}

function end(day: number): string {
  return Number.isFinite(day) ? isoDay(day as CivilDate) : '';
}

function spanOf(first: string | undefined, last: string | undefined): DayRange | undefined {
  const from = first === undefined ? -Infinity : parseIsoDay(first);
  const to = last === undefined ? Infinity : parseIsoDay(last);
  if (from === undefined || to === undefined || from > to) return undefined;
  return first === undefined && last === undefined ? undefined : { from, to };
}
