import { AgreementRecord } from '../agreement-record.js';
import { asOfDay, breaksAfter } from '../as-of-day.js';
import type { SpanRow } from '../obligations/span.js';
import { apart } from '../merged-parts.js';
import { subjectOf } from '../record-row.js';

/** An agreement as its rows tell it, on the day asked for and on any later one. */
export class UseRecord {
  private readonly days = new Map<number, AgreementRecord>();
  /** By day, the rows that begin or end after it. */
  private readonly changing = new Map<number, readonly SpanRow[]>();
  /** Merged parts taken apart. */
  private readonly rows: readonly SpanRow[];

  constructor(
    readonly id: string,
    rows: readonly SpanRow[],
    /** Rows of other agreements' streams that say they replace this one. */
    private readonly claims: readonly SpanRow[],
  ) {
    this.rows = rows.flatMap((it) => apart(it) as readonly SpanRow[]);
  }

  on(day: number): AgreementRecord {
    const known = this.days.get(day);
    if (known !== undefined) return known;
    const rows: SpanRow[] = [];
    for (const row of this.rows) {
      const holds = row.from <= day && day < row.to;
      // Outlines of other days come along for the agreement's name.
      if (holds || row.part === 'outline') rows.push(holds === row.holds ? row : { ...row, holds });
    }
    const claims = asOfDay(this.claims, day).filter((it) => it.holds);
    const record = new AgreementRecord(this.id, rows, claims);
    this.days.set(day, record);
    return record;
  }

  /** Days after one day on which anything of it changes, but for the bonds of all but some parties. */
  breaksAfter(day: number, parties: readonly (string | undefined)[]): readonly number[] {
    const all = this.changing.get(day) ?? [...this.rowsAfter(day)];
    this.changing.set(day, all);
    const bonds = new Set(parties.map((it) => `bond:${it}`));
    return breaksAfter(
      all.filter(({ part }) => !part.startsWith('bond:') || bonds.has(part)),
      day,
    );
  }

  /** Rows that begin or end after the day. */
  private *rowsAfter(day: number): Generator<SpanRow> {
    for (const rows of [this.rows, this.claims]) {
      for (const it of rows) {
        if (it.from > day || (it.to > day && it.to !== Infinity)) yield it;
      }
    }
  }
}

export function useRecords(rows: readonly SpanRow[]): readonly UseRecord[] {
  const isClaim = ({ part }: SpanRow) => part.startsWith('supersedes:');
  const streams = new Map<string, SpanRow[]>();
  for (const row of rows.filter((it) => !isClaim(it)).toSorted(inOrder)) {
    const mine = streams.get(row.stream);
    if (mine === undefined) streams.set(row.stream, [row]);
    else mine.push(row);
  }
  const claims = rows.filter(isClaim).toSorted(inOrder);
  return [...streams].map(
    ([id, mine]) =>
      new UseRecord(
        id,
        mine,
        claims.filter((it) => subjectOf(it.part) === id),
      ),
  );
}

function inOrder(a: SpanRow, b: SpanRow): number {
  if (a.stream !== b.stream) return a.stream < b.stream ? -1 : 1;
  if (a.part !== b.part) return a.part < b.part ? -1 : 1;
  return a.from < b.from ? -1 : 1;
}
