import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { decode, type Encoding } from '../../src/facilities/list/encoding.js';
import type { Cell } from '../../src/facilities/list/cell.js';
import type { ListReport } from '../../src/facilities/list/report.js';
import {
  check,
  inCp932,
  inCurrentForm,
  library,
  olderColumns,
  published,
  recordIn,
  yaizu,
  yokohama,
} from './list-file.js';

const lists: readonly (readonly [bytes: Buffer, owner: { code: string }])[] = [
  [published('libraries'), yaizu],
  [published('sports'), yaizu],
  [inCp932(published('sports').toString('utf8').replace('\ufeff', '')), yaizu],
  [
    inCurrentForm(library(), library({ ID: 'L2', 名称: '中図書館', 説明: '一階,\n"二階"' })),
    yokohama,
  ],
];

/** A published list with some of its bytes cut out and others put in. */
const spoilt = fc
  .tuple(
    fc.constantFrom(...lists),
    fc.array(
      fc.record({
        at: fc.double({ min: 0, max: 1, noNaN: true }),
        cut: fc.nat(3),
        put: fc.oneof(
          fc.uint8Array({ maxLength: 3 }),
          fc.constantFrom(...['"', ',', '\r\n', '""', '?', '合計'].map((it) => Buffer.from(it))),
        ),
      }),
      { maxLength: 6 },
    ),
  )
  .map(([[bytes, owner], cuts]) => ({
    owner,
    bytes: cuts.reduce<Buffer>((spoiling, { at, cut, put }) => {
      const from = Math.floor(at * spoiling.length);
      return Buffer.concat([spoiling.subarray(0, from), put, spoiling.subarray(from + cut)]);
    }, bytes),
  }));

describe('whatever the bytes', () => {
  test('reading never throws, and twice is once', () => {
    const bytes = fc.oneof(
      fc.uint8Array({ maxLength: 300 }),
      spoilt.map((it) => it.bytes),
    );
    fc.assert(
      fc.property(bytes, (it) => {
        expect(check(it, yaizu)).toEqual(check(Uint8Array.from(it), yaizu));
      }),
    );
  });

  test('no row is taken by half: a record has no refusal, a refusal no record', () => {
    fc.assert(
      fc.property(spoilt, ({ bytes, owner }) => {
        const { rows, refusals, summary } = check(bytes, owner);
        for (const row of rows) {
          const severities = new Set(row.findings.map((it) => it.severity));
          expect('record' in row).toBe(!severities.has('refusal'));
          expect(row.verdict).toBe(
            severities.has('refusal')
              ? 'refused'
              : severities.has('warning')
                ? 'taken-with-warnings'
                : 'taken',
          );
        }
        expect(summary.taken + summary.refused).toBe(summary.read);
        expect(rows).toHaveLength(refusals.length > 0 ? 0 : summary.read);
      }),
    );
  });

  test('no line below the header is passed over', () => {
    fc.assert(
      fc.property(spoilt, ({ bytes, owner }) => {
        const { rows, refusals } = check(bytes, owner);
        fc.pre(refusals.length === 0);
        rows.forEach((row, i) =>
          expect(row.line).toBe((rows[i - 1]?.lastLine ?? row.line - 1) + 1),
        );
        expect(rows.at(-1)?.lastLine).toBe(linesIn(bytes));
      }),
    );
  });

  test('every cell of a record stands in the file where it says, to the letter', () => {
    fc.assert(
      fc.property(spoilt, ({ bytes, owner }) => {
        const report = check(bytes, owner);
        for (const row of report.rows) {
          if (row.verdict === 'refused') continue;
          for (const cell of Object.values(row.record)) expectToStand(cell, bytes, report);
        }
      }),
    );
  });
});

describe('whatever the cells say', () => {
  const free = [
    '名称_カナ',
    '名称_通称',
    '方書',
    '団体名',
    '利用可能曜日',
    '説明',
    '備考',
  ] as const;
  const said = fc.record(
    Object.fromEntries(
      free.map(
        (it) =>
          [it, fc.string({ unit: fc.constantFrom(...Array.from('あ髙①ｱA,"\n ～')) })] as const,
      ),
    ),
  );

  test('it is taken under the column it was written in, in either encoding and any order', () => {
    const order = fc.shuffledSubarray([...olderColumns], { minLength: olderColumns.length });
    const encodings = fc.constantFrom<Encoding>('utf-8', 'utf-8-bom', 'cp932');
    fc.assert(
      fc.property(said, order, encodings, (cells, columns, encoding) => {
        const row: Record<string, string> = {
          ...cells,
          都道府県コード又は市区町村コード: '222127',
          NO: '1',
          名称: '焼津図書館',
          住所: '静岡県焼津市三ケ名1550-2',
        };
        const quoted = (it = '') => `"${it.replaceAll('"', '""')}"`;
        const text = [columns, columns.map((it) => row[it])]
          .map((line) => `${line.map(quoted).join(',')}\n`)
          .join('');
        const bytes =
          encoding === 'cp932'
            ? inCp932(text)
            : Buffer.from(encoding === 'utf-8' ? text : `\ufeff${text}`);
        const report = check(bytes, yaizu);
        expect(report.encoding).toBe(encoding);
        const taken = Object.values(recordIn(report.rows[0])).map((it) => [it.column, it.text]);
        const written = Object.entries(row).filter(([, it]) => it.trim() !== '');
        expect(Object.fromEntries(taken)).toEqual(Object.fromEntries(written));
      }),
    );
  });
});

/** The bytes between two delimiters, on the line and in the column that the cell names. */
function expectToStand(cell: Cell, bytes: Buffer, { encoding }: ListReport): void {
  const raw = decode(bytes.subarray(cell.from, cell.to), encoding ?? 'utf-8');
  const text = raw.startsWith('"') ? raw.slice(1, -1).replaceAll('""', '"') : raw;
  expect(text).toBe(cell.text);
  expect([undefined, 0x2c, 0x0a, 0x0d]).toContain(bytes[cell.from - 1]);
  expect([undefined, 0x2c, 0x0a, 0x0d]).toContain(bytes[cell.to]);
  expect(linesIn(Buffer.concat([bytes.subarray(0, cell.from), Buffer.from('x')]))).toBe(cell.line);
}

/** Lines of a file, the last one with or without an end. */
function linesIn(bytes: Buffer): number {
  const text = bytes.toString('latin1').replaceAll('\r\n', '\n').replaceAll('\r', '\n');
  return text.replace(/\n$/, '').split('\n').length;
}
