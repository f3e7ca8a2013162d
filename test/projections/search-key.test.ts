import { assert, property, string } from 'fast-check';
import { expect, test } from 'vitest';

import { gramsOf, gramsSought, normalised } from '../../projections/search-key.js';

const found = (text: string, search: string) => {
  const grams = new Set(gramsOf([text]));
  return gramsSought(search).every((it) => grams.has(it));
};

test.each([
  ['髙橋', '高橋'],
  ['﨑', '崎'],
  ['霞ヶ関', '霞ケ関'],
  ['Ａ−１', 'a-1'],
  ['A‐1', 'A–1'],
  ['ﾖｺﾊﾏ', 'よこはま'],
  ['横 浜　市', '横浜市'],
])('%s and %s are found by the same words', (one, other) => {
  expect(normalised(one)).toBe(normalised(other));
});

test('one character, or the end of one word and the beginning of another', () => {
  expect(found('図書館の相互利用', '館')).toBe(true);
  expect(found('図書館の相互利用', '相互利用')).toBe(true);
  expect(found('図書館の相互利用', '互相')).toBe(false);
  expect(gramsOf(['図書', '館'])).not.toContain('書館');
});

test('every part of a text finds it, whatever it is made of', () => {
  assert(
    property(string({ unit: 'grapheme' }), string({ unit: 'grapheme' }), (before, after) => {
      const text = `${before}図書館${after}`;
      expect(found(text, '図書館')).toBe(true);
    }),
  );
});
