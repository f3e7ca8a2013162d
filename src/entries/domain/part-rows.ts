import type { Possible } from '../../time/possibility.js';
import type { Numbered } from './event.js';
import type { PartSegment } from './unfold.js';
import { standing, type Counting } from './standing.js';
import { memoryOf } from './stream-memory.js';

/** What the register says of one part on a run of days `[from, to)`; ±Infinity without bound. */
export interface PartRow {
  readonly part: string;
  readonly from: number;
  readonly to: number;
  /** Every possible content; empty where nothing approved speaks of the part. */
  readonly contents: Possible<unknown>;
  /** Entries that wait for approval and would change this. */
  readonly pending: readonly string[];
}

type Segments = readonly PartSegment<unknown>[];

/** What holds of each part that an act speaks of; made when it is asked for. */
export interface Parts extends Iterable<readonly [part: string, segments: Segments]> {
  keys(): Iterable<string>;
  has(part: string): boolean;
  /** Every day once, each with a possible content; undefined for a part that no act speaks of. */
  get(part: string): Segments | undefined;
}

const NOTHING: Segments = [{ from: -Infinity, to: Infinity, contents: [] }];

/** Entries neither approved nor rejected nor fallen, in the order in which they were made. */
export function pendingEntries(events: readonly Numbered[]): readonly string[] {
  const { approved, rejected, fallen } = standing(events, 'approved');
  const entries = new Set(
    events.flatMap(({ event: { id, entry } }) =>
      entry === undefined || fallen.has(id) ? [] : [entry],
    ),
  );
  return [...entries].filter((it) => !approved.has(it) && !rejected.has(it));
}

/** What is approved, and beside it where a pending entry would change the answer (domain § 4). */
export function partRows(
  events: readonly Numbered[],
  partsOf: (counting: Counting) => Parts,
): readonly PartRow[] {
  const kept = memoryOf(events, 'rows', () => new Map<string, KeptRows>());
  const approved = partsOf('approved');
  const pending = pendingEntries(events);
  const entered = pending.length === 0 ? approved : partsOf({ asIfApproved: new Set(pending) });
  const names = [...new Set([...approved.keys(), ...entered.keys()])].sort();
  return names.flatMap((part) => {
    const segments = approved.get(part);
    // Whatever the entries that wait would say, they would say it of every day.
    if (segments === undefined) return [{ ...ever, part, contents: [], pending }];
    const other = pending.length === 0 ? segments : (entered.get(part) ?? NOTHING);
    return other === segments
      ? rowsKept(kept, part, segments)
      : rowsOf(part, segments, other, pending);
  });
}

const ever = { from: -Infinity, to: Infinity } as const;

interface KeptRows {
  readonly segments: Segments;
  readonly rows: readonly PartRow[];
}

/** Where nothing waits: the same rows as long as the segments are the same. */
function rowsKept(
  kept: Map<string, KeptRows>,
  part: string,
  segments: Segments,
): readonly PartRow[] {
  const found = kept.get(part);
  if (found?.segments === segments) return found.rows;
  const rows = segments.map((it) => ({ part, ...it, pending: [] }));
  kept.set(part, { segments, rows });
  return rows;
}

function rowsOf(
  part: string,
  approved: Segments,
  entered: Segments,
  pending: readonly string[],
): readonly PartRow[] {
  const breaks = [...new Set([...approved, ...entered].map((it) => it.from))].sort((a, b) => a - b);
  const rows: PartRow[] = [];
  breaks.forEach((from, i) => {
    const to = breaks[i + 1] ?? Infinity;
    const contents = contentsAt(approved, from);
    const changed = JSON.stringify(contents) !== JSON.stringify(contentsAt(entered, from));
    const row: PartRow = { part, from, to, contents, pending: changed ? pending : [] };
    const last = rows.at(-1);
    if (last !== undefined && sameRow(last, row)) rows[rows.length - 1] = { ...last, to };
    else rows.push(row);
  });
  return rows;
}

function contentsAt(segments: Segments, day: number): Possible<unknown> {
  return segments.find((it) => it.from <= day && (day < it.to || day === it.from))?.contents ?? [];
}

function sameRow(a: PartRow, b: PartRow): boolean {
  return (
    JSON.stringify(a.contents) === JSON.stringify(b.contents) &&
    a.pending.length === b.pending.length
  );
}
