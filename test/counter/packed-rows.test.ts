import { expect, test } from 'vitest';

import { packed, unpacked } from '../../projections/counter/packed-rows.js';
import type { SpanRow } from '../../projections/obligations/span.js';
import { certain, type Possible } from '../../src/time/possibility.js';

const stream = '35a3fdce-76c9-8bf6-ae40-cfa784c2f63e';
const row = (
  part: string,
  contents: Possible<unknown>,
  days: readonly [number, number],
  pending: readonly string[] = [],
): SpanRow => ({ stream, part, contents, pending, holds: true, from: days[0], to: days[1] });

test('rows are the same after they were packed, whatever they leave open', () => {
  const bound = certain({ state: 'bound', by: ['協定'] });
  const open: Possible<unknown> = [
    { content: { state: 'bound' }, worlds: [{ 'b:x': 'y' }] },
    { content: { state: 'notBegun' }, worlds: [{ 'b:x': 'n' }, { 'b:y': 'n' }] },
  ];
  const rows = [
    row('bond:a', bound, [-Infinity, 17_000]),
    row('bond:a', open, [17_000, 17_031]),
    row('bond:a', [{ content: null, worlds: [{ 'b:x': 'y' }] }], [17_031, Infinity], ['entry']),
    row('bond:b', bound, [-Infinity, Infinity]),
    row('bond:c', [], [0, 1]),
    row('outline', open, [-1, 0]),
  ];
  const bytes = packed(rows);
  expect(unpacked(stream, bytes)).toEqual(rows);
  // What two parties share stands there once.
  expect(bytes.toString().split('協定')).toHaveLength(2);
  expect(unpacked(stream, packed([]))).toEqual([]);
});
