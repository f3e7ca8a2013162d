import { type CivilDate, isoDay, isoYear, twoDigits, ymdOf } from '../../../src/time/civil-date.js';
import { wareki, warekiYear } from '../../../src/time/era.js';
import { fiscalYearOf } from '../../../src/time/fiscal-year.js';
import type { PartialDate } from '../../../src/time/partial-date.js';
import { fiscalYearText } from '../../../src/time/write-date.js';
import type { Random } from './random.js';

/** A day as papers and registrars give it: most to the day, some to the month, few to the 年度. */
export function asStated(day: CivilDate, random: Random): PartialDate {
  const how = random.fraction();
  if (how < 0.84) return wholeDay(day);
  const { year, month } = ymdOf(day);
  if (how < 0.97) {
    return {
      edtf: `${isoYear(year)}-${twoDigits(month)}`,
      text: `${warekiYear(day)}${month}月`,
    };
  }
  const fiscal = fiscalYearOf(day);
  return {
    edtf: `[${isoYear(fiscal)}-04-01..${isoYear(fiscal + 1)}-03-31]`,
    text: fiscalYearText(fiscal),
  };
}

export function wholeDay(day: CivilDate): PartialDate {
  return { edtf: isoDay(day), text: wareki(day) };
}

/** The last day of the 年度 in which a day lies, so many years on: 令和8年3月31日. */
export function endOfFiscalYear(day: CivilDate, years: number): PartialDate {
  const year = fiscalYearOf(day) + 1 + years;
  return { edtf: `${isoYear(year)}-03-31` };
}
