import type { Possible } from '../src/time/possibility.js';

/** A row at (day, n), as the queries read it. */
export interface RecordRow {
  /** Id of what the stream is about. */
  readonly stream: string;
  readonly part: string;
  /** Whether it holds on the day asked for; outlines of other days come along for their names. */
  readonly holds: boolean;
  readonly contents: Possible<unknown>;
  readonly pending: readonly string[];
}

/** What a question needs of both ledgers. */
export interface RecordRows {
  readonly agreements: readonly RecordRow[];
  readonly parties: readonly RecordRow[];
}

export function byStream(rows: readonly RecordRow[]): ReadonlyMap<string, readonly RecordRow[]> {
  const found = new Map<string, RecordRow[]>();
  for (const row of rows) {
    const mine = found.get(row.stream);
    if (mine === undefined) found.set(row.stream, [row]);
    else mine.push(row);
  }
  return found;
}

/** What follows the first colon of a part: the party of a bond, the field of a coverage. */
export function subjectOf(part: string): string {
  return part.slice(part.indexOf(':') + 1);
}
