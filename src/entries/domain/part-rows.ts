import type { Possible } from '../../time/possibility.js';
import type { Numbered } from './event.js';
import type { PartSegment } from './unfold.js';
import { standing, type Counting } from './standing.js';
import { memoryOf, sameItems } from './stream-memory.js';

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

/**
 * Entries neither approved nor rejected nor fallen, in the order in which they were made; the same
 * list while they are the same.
 */
export function pendingEntries(events: readonly Numbered[]): readonly string[] {
  const { approved, rejected, fallen } = standing(events, 'approved');
  const entries = new Set<string>();
  for (const { event } of events) {
    const { id, entry } = event;
    if (entry === undefined || approved.has(entry) || rejected.has(entry)) continue;
    if (!fallen.has(id)) entries.add(entry);
  }
  const pending = [...entries];
  const last = memoryOf(events, 'pending', () => ({ pending }));
  if (!sameItems(last.pending, pending)) last.pending = pending;
  return last.pending;
}

/** What is approved, and beside it where a pending entry would change the answer (domain § 4). */
export function partRows(
  events: readonly Numbered[],
  partsOf: (counting: Counting) => Parts,
): readonly PartRow[] {
  const approved = partsOf('approved');
  const pending = pendingEntries(events);
  const entered = pending.length === 0 ? approved : partsOf({ asIfApproved: new Set(pending) });
  const names = [...new Set([...approved.keys(), ...entered.keys()])].sort();
  const kept = memoryOf(events, 'rows', (): KeptRows => new Map());
  return names.flatMap((part) => {
    const segments = approved.get(part);
    // Whatever the entries that wait would say, they would say it of every day.
    const other = segments && pending.length > 0 ? (entered.get(part) ?? NOTHING) : segments;
    return keptRows(kept, part, { segments, other, pending }, () => {
      if (segments === undefined) return [{ ...ever, part, contents: [], pending }];
      if (other === segments) return segments.map((it) => ({ part, ...it, pending: [] }));
      return rowsOf(part, segments, other ?? NOTHING, pending);
    });
  });
}

const ever = { from: -Infinity, to: Infinity } as const;

/** All that the rows of a part are made of. */
interface MadeOf {
  readonly segments: Segments | undefined;
  readonly other: Segments | undefined;
  readonly pending: readonly string[];
}

type KeptRows = Map<string, MadeOf & { readonly rows: readonly PartRow[] }>;

/** The same rows, not only equal ones, as long as they are made of the same. */
function keptRows(
  kept: KeptRows,
  part: string,
  of: MadeOf,
  make: () => readonly PartRow[],
): readonly PartRow[] {
  const { segments, other, pending } = of;
  const found = kept.get(part);
  const same = found?.segments === segments && found?.other === other;
  const waits = segments === undefined || segments !== other;
  if (found !== undefined && same && (!waits || found.pending === pending)) return found.rows;
  const rows = make();
  kept.set(part, { ...of, rows });
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
    const changed = !sameContents(contents, contentsAt(entered, from));
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
  return a.pending.length === b.pending.length && sameContents(a.contents, b.contents);
}

function sameContents(a: Possible<unknown>, b: Possible<unknown>): boolean {
  return a === b || JSON.stringify(a) === JSON.stringify(b);
}
