import { describe, expect, test } from 'vitest';

import { readDecimal, readPresence, readTime } from '../../src/facilities/list/readings.js';

describe('a time of day', () => {
  test.each([
    ['9:00', 540],
    ['09:00', 540],
    ['9:00:00', 540],
    ['９：３０', 570],
    ['9時', 540],
    ['9時5分', 545],
    ['9時半', 570],
    ['午前9時', 540],
    ['午後 5時30分', 1050],
    ['午後9:15', 1275],
    ['0:00', 0],
    ['24:00', 1440],
  ])('%s is minute %i', (text, minute) => {
    expect(readTime(text)).toBe(minute);
  });

  test.each(['', '9', '9:0', '9:60', '24:01', '25:00', '午後12時', '9:00~17:00', '0.375', '随時'])(
    '%j is none',
    (text) => expect(readTime(text)).toBeUndefined(),
  );
});

test.each([
  ['35.4437', 35.4437],
  ['３５．４４', 35.44],
  [' 139 ', 139],
  ['-0.5', -0.5],
])('the number %s is %d', (text, number) => {
  expect(readDecimal(text)).toBe(number);
});

test.each(['', '35,4437', '35.', '.5', '1e2', '35°26′', 'NaN', '0x10'])(
  '%j is no number',
  (text) => {
    expect(readDecimal(text)).toBeUndefined();
  },
);

test('有 and 可 are a yes, 無 and 不可 a no, anything else neither', () => {
  expect(['有', '可', '無', '不可', '○', '1', 'あり'].map(readPresence)).toEqual([
    true,
    true,
    false,
    false,
    undefined,
    undefined,
    undefined,
  ]);
});
