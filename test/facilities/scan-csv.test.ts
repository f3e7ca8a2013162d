import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { scanCsv, unquoted } from '../../src/facilities/list/scan-csv.js';
import { check, codesOf, inOlderForm, olderLibrary, recordIn, yaizu } from './list-file.js';

function cellsIn(text: string): readonly (readonly string[])[] {
  const bytes = Buffer.from(text);
  return Array.from(scanCsv(bytes, 0), ({ cells }) =>
    cells.map(({ from, to }) => unquoted(bytes.toString('utf8', from, to))),
  );
}

describe('cells and rows as RFC 4180 has them', () => {
  test.each([
    ['', []],
    ['a', [['a']]],
    [
      'a,b\r\nc,d\r\n',
      [
        ['a', 'b'],
        ['c', 'd'],
      ],
    ],
    [
      'a,b\nc,d',
      [
        ['a', 'b'],
        ['c', 'd'],
      ],
    ],
    ['a\rb\r', [['a'], ['b']]],
    ['a,', [['a', '']]],
    [',\r\n', [['', '']]],
    ['a\n\nb', [['a'], [''], ['b']]],
    ['"a,b","c\r\nd","e""f",""', [['a,b', 'c\r\nd', 'e"f', '']]],
    ['""""', [['"']]],
  ])('%j', (text, rows) => {
    expect(cellsIn(text)).toEqual(rows);
  });

  test('any cells are found again, however they were quoted and their lines ended', () => {
    const cell = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.string({ unit: fc.constantFrom('"', ',', '\r', '\n', 'あ') }),
    );
    const row = fc.array(fc.tuple(cell, fc.boolean()), { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(fc.array(row), fc.constantFrom('\r\n', '\n', '\r'), (rows, lineEnd) => {
        const text = rows
          .map((cells) =>
            cells.map(([it, quote]) =>
              quote || /[",\r\n]/.test(it) ? `"${it.replaceAll('"', '""')}"` : it,
            ),
          )
          .map((cells) => cells.join(',') + lineEnd)
          .join('');
        expect(cellsIn(text)).toEqual(rows.map((cells) => cells.map(([it]) => it)));
      }),
    );
  });
});

describe('a row on several lines', () => {
  test('says from which to which, and each of its cells where it begins', () => {
    const [, second, third] = scanCsv(Buffer.from('h\r\n"a\r\nb\rc\nd",e\r\nf'), 0);
    expect([second?.line, second?.lastLine, third?.line]).toEqual([2, 5, 6]);
    expect(second?.cells.map((it) => it.line)).toEqual([2, 5]);
  });

  test('is taken with its line ends in it', () => {
    const report = check(inOlderForm(olderLibrary({ 説明: '一階\r\n二階' })), yaizu);
    expect(report.rows[0]).toMatchObject({ line: 2, lastLine: 3 });
    expect(recordIn(report.rows[0]).description?.text).toBe('一階\r\n二階');
  });
});

describe('a misplaced quote', () => {
  const twoRows = inOlderForm(olderLibrary(), olderLibrary({ NO: '2', 名称: '大井川図書館' }));
  const spoilt = (name: string) =>
    check(Buffer.from(twoRows.toString('utf8').replace('焼津図書館', name)), yaizu).rows;

  test.each([
    ['within a cell', '焼津"図書館"'],
    ['before more text', '"焼津"図書館'],
    ['that nothing closes', '"焼津図書館'],
  ])('%s refuses its row and leaves the next', (_, name) => {
    const rows = spoilt(name);
    expect(rows.map((it) => it.verdict)).toEqual(['refused', 'taken']);
    expect(rows[1]?.line).toBe(3);
  });

  test('is named with its column', () => {
    expect(spoilt('焼津"図書館"')[0]?.findings).toMatchObject([
      { code: 'cell/quotation', column: '名称', read: '焼津"図書館"' },
    ]);
    expect(codesOf(spoilt('"焼津図書館')[0] ?? { findings: [] })).toEqual([
      'row/too-few-cells',
      'cell/quotation',
    ]);
  });

  test('that nothing closes is found in the last cell of the last row too', () => {
    const [row] = check(inOlderForm(olderLibrary({ 備考: '図書館' })), yaizu).rows;
    expect(row?.verdict).toBe('taken');
    const bytes = inOlderForm(olderLibrary({ 備考: 'X' })).toString('utf8');
    const [open] = check(Buffer.from(bytes.replace('X\r\n', '"図書館')), yaizu).rows;
    expect(open?.findings).toMatchObject([{ code: 'cell/quotation', column: '備考' }]);
  });

  test('in every row costs no more than reading them', () => {
    const many = Buffer.from('"a\n'.repeat(400_000));
    expect([...scanCsv(many, 0)].at(-1)?.lastLine).toBe(400_000);
  });
});
