import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { type CivilDate, isoDay, ymdOf } from '../../src/time/civil-date.js';
import { parseEdtf } from '../../src/time/day-range.js';
import { eraYearOf, wareki } from '../../src/time/era.js';
import { readDate } from '../../src/time/read-date.js';
import { weekdayOf } from '../../src/time/weekday.js';
import { anyDayOf, day, everyDay, firstOfMeiji, last } from './days.js';
import { multiplicative, positional } from './kanji-writing.js';

const wide = (text: string) =>
  text.replace(/[!-~]/g, (it) => String.fromCharCode(it.charCodeAt(0) + 0xfee0));

/** Every form in which the day may be written out with its era. */
function eraForms(date: CivilDate): string[] {
  const { month, day } = ymdOf(date);
  const found = eraYearOf(date);
  if (!found) throw new Error(`no era on ${isoDay(date)}`);
  const { era, year } = found;
  const plain = `${era.name}${year}年${month}月${day}日`;
  const short = `${era.letter}${year}.${month}.${day}`;
  const [y, m, d] = [year, month, day].map(multiplicative);
  const [py, pm, pd] = [year, month, day].map(positional);
  return [
    wareki(date),
    plain,
    wide(plain),
    `${era.name} ${year} 年 ${month} 月 ${day} 日`,
    `${plain}（${weekdayOf(date)}）`,
    `${era.name}${y}年${m}月${d}日`,
    `${era.name}${py}年${pm}月${pd}日`,
    short,
    short.toLowerCase(),
    wide(short),
    short.replaceAll('.', '/'),
    `${era.letter}${String(year).padStart(2, '0')}-${isoDay(date).slice(5)}`,
    `${era.name.charAt(0)}${year === 1 ? '元' : year}.${month}.${day}`,
  ];
}

function commonForms(date: CivilDate): string[] {
  const { year, month, day } = ymdOf(date);
  return [
    isoDay(date),
    isoDay(date).replaceAll('-', ''),
    `${year}/${month}/${day}`,
    `${year}年${month}月${day}日`,
    wide(isoDay(date)),
    `${positional(year)}年${multiplicative(month)}月${multiplicative(day)}日`,
    `${multiplicative(year)}年${multiplicative(month)}月${multiplicative(day)}日`,
  ];
}

function expectRead(form: string, date: CivilDate): void {
  const read = readDate(form);
  const odd = read.ok && read.flags.some((it) => it !== 'lunisolar');
  if (!read.ok || odd || !('edtf' in read.date) || read.date.edtf !== isoDay(date)) {
    expect.fail(`${form} is ${isoDay(date)}, read as ${JSON.stringify(read)}`);
  }
  if (form !== isoDay(date) && read.date.text !== form) expect.fail(`${form}: text lost`);
}

describe('every day', () => {
  test('of 1868 to 2200 reads back from its 和暦', () => {
    for (const date of everyDay()) expectRead(wareki(date), date);
  });

  test('reads back from every form, with and without its era', () => {
    fc.assert(
      fc.property(anyDayOf(firstOfMeiji, last), (date) => {
        for (const form of [...eraForms(date), ...commonForms(date)]) expectRead(form, date);
      }),
      { numRuns: 1500 },
    );
  });

  test('on both sides of a change of era reads back from every form', () => {
    const changes = [day(1912, 7, 30), day(1926, 12, 25), day(1989, 1, 8), day(2019, 5, 1)];
    for (const change of changes) {
      for (const date of everyDay((change - 400) as CivilDate, (change + 400) as CivilDate)) {
        for (const form of eraForms(date)) expectRead(form, date);
      }
    }
  });

  test('beside any other weekday is flagged and stays the same day', () => {
    fc.assert(
      fc.property(
        anyDayOf(day(1873, 1, 1), last),
        fc.constantFrom(...Array.from('日月火水木金土')),
        (date, it) => {
          const flags = it === weekdayOf(date) ? [] : ['weekday-wrong'];
          expect(readDate(`${isoDay(date)}(${it})`)).toMatchObject({
            date: { edtf: isoDay(date) },
            flags,
          });
        },
      ),
    );
  });
});

describe('any text at all', () => {
  const morsels = Array.from('H昭元年月日末火[]()/-. 廿〇').concat(
    '平成',
    '令和',
    '年度',
    '上旬',
    '以前',
    'から',
    'までのいずれかの日',
    '..',
    '二十',
  );
  const morsel = fc.oneof(fc.constantFrom(...morsels), fc.nat(9999).map(String));
  const text = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 150 }),
    fc.string({ unit: 'grapheme' }),
    fc.array(fc.nat(0xffff)).map((codes) => String.fromCharCode(...codes)),
    fc.array(morsel, { maxLength: 12 }).map((it) => it.join('')),
  );

  test('is a date that the register can hold, or refused with a reason; nothing is thrown', () => {
    fc.assert(
      fc.property(text, fc.boolean(), (text, printed) => {
        const read = readDate(text, { printed });
        if (!read.ok) {
          expect(read.expected).not.toBe('');
          expect(read.code).toMatch(/^date\/[a-z]+$/);
        } else if ('edtf' in read.date) {
          expect(parseEdtf(read.date.edtf)).toBeDefined();
          expect(read.date.text ?? read.date.edtf).toBe(text);
        } else {
          expect(read.date.text ?? read.date.tag).toBe(text);
        }
      }),
      { numRuns: 20_000 },
    );
  });
});
