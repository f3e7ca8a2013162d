import type { PartRow } from '../src/entries/domain/part-rows.js';
import { sameItems } from '../src/entries/domain/stream-memory.js';
import { certain, type Possible } from '../src/time/possibility.js';
import type { RecordRow } from './record-row.js';

/** What each of several parts says on one run of days. */
interface Merged {
  readonly parts: Readonly<
    Record<string, { readonly contents: Possible<unknown>; readonly pending: readonly string[] }>
  >;
}

/**
 * Several parts of one stream as one series of rows, a row for each run of days on which none of them
 * changes: what is always read together is one row to read. `apart` gives them back.
 */
export function mergedParts(name: string, rows: readonly PartRow[]): readonly PartRow[] {
  const [first] = rows;
  if (first === undefined) return [];
  const found = lastMerged.get(first);
  if (found?.name === name && sameItems(found.rows, rows)) return found.made;
  const made = merged(name, rows);
  lastMerged.set(first, { name, rows, made });
  return made;
}

/** By the first row: what was merged last of it, which is the same while all its rows are. */
const lastMerged = new WeakMap<
  PartRow,
  { readonly name: string; readonly rows: readonly PartRow[]; readonly made: readonly PartRow[] }
>();

function merged(name: string, rows: readonly PartRow[]): readonly PartRow[] {
  const breaks = [...new Set(rows.map((it) => it.from))].sort((a, b) => a - b);
  return breaks.map((from, i) => {
    const to = breaks[i + 1] ?? Infinity;
    const holding = rows.filter((it) => it.from <= from && to <= it.to);
    const parts: Merged['parts'] = Object.fromEntries(
      holding.map(({ part, contents, pending }) => [part, { contents, pending }]),
    );
    const pending = [...new Set(holding.flatMap((it) => it.pending))];
    return { part: name, from, to, contents: certain({ parts } satisfies Merged), pending };
  });
}

/** The parts of a merged row, each as a row of its own; any other row as it is. */
export function apart(row: RecordRow): readonly RecordRow[] {
  const [only] = row.contents;
  const merged = only?.content as Partial<Merged> | null | undefined;
  if (row.contents.length !== 1 || merged?.parts === undefined) return [row];
  return Object.entries(merged.parts).map(([part, { contents, pending }]) => ({
    ...row,
    part,
    contents,
    pending,
  }));
}

/**
 * The parts of one day, each by itself, of rows that are or were merged. A merged row of another day came
 * along for the agreement's name: of it the outline alone is kept.
 */
export function apartOnDay<Row extends RecordRow>(rows: readonly Row[]): readonly Row[] {
  const parts = rows.flatMap((it) => apart(it) as readonly Row[]);
  return parts.filter((it) => it.holds || it.part === 'outline');
}
