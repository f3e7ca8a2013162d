import * as fc from 'fast-check';

import { type CivilDate, addDays, civilDate } from '../../src/time/civil-date.js';

/** The day, which must exist. */
export function day(year: number, month: number, dayOfMonth: number): CivilDate {
  const date = civilDate(year, month, dayOfMonth);
  if (date === undefined) throw new Error(`no such day: ${year}-${month}-${dayOfMonth}`);
  return date;
}

export const firstOfMeiji = day(1868, 1, 25);
export const last = day(2200, 12, 31);

/** Every day from the first of 明治 to the end of 2200. */
export function* everyDay(from = firstOfMeiji, to = last): Generator<CivilDate> {
  for (let date = from; date <= to; date = addDays(date, 1)) yield date;
}

export const anyDayOf = (from: CivilDate, to: CivilDate): fc.Arbitrary<CivilDate> =>
  fc.integer({ min: from, max: to }).map((it) => it as CivilDate);
