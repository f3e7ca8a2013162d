import { expect, test } from 'vitest';

import { interpolate } from './interpolation.js';

const environment = { NAME: 'v', EMPTY: '' };

test.each([
  ['${NAME}', 'v'],
  ['a$NAME.b', 'av.b'],
  ['$$NAME ${NAME}$$', '$NAME v$'],
  ['${NONE:-d}', 'd'],
  ['${EMPTY:-d}|${EMPTY-d}', 'd|'],
  ['${NAME:-d}', 'v'],
  ['${NONE:-${NAME:-x}}y', 'vy'],
  ['${NAME:+instead}|${NONE:+instead}', 'instead|'],
  ['${NAME:?message}', 'v'],
])('%s becomes %s', (text, expected) => {
  expect(interpolate(text, environment).text).toBe(expected);
});

test('a required variable is missed with its message, one without a default is careless', () => {
  expect(interpolate('${NONE:?set it} ${EMPTY:?too} ${EMPTY?not}', environment).missing).toEqual([
    'NONE: set it',
    'EMPTY: too',
  ]);
  expect(interpolate('${NONE} $OTHER ${NONE:-d}', environment).careless).toEqual(['NONE', 'OTHER']);
});

test.each(['${NAME', '${NAME:-d', '$', 'a $ b', '${}', '${1}'])('%s is no text for it', (text) => {
  expect(() => interpolate(text, environment)).toThrow(SyntaxError);
});
