import type { SpanRow } from '../obligations/span.js';
import { howManyUpTo } from './how-many-up-to.js';

/** A row with the register numbers `[since, until)` between which the register said so. */
export interface KnownRow extends SpanRow {
  readonly since: number;
  /** Infinity where it still does. */
  readonly until: number;
}

/** Rows of one version of a ledger in memory, closed ones too: they answer for any n up to its own. */
export class RowTable {
  private readonly streams = new Map<string, Map<string, readonly KnownRow[]>>();
  private readonly named = new Map<string, Set<string>>();
  /** Every n at which a row opened or closed, in order. */
  private changes: readonly number[] = [];
  private upTo = -1;

  /** The n up to which nothing is missing; -1 before anything was read. */
  get n(): number {
    return this.upTo;
  }

  /** Takes in all rows of the streams that changed after the table's own n, up to and with `n`. */
  take(rows: readonly KnownRow[], n: number): void {
    const known = howManyUpTo(this.changes, this.upTo);
    const changed = new Set(this.changes.slice(known));
    for (const row of rows) {
      if (row.since > this.upTo) changed.add(row.since);
      if (row.until > this.upTo && row.until !== Infinity) changed.add(row.until);
      this.put(row);
    }
    const sorted = [...changed].sort((a, b) => a - b);
    this.changes = [...this.changes.slice(0, known), ...sorted];
    this.upTo = n;
  }

  /** The last n, at most the given one, at which a row opened or closed; -1 where none did. */
  lastChange(n: number): number {
    return this.changes[howManyUpTo(this.changes, n) - 1] ?? -1;
  }

  /** The rows of a part of a stream that the register held at n, by their days. */
  rows(stream: string, part: string, n: number): readonly SpanRow[] {
    return heldAt(this.streams.get(stream)?.get(part) ?? [], n);
  }

  /** What a stream says at n, by its parts. */
  stream(stream: string, n: number): ReadonlyMap<string, readonly SpanRow[]> {
    const parts = new Map<string, readonly SpanRow[]>();
    for (const [part, rows] of this.streams.get(stream) ?? []) {
      const held = heldAt(rows, n);
      if (held.length > 0) parts.set(part, held);
    }
    return parts;
  }

  /** The streams that have the part at n, in the order of their ids. */
  having(part: string, n: number): readonly string[] {
    return [...(this.named.get(part) ?? [])]
      .filter((it) => this.rows(it, part, n).length > 0)
      .sort();
  }

  private put(row: KnownRow): void {
    const parts = this.streams.get(row.stream) ?? new Map<string, readonly KnownRow[]>();
    this.streams.set(row.stream, parts);
    const named = this.named.get(row.part) ?? new Set();
    this.named.set(row.part, named.add(row.stream));
    const others = (parts.get(row.part) ?? []).filter(
      (it) => it.since !== row.since || it.from !== row.from,
    );
    parts.set(
      row.part,
      [...others, row].sort((a, b) => a.from - b.from),
    );
  }
}

function heldAt(rows: readonly KnownRow[], n: number): readonly KnownRow[] {
  return rows.filter((it) => it.since <= n && n < it.until);
}
