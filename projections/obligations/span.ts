import type { Possible } from '../../src/time/possibility.js';
import { type Segments, segmentsFrom } from '../../src/time/segments.js';
import type { RecordRow } from '../record-row.js';

/** A row as the register knows it at some n, with the days `[from, to)` on which it holds. */
export interface SpanRow extends RecordRow {
  readonly from: number;
  readonly to: number;
}

/** What a part may be on a run of days. */
export interface Spoken {
  readonly contents: Possible<unknown>;
  readonly pending: readonly string[];
}

const SILENT: Spoken = { contents: [], pending: [] };

/** A part's rows, day by day; a day on which no row holds says nothing. */
export function spoken(rows: readonly SpanRow[]): Segments<Spoken> {
  return segmentsFrom(
    rows.flatMap((it) => [it.from, it.to]),
    (day): Spoken => rows.find((it) => it.from <= day && day < it.to) ?? SILENT,
    (a, b) => a === b,
  );
}

/** Rows by what they are of: a part of a stream. */
export function byPart(rows: readonly SpanRow[]): ReadonlyMap<string, readonly SpanRow[]> {
  const found = new Map<string, SpanRow[]>();
  for (const row of rows) {
    const key = keyOf(row.stream, row.part);
    const mine = found.get(key);
    if (mine === undefined) found.set(key, [row]);
    else mine.push(row);
  }
  return found;
}

export function keyOf(stream: string, part: string): string {
  return `${stream} ${part}`;
}
