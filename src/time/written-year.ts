import { type Era, eras, gregorianYear, longestEra } from './era.js';
import { kanjiDigits, kanjiNumber } from './kanji-number.js';

/** A year as it is written: with its era, or of the common one. */
export interface WrittenYear {
  readonly year: number;
  readonly era?: Era;
}

const names = eras.map((it) => `${it.name}|${it.name.charAt(0)}|${it.letter}`).join('|');
const kanji = `[${kanjiDigits}]+`;

/** A number of at most two digits, for months and days. */
export const smallNumber = `(?:\\d{1,2}|${kanji})`;

/** 平成29, 平29, H29, 令和元, 平成二十九, 2017, 西暦2017, 二〇一七; without the 年 behind it. */
export const writtenYear = `(?:(?:${names})(?:元|\\d{1,3}|${kanji})|(?:西暦)?(?:\\d{4}|${kanji}))`;

const withEra = new RegExp(`^(${names})(.+)$`, 'i');

/** Reads what `writtenYear` matches. Undefined for a number that is none, or too small to be a year. */
export function readYear(written: string): WrittenYear | undefined {
  const [, name, count] = withEra.exec(written) ?? [];
  if (name === undefined || count === undefined) {
    const year = readNumber(written.replace('西暦', ''));
    // 四年 alone is a year of an era that was left out.
    return year === undefined || (year < 1000 && !/^\d{4}$/.test(written)) ? undefined : { year };
  }
  const era = eras.find((it) => it.name.startsWith(name) || it.letter === name.toUpperCase());
  const year = count === '元' ? 1 : readNumber(count);
  if (!era || year === undefined || year > longestEra) return undefined;
  return { year: gregorianYear({ era, year }), era };
}

/** A number in half-width digits or in 漢数字. */
export function readNumber(written: string): number | undefined {
  return /^\d+$/.test(written) ? Number(written) : kanjiNumber(written);
}
