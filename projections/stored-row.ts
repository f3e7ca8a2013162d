import type { PartRow } from '../src/entries/domain/part-rows.js';
import { type CivilDate, ymdOf } from '../src/time/civil-date.js';
import type { Ledger } from './ledger.js';

/** A row as the table keeps it, without its stream and the numbers between which it is known. */
export interface StoredRow {
  /** Its part and days. */
  readonly key: string;
  readonly part: string;
  /** A `daterange` literal. */
  readonly days: string;
  /** JSON text. */
  readonly contents: string;
  readonly pending: readonly string[];
  readonly grams?: readonly string[];
}

/** Rows by what makes them one: their part and days. */
export interface StoredRows {
  readonly byKey: ReadonlyMap<string, StoredRow>;
  /** What each was made of; most rows of a stream are the very rows of the event before. */
  readonly made: ReadonlyMap<PartRow, StoredRow>;
}

export const noRows: StoredRows = { byKey: new Map(), made: new Map() };

/** @param before what was stored of the stream last */
export function stored(
  ledger: Ledger,
  rows: readonly PartRow[],
  before: StoredRows = noRows,
): StoredRows {
  const byKey = new Map<string, StoredRow>();
  const made = new Map<PartRow, StoredRow>();
  for (const row of rows) {
    const it = before.made.get(row) ?? storedRow(ledger, row);
    byKey.set(it.key, it);
    made.set(row, it);
  }
  return { byKey, made };
}

function storedRow(ledger: Ledger, row: PartRow): StoredRow {
  const { part, pending } = row;
  const days = dateRange(row.from, row.to);
  const grams = ledger.searchKey?.(row);
  const contents = JSON.stringify(row.contents);
  const key = `${part} ${days}`;
  return { key, part, days, contents, pending, ...(grams === undefined ? {} : { grams }) };
}

export interface Difference {
  readonly closed: readonly StoredRow[];
  readonly opened: readonly StoredRow[];
}

/** Rows that are gone or say something else are closed, what is new opens, the others stay. */
export function difference(before: StoredRows, after: StoredRows): Difference {
  const closed: StoredRow[] = [];
  const opened: StoredRow[] = [];
  for (const [key, row] of before.byKey) {
    const now = after.byKey.get(key);
    if (now !== undefined && sameRow(row, now)) continue;
    closed.push(row);
    if (now !== undefined) opened.push(now);
  }
  for (const [key, row] of after.byKey) if (!before.byKey.has(key)) opened.push(row);
  return { closed, opened };
}

function sameRow(a: StoredRow, b: StoredRow): boolean {
  return a === b || (a.contents === b.contents && a.pending.join() === b.pending.join());
}

/** Days `[from, to)` as PostgreSQL writes a range; ±Infinity is without bound. */
export function dateRange(from: number, to: number): string {
  const lower = Number.isFinite(from) ? `[${postgresDay(from)}` : '(';
  return `${lower},${Number.isFinite(to) ? postgresDay(to) : ''})`;
}

/** ISO 8601; five digits where the day after 9999-12-31 is meant. */
export function postgresDay(day: number): string {
  const { year, month, day: date } = ymdOf(day as CivilDate);
  const two = (it: number) => String(it).padStart(2, '0');
  return `${String(year).padStart(4, '0')}-${two(month)}-${two(date)}`;
}
