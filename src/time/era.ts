import { type CivilDate, dayNumber, isoYear, ymdOf } from './civil-date.js';

export interface Era {
  readonly name: '明治' | '大正' | '昭和' | '平成' | '令和';
  /** The letter people type: H29.2.7. */
  readonly letter: 'M' | 'T' | 'S' | 'H' | 'R';
  readonly firstDay: CivilDate;
  readonly lastDay: number;
  /** The year that is 元年. */
  readonly firstYear: number;
}

/**
 * 明治 begins on the day that the edict (明治改元の詔) carries it back to, 慶応4年1月1日 = 1868-01-25.
 * Japan kept a lunisolar calendar up to 明治5年12月2日 (明治5年太政官布告337号); the register counts
 * those years in the Gregorian calendar too, so that every day has one name, and `isLunisolar`
 * tells where a paper of the time may mean another day.
 */
export const eras: readonly Era[] = [
  era('明治', 'M', dayNumber(1868, 1, 25), dayNumber(1912, 7, 29)),
  era('大正', 'T', dayNumber(1912, 7, 30), dayNumber(1926, 12, 24)),
  era('昭和', 'S', dayNumber(1926, 12, 25), dayNumber(1989, 1, 7)),
  era('平成', 'H', dayNumber(1989, 1, 8), dayNumber(2019, 4, 30)),
  era('令和', 'R', dayNumber(2019, 5, 1), Infinity),
];

const firstGregorianDay = dayNumber(1873, 1, 1);

export interface EraYear {
  readonly era: Era;
  /** From 1 (元年). */
  readonly year: number;
}

/** An era's years have three digits at most; H2017 is a slip for 2017, not the year 4005. */
export const longestEra = 999;

/** The era of a day and its year there; undefined before 明治 and beyond the longest era. */
export function eraYearOf(date: CivilDate): EraYear | undefined {
  const era = eras.find((it) => date >= it.firstDay && date <= it.lastDay);
  const year = era && ymdOf(date).year - era.firstYear + 1;
  return era && year !== undefined && year <= longestEra ? { era, year } : undefined;
}

/** The Gregorian year; an era is counted on past its end, as papers printed before it do. */
export function gregorianYear({ era, year }: EraYear): number {
  return era.firstYear + year - 1;
}

/** Whether Japan still had the lunisolar calendar on the day. */
export function isLunisolar(date: number): boolean {
  return date < firstGregorianDay;
}

/** 平成29年2月7日; 元年 for a first year; 1867年12月31日 before 明治. */
export function wareki(date: CivilDate): string {
  const { month, day } = ymdOf(date);
  return `${warekiYear(date)}${month}月${day}日`;
}

/** The year of a day as its era counts it: 平成29年. */
export function warekiYear(date: CivilDate): string {
  const found = eraYearOf(date);
  return found ? `${eraYearText(found)}年` : `${isoYear(ymdOf(date).year)}年`;
}

/** 平成29, 令和元. */
export function eraYearText({ era, year }: EraYear): string {
  return `${era.name}${year === 1 ? '元' : year}`;
}

function era(name: Era['name'], letter: Era['letter'], firstDay: CivilDate, lastDay: number): Era {
  return { name, letter, firstDay, lastDay, firstYear: ymdOf(firstDay).year };
}
