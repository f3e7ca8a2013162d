import type { SpanRow } from './obligations/span.js';

/** The rows as they stand on a day: each says whether it holds then. */
export function asOfDay(rows: readonly SpanRow[], day: number): readonly SpanRow[] {
  return rows.map((row) => ({ ...row, holds: row.from <= day && day < row.to }));
}

/** The days after one day on which any of the rows begins or ends, in order. */
export function breaksAfter(rows: readonly SpanRow[], day: number): readonly number[] {
  const days = new Set<number>();
  for (const { from, to } of rows) {
    if (from > day && from !== Infinity) days.add(from);
    if (to > day && to !== Infinity) days.add(to);
  }
  return [...days].sort((a, b) => a - b);
}
