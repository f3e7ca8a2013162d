import { expect, test } from 'vitest';

import { apart, mergedParts } from '../../projections/merged-parts.js';
import type { PartRow } from '../../src/entries/domain/part-rows.js';
import { certain } from '../../src/time/possibility.js';

const row = (part: string, from: number, to: number, content: unknown): PartRow => ({
  part,
  from,
  to,
  contents: certain(content),
  pending: [],
});

test('parts that change on different days become one series, and come apart again as they were', () => {
  const parts = [
    row('topology', -Infinity, Infinity, { rest: 'unknown' }),
    row('outline', -Infinity, 10, { title: '前' }),
    row('outline', 10, Infinity, { title: '後' }),
  ];

  const merged = mergedParts('core', parts);

  expect(merged.map(({ from, to }) => [from, to])).toEqual([
    [-Infinity, 10],
    [10, Infinity],
  ]);
  const shown = merged.map((it) => apart({ ...it, stream: 's', holds: true }));
  expect(
    shown.map((rows) => rows.map(({ part, contents }) => [part, contents[0]?.content])),
  ).toEqual([
    [
      ['topology', { rest: 'unknown' }],
      ['outline', { title: '前' }],
    ],
    [
      ['topology', { rest: 'unknown' }],
      ['outline', { title: '後' }],
    ],
  ]);
});

test('a part that pending entries would change keeps which they are', () => {
  const merged = mergedParts('core', [
    { ...row('outline', -Infinity, Infinity, {}), pending: ['a'] },
    row('topology', -Infinity, Infinity, {}),
  ]);

  const rows = merged.flatMap((it) => apart({ ...it, stream: 's', holds: true }));

  expect(rows.map(({ part, pending }) => [part, pending])).toEqual([
    ['outline', ['a']],
    ['topology', []],
  ]);
});

test('a row that was never merged stays as it is', () => {
  const bond = { ...row('bond:x', 0, 1, { state: 'bound' }), stream: 's', holds: true };
  expect(apart(bond)).toEqual([bond]);
});
