import { expect, test } from 'vitest';

import { parsePostmaster } from '../../src/postgres/postmaster-file.js';

const lines = [
  '4964',
  '/data/postgres',
  '1795358715',
  '54999',
  '',
  '127.0.0.1',
  ' 11706381        12',
];

test.each(['ready', 'starting', 'stopping'])('a server that is %s says so', (state) => {
  expect(parsePostmaster(`${[...lines, `${state}   `].join('\n')}\n`)).toEqual({
    pid: 4964,
    directory: '/data/postgres',
    since: 1_795_358_715,
    port: 54_999,
    state,
  });
});

test('a file that is not written to its end is that of a server which is not ready', () => {
  expect(parsePostmaster(`${lines.slice(0, 4).join('\n')}\n`)).toMatchObject({
    pid: 4964,
    port: 54_999,
    state: 'unknown',
  });
});

test.each(['', '\n', 'not a pid\n'])('%j names no server', (text) => {
  expect(parsePostmaster(text)).toBeUndefined();
});
