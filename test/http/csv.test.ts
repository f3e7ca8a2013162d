import * as fc from 'fast-check';
import { expect, test } from 'vitest';

import { wantsCsv } from '../../src/http/queries/answer-format.js';
import { csv } from '../../src/http/queries/csv.js';

/** A plain reader of RFC 4180, to read back what was written. */
function read(text: string): string[][] {
  const rows: string[][] = [];
  let rest = text.slice(1);
  while (rest !== '') {
    const row: string[] = [];
    for (;;) {
      const cell = /^(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/.exec(rest);
      if (cell === null) throw new Error(`no cell at ${JSON.stringify(rest)}`);
      row.push(cell[1]?.replaceAll('""', '"') ?? cell[2] ?? '');
      rest = rest.slice(cell[0].length);
      if (cell[3] === '\r\n') break;
    }
    rows.push(row);
  }
  return rows;
}

const harmless = (text: string) => text.replace(/^'/, '');

test('whatever stands in a cell comes back, in its row and column', () => {
  const cell = fc.oneof(
    fc.string(),
    fc.string({ unit: 'binary' }),
    fc.constantFrom('"', ',', '\r\n'),
  );
  fc.assert(
    fc.property(fc.array(fc.tuple(cell, cell), { maxLength: 4 }), (rows) => {
      const back = read(csv(['a', 'b'], rows));
      expect(back[0]).toEqual(['a', 'b']);
      expect(back.slice(1).map((row) => row.map(harmless))).toEqual(
        rows.map((row) => row.map(harmless)),
      );
    }),
  );
});

test('no cell begins as a formula does, whatever stands before the sign', () => {
  const sign = fc.constantFrom(
    '=',
    '+',
    '-',
    '@',
    '＝',
    '＋',
    '－',
    '＠',
    '\t',
    '\r',
    '\n',
    '|',
    '%',
  );
  const before = fc.constantFrom('', ' ', '\u3000', '\t');
  fc.assert(
    fc.property(before, sign, fc.string(), (space, first, text) => {
      const [, row] = read(csv(['a'], [[`${space}${first}${text}`]]));
      expect(row?.[0]?.[0]).toBe("'");
    }),
  );
});

test('a number stays a number, below zero too, and nothing is an empty cell', () => {
  expect(csv(['a', 'b', 'c'], [[-1, null, undefined]])).toBe('\u{feff}a,b,c\r\n-1,,\r\n');
});

test.each([
  [undefined, undefined, false],
  ['text/csv', undefined, true],
  ['*/*', undefined, false],
  ['text/*', undefined, true],
  ['text/html, */*;q=0.8', undefined, false],
  ['application/json, text/csv', undefined, false],
  ['application/json;q=0.2, text/csv;q=0.9', undefined, true],
  ['text/csv;q=nonsense', undefined, false],
  ['text/csv;q=0', undefined, false],
  ['text/csv', 'json', false],
  ['application/json', 'csv', true],
] as const)('Accept: %s with format=%s', (accept, format, expected) => {
  const request = { headers: accept === undefined ? {} : { accept } };
  expect(wantsCsv(request, format)).toBe(expected);
});
