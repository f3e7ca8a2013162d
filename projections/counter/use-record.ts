import { AgreementRecord } from '../agreement-record.js';
import { asOfDay, breaksAfter } from '../as-of-day.js';
import type { SpanRow } from '../obligations/span.js';
import { apart } from '../merged-parts.js';
import { subjectOf } from '../record-row.js';

/** An agreement as its rows tell it, on the day asked for and on any later one. */
export class UseRecord {
  private readonly days = new Map<number, AgreementRecord>();

  constructor(
    readonly id: string,
    private readonly rows: readonly SpanRow[],
    /** Rows of other agreements' streams that say they replace this one. */
    private readonly claims: readonly SpanRow[],
  ) {}

  on(day: number): AgreementRecord {
    const known = this.days.get(day);
    if (known !== undefined) return known;
    const rows = asOfDay(this.rows, day).flatMap(apart);
    const claims = asOfDay(this.claims, day).filter((it) => it.holds);
    const record = new AgreementRecord(this.id, rows, claims);
    this.days.set(day, record);
    return record;
  }

  /** Days after one day on which anything of it changes. */
  breaksAfter(day: number): readonly number[] {
    return breaksAfter([...this.rows, ...this.claims], day);
  }
}

export function useRecords(rows: readonly SpanRow[]): readonly UseRecord[] {
  const isClaim = ({ part }: SpanRow) => part.startsWith('supersedes:');
  const streams = new Map<string, SpanRow[]>();
  for (const row of rows.filter((it) => !isClaim(it)).toSorted(inOrder)) {
    streams.set(row.stream, [...(streams.get(row.stream) ?? []), row]);
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
