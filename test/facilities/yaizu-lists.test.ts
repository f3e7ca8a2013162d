import { createHash } from 'node:crypto';

import { describe, expect, test } from 'vitest';

import { check, inCp932, published, recordIn, yaizu } from './list-file.js';

describe('the two lists of 焼津市', () => {
  test.each([
    ['libraries', 11],
    ['sports', 16],
  ] as const)('%s: all %i rows are taken as they stand', (name, count) => {
    const bytes = published(name);
    const report = check(bytes, yaizu);
    expect(report.summary).toMatchObject({
      read: count,
      taken: count,
      withWarnings: 0,
      refused: 0,
    });
    expect(report.rows.map((it) => it.line)).toEqual(
      Array.from({ length: count }, (_, i) => i + 2),
    );
    expect(report).toMatchObject({
      sha256: createHash('sha256').update(bytes).digest('hex'),
      bytes: bytes.length,
      encoding: 'utf-8-bom',
      form: 'older',
      unknownColumns: [],
      absentColumns: [],
      refusals: [],
    });
  });

  test('a cell says what stands in the file, and where: the line, the column, the bytes', () => {
    const bytes = published('libraries');
    const { name, latitude, kana, poi } = recordIn(check(bytes, yaizu).rows[0]);
    expect(name).toMatchObject({ text: '大井川図書館', line: 2, column: '名称' });
    expect(bytes.toString('utf8', name.from, name.to)).toBe('大井川図書館');
    expect(kana?.column).toBe('名称_カナ');
    expect(latitude).toMatchObject({ text: '34.80424717', value: 34.80424717 });
    expect(poi).toBeUndefined();
  });

  test('the kinds are counted as the remarks have them printed', () => {
    const { kinds } = check(published('libraries'), yaizu).summary;
    expect(kinds).toEqual([
      { by: 'note', kind: '図書館', name: null, listed: 2, taken: 2 },
      { by: 'note', kind: '公民館図書室', name: null, listed: 8, taken: 8 },
      { by: 'note', kind: '子ども館', name: null, listed: 1, taken: 1 },
    ]);
  });

  test('a stated count stands beside the own count, and their difference is shown', () => {
    const { stated } = check(
      published('libraries'),
      yaizu,
      { kind: '図書館', count: 13 },
      { kind: '公民館図書室', count: 8 },
      { kind: '美術館', count: 1 },
    ).summary;
    expect(stated).toEqual([
      { kind: '図書館', stated: 13, listed: 2, taken: 2, difference: -11 },
      { kind: '公民館図書室', stated: 8, listed: 8, taken: 8, difference: 0 },
      { kind: '美術館', stated: 1, listed: 0, taken: 0, difference: -1 },
    ]);
  });

  test.each([{ name: '焼津市' }, { name: '静岡県焼津市' }])('are of $name by name', (owner) => {
    expect(check(published('sports'), owner).summary).toMatchObject({ taken: 16, refused: 0 });
  });

  test.each(['libraries', 'sports'] as const)(
    '%s say the same in CP932, in another order of columns, with another line end',
    (name) => {
      const text = published(name).toString('utf8').replace('\ufeff', '');
      const reversed = text
        .trimEnd()
        .split('\r\n')
        .map((line) => line.split(',').toReversed().join(','))
        .join('\n');
      const said = (bytes: Buffer) =>
        check(bytes, yaizu).rows.map((row) =>
          Object.fromEntries(Object.entries(recordIn(row)).map(([field, it]) => [field, it.text])),
        );
      expect(said(inCp932(text))).toEqual(said(published(name)));
      expect(said(inCp932(reversed))).toEqual(said(published(name)));
      expect(check(inCp932(text), yaizu).encoding).toBe('cp932');
    },
  );

  test('twice is once: the same bytes give the same report', () => {
    expect(check(published('sports'), yaizu)).toEqual(check(published('sports'), yaizu));
  });
});
