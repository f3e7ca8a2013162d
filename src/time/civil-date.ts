/** A day in Asia/Tokyo, as days since 1970-01-01 of the proleptic Gregorian calendar. */
export type CivilDate = number & { readonly CivilDate: unique symbol };

export interface YearMonthDay {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

export type Period =
  { readonly years: number } | { readonly months: number } | { readonly days: number };

/** The day, or undefined when the calendar has no such day. Years 1 to 9999, months from 1. */
export function civilDate(year: number, month: number, day: number): CivilDate | undefined {
  const known = [year, month, day].every(Number.isInteger) && year >= 1 && year <= 9999;
  if (!known || month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month)) {
    return undefined;
  }
  return dayNumber(year, month, day);
}

export function daysInMonth(year: number, month: number): number {
  return dayNumber(year, month + 1, 1) - dayNumber(year, month, 1);
}

/**
 * The day's number by Howard Hinnant's days_from_civil, over 400-year cycles that begin on 1 March.
 * The month may lie outside 1 to 12 (13 is the next January), the year anywhere; nothing is checked.
 */
export function dayNumber(year: number, month: number, day: number): CivilDate {
  const marches = year * 12 + month - 3;
  const y = Math.floor(marches / 12);
  const cycle = Math.floor(y / 400);
  const yearOfCycle = y - cycle * 400;
  const dayOfYear = Math.floor((153 * (marches - y * 12) + 2) / 5) + day - 1;
  const leapDays = Math.floor(yearOfCycle / 4) - Math.floor(yearOfCycle / 100);
  return (cycle * 146_097 + yearOfCycle * 365 + leapDays + dayOfYear - 719_468) as CivilDate;
}

export function ymdOf(date: CivilDate): YearMonthDay {
  const shifted = date + 719_468;
  const cycle = Math.floor(shifted / 146_097);
  const dayOfCycle = shifted - cycle * 146_097;
  const leapDays =
    Math.floor(dayOfCycle / 1460) -
    Math.floor(dayOfCycle / 36_524) +
    Math.floor(dayOfCycle / 146_096);
  const yearOfCycle = Math.floor((dayOfCycle - leapDays) / 365);
  const dayOfYear =
    dayOfCycle - (365 * yearOfCycle + Math.floor(yearOfCycle / 4) - Math.floor(yearOfCycle / 100));
  const monthFromMarch = Math.floor((5 * dayOfYear + 2) / 153);
  const month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9;
  return {
    year: yearOfCycle + cycle * 400 + (month <= 2 ? 1 : 0),
    month,
    day: dayOfYear - Math.floor((153 * monthFromMarch + 2) / 5) + 1,
  };
}

/** YYYY-MM-DD. Arithmetic may leave the years 0 to 9999; the year then has a sign and six digits. */
export function isoDay(date: CivilDate): string {
  const { year, month, day } = ymdOf(date);
  return `${isoYear(year)}-${twoDigits(month)}-${twoDigits(day)}`;
}

export function isoYear(year: number): string {
  if (year >= 0 && year <= 9999) return String(year).padStart(4, '0');
  return `${year < 0 ? '-' : '+'}${String(Math.abs(year)).padStart(6, '0')}`;
}

export function twoDigits(number: number): string {
  return String(number).padStart(2, '0');
}

/** Reads YYYY-MM-DD and nothing else; undefined for another shape or an impossible day. */
export function parseIsoDay(text: string): CivilDate | undefined {
  const parts = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  return parts ? civilDate(Number(parts[1]), Number(parts[2]), Number(parts[3])) : undefined;
}

export function addDays(date: CivilDate, days: number): CivilDate {
  return (date + days) as CivilDate;
}

/** The same day of a later (or earlier) month, or that month's last day where it has no such day. */
export function addMonths(date: CivilDate, months: number): CivilDate {
  const { year, month, day } = ymdOf(date);
  return dayNumber(year, month + months, Math.min(day, daysInMonth(year, month + months)));
}

export function addYears(date: CivilDate, years: number): CivilDate {
  return addMonths(date, years * 12);
}

/**
 * The last day of a period whose first day counts (民法140条ただし書). By 民法143条2項 months and years
 * end on the day before the corresponding day (応当日の前日), and where the last month has no
 * corresponding day on that month's last: one month from 31 January is all of February.
 */
export function lastDayOfPeriod(start: CivilDate, period: Period): CivilDate {
  if ('days' in period) return addDays(start, period.days - 1);
  const corresponding = addMonths(start, 'years' in period ? period.years * 12 : period.months);
  const exists = ymdOf(corresponding).day === ymdOf(start).day;
  return exists ? addDays(corresponding, -1) : corresponding;
}
