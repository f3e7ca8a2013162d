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
  /** Of a claim: whether the agreement that makes it is disclosed, at the head. */
  readonly disclosed?: boolean | null;
}

/** What a question needs of both ledgers. */
export interface RecordRows {
  readonly agreements: readonly RecordRow[];
  readonly parties: readonly RecordRow[];
}

/** In one order, whatever the order in which they were read: the same question has one answer. */
export function byStream(rows: readonly RecordRow[]): ReadonlyMap<string, readonly RecordRow[]> {
  const found = new Map<string, RecordRow[]>();
  for (const row of rows.toSorted(inOrder)) {
    const mine = found.get(row.stream);
    if (mine === undefined) found.set(row.stream, [row]);
    else mine.push(row);
  }
  return found;
}

export function inOrder(a: RecordRow, b: RecordRow): number {
  if (a.stream !== b.stream) return a.stream < b.stream ? -1 : 1;
  if (a.part !== b.part) return a.part < b.part ? -1 : 1;
  if (a.holds !== b.holds) return a.holds ? -1 : 1;
  return JSON.stringify(a.contents) < JSON.stringify(b.contents) ? -1 : 1;
}

/** What follows the first colon of a part: the party of a bond, the field of a coverage. */
export function subjectOf(part: string): string {
  return part.slice(part.indexOf(':') + 1);
}

/** A row and whose record it is of. */
export type RowOf = RecordRow & { readonly of: 'agreement' | 'party' };

/** The rows of one statement, apart by whose record they are of. */
export function byRecord(rows: readonly RowOf[]): RecordRows {
  return {
    agreements: rows.filter((it) => it.of === 'agreement'),
    parties: rows.filter((it) => it.of === 'party'),
  };
}
