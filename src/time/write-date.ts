import { type CivilDate, addMonths, isoYear, ymdOf } from './civil-date.js';
import { type DayRange, equal, monthOf, rangeOf, yearOf } from './day-range.js';
import { eraYearOf, eraYearText, wareki, warekiYear } from './era.js';
import { fiscalYear, fiscalYearOf } from './fiscal-year.js';
import type { PartialDate } from './partial-date.js';
import { partsOfMonth } from './part-of-month.js';

/** The EDTF, or the tag's own word. What it writes, `readDate` reads. */
export function isoText(date: PartialDate): string {
  return 'tag' in date ? date.tag : date.edtf;
}

/** The date in the eras of its days, for people; the source's text is not consulted. */
export function warekiText(date: PartialDate): string {
  if ('tag' in date) return { unknown: '不明', none: 'なし', endless: '期限の定めなし' }[date.tag];
  const range = rangeOf(date);
  return range ? rangeText(range) : '不明';
}

/**
 * 平成29年度, by the era of its 1 May: no era began in any other April, and all of fiscal 2019 is
 * called 令和元年度 (平成31年4月 関係省庁連絡会議申合せ), though it began in 平成.
 */
export function fiscalYearText(year: number): string {
  const named = eraYearOf(addMonths(fiscalYear(year).from as CivilDate, 1));
  return `${named ? eraYearText(named) : isoYear(year)}年度`;
}

function rangeText({ from, to }: DayRange): string {
  const first = from as CivilDate;
  const last = to as CivilDate;
  if (from === -Infinity) return `${wareki(last)}以前`;
  if (to === Infinity) return `${wareki(first)}以降`;
  if (from === to) return wareki(first);
  return wholeText(first, last) ?? `${wareki(first)}から${wareki(last)}までのいずれかの日`;
}

function wholeText(first: CivilDate, last: CivilDate): string | undefined {
  const range = { from: first, to: last };
  const { year, month } = ymdOf(first);
  const monthText = `${yearText(first, last)}${month}月`;
  if (monthOf(range)) return monthText;
  if (yearOf(range) !== undefined) return yearText(first, last);
  const fiscal = fiscalYearOf(first);
  if (equal(fiscalYear(fiscal), range)) return fiscalYearText(fiscal);
  const part = partsOfMonth.find((it) => equal(it.days(year, month), range));
  return part && monthText + part.name;
}

/** 1989年1月 and 2019年 have days in two eras, and are written in the common one. */
function yearText(first: CivilDate, last: CivilDate): string {
  const sameEra = eraYearOf(first)?.era === eraYearOf(last)?.era;
  return sameEra ? warekiYear(first) : `${isoYear(ymdOf(first).year)}年`;
}
