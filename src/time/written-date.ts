import { type CivilDate, civilDate, daysInMonth } from './civil-date.js';
import type { DateFlag } from './date-reading.js';
import { type DayRange, wholeMonth, wholeYear } from './day-range.js';
import { type Era, isLunisolar } from './era.js';
import { fiscalYear } from './fiscal-year.js';
import { partsOfMonth } from './part-of-month.js';
import { weekdayOf } from './weekday.js';
import { readNumber, readYear, smallNumber, writtenYear } from './written-year.js';

export interface WrittenDate {
  readonly range: DayRange;
  readonly flags: readonly DateFlag[];
}

/** Of the right form, but no such day. */
export interface ImpossibleDate {
  readonly impossible: string;
}

const N = smallNumber;
const form = new RegExp(
  `^(?<year>${writtenYear})(?:` +
    `年度(?<fiscalEnd>末日?)?|年?|` +
    `年(?<month>${N})月(?:(?<day>${N})日(?:付け?)?|(?<end>末日?)|(?<part>[上中下]旬))?|` +
    `(?<separator>[-./・])(?<shortMonth>\\d{1,2})(?:\\k<separator>(?<shortDay>\\d{1,2}))?)$`,
  'i',
);
const eightDigits = /^(\d{4})(\d{2})(\d{2})$/;
const otherYear = new RegExp(`\\((${writtenYear})(?:年度?)?\\)`, 'i');
const weekday = /\(([日月火水木金土])(?:曜日?)?(?:[・,]?祝日?)?\)$|([日月火水木金土])曜日?$/;

/**
 * Reads one written day, month, year or fiscal year in its plain form. A year may be given twice,
 * 平成29年(2017年), and then must be the same. Undefined for anything else.
 *
 * A month or year is all its days, also those before its era began: 令和元年 is 2019, because papers
 * call days by an era that had not begun or was over, and a span too narrow would give wrong answers.
 */
export function readWrittenDate(plain: string): WrittenDate | ImpossibleDate | undefined {
  const [, other] = otherYear.exec(plain) ?? [];
  const [beside, inBrackets, bare] = weekday.exec(plain) ?? [];
  const core = plain.replace(otherYear, '').replace(weekday, '').replace(eightDigits, '$1-$2-$3');
  const parts = form.exec(core)?.groups;
  const year = parts && readYear(parts['year'] ?? '');
  if (!parts || !year) return undefined;

  const second = other === undefined ? year : readYear(other);
  if (!second) return undefined;
  if (second.year !== year.year) {
    return { impossible: `${parts['year']}年は${year.year}年です（${other}年ではありません）` };
  }
  if (year.year < 1 || year.year > 9999 || (year.era && year.year < year.era.firstYear)) {
    return { impossible: '年は元年から、西暦では1年から9999年まで' };
  }

  const range = daysOf(core, parts, year.year);
  if (range === undefined || 'impossible' in range) return range;
  const oneDay = range.from === range.to;
  if (beside !== undefined && !oneDay) return undefined;
  const wrong = beside !== undefined && weekdayOf(range.from as CivilDate) !== (inBrackets ?? bare);
  const vague = parts['end'] === '末' || parts['fiscalEnd'] === '末';
  return {
    range,
    flags: [
      ...eraFlags(year.era ?? second.era, range),
      ...(wrong ? (['weekday-wrong'] as const) : []),
      ...(vague ? (['end-as-last-day'] as const) : []),
    ],
  };
}

type Parts = Readonly<Record<string, string | undefined>>;

function daysOf(core: string, parts: Parts, year: number): DayRange | ImpossibleDate | undefined {
  if (core.includes('年度')) {
    const { from, to } = fiscalYear(year);
    return parts['fiscalEnd'] === undefined ? { from, to } : { from: to, to };
  }
  const writtenMonth = parts['month'] ?? parts['shortMonth'];
  if (writtenMonth === undefined) return wholeYear(year);

  const month = readNumber(writtenMonth);
  if (month === undefined) return undefined;
  const whole = wholeMonth(year, month);
  if (!whole) return { impossible: '月は1月から12月まで' };
  if (parts['end'] !== undefined) return { from: whole.to, to: whole.to };
  const part = partsOfMonth.find((it) => it.name === parts['part']);
  if (part) return part.days(year, month);

  const writtenDay = parts['day'] ?? parts['shortDay'];
  return writtenDay === undefined ? whole : theDay(year, month, readNumber(writtenDay));
}

function theDay(year: number, month: number, day: number | undefined) {
  if (day === undefined) return undefined;
  const date = civilDate(year, month, day);
  if (date !== undefined) return { from: date, to: date };
  return { impossible: `${year}年${month}月は1日から${daysInMonth(year, month)}日まで` };
}

function eraFlags(era: Era | undefined, { from, to }: DayRange): DateFlag[] {
  if (!era) return [];
  const flags: DateFlag[] = [];
  if (from > era.lastDay) flags.push('era-overrun');
  if (to < era.firstDay) flags.push('era-before-start');
  if (isLunisolar(from)) flags.push('lunisolar');
  return flags;
}
