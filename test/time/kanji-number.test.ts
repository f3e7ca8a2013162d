import * as fc from 'fast-check';
import { expect, test } from 'vitest';

import { kanjiNumber } from '../../src/time/kanji-number.js';
import { multiplicative, positional } from './kanji-writing.js';

test.each([
  ['二〇一七', 2017],
  ['二○一七', 2017],
  ['二十三', 23],
  ['廿三', 23],
  ['廿', 20],
  ['卅一', 31],
  ['百二十', 120],
  ['千九百八十九', 1989],
  ['二千十七', 2017],
  ['一十', 10],
  ['弐拾参', 23],
  ['十', 10],
  ['〇', 0],
  ['二三', 23],
])('%s is %d', (written, number) => expect(kanjiNumber(written)).toBe(number));

test.each([
  '',
  '元',
  '十十',
  '十百',
  '二廿',
  '廿十',
  '三二十',
  '二十〇',
  '12',
  '二3',
  '二〇一七五',
])('%j is no number', (written) => expect(kanjiNumber(written)).toBeUndefined());

test('every number to 9999 reads back from both ways of writing', () => {
  for (let number = 0; number <= 9999; number++) {
    if (kanjiNumber(positional(number)) !== number) expect.fail(positional(number));
    if (kanjiNumber(multiplicative(number)) !== number) expect.fail(multiplicative(number));
  }
});

test('any heap of such characters is a number to 9999, or none', () => {
  const heap = fc.string({ unit: fc.constantFrom(...Array.from('〇一二三九十百千廿卅拾弐元a')) });
  fc.assert(
    fc.property(heap, (written) => {
      const number = kanjiNumber(written) ?? 0;
      expect(Number.isInteger(number) && number >= 0 && number <= 9999).toBe(true);
    }),
    { numRuns: 3000 },
  );
});
