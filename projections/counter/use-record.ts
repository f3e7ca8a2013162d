import { AgreementRecord } from '../agreement-record.js';
import { asOfDay } from '../as-of-day.js';
import { howManyUpTo } from '../kept/how-many-up-to.js';
import type { SpanRow } from '../obligations/span.js';
import { RememberedFacts } from './remembered-facts.js';
import type { UseRows } from './use-rows.js';

/** An agreement as its rows tell it on one day, and what each of its parts comes to. */
export class DayOfUse extends AgreementRecord {
  readonly facts = new RememberedFacts(this);
}

/**
 * An agreement as its rows tell it, day by day. What is made of a day lives as long as a question: it is
 * several times as much as the rows.
 */
export class UseRecord {
  private readonly runs = new Map<number, DayOfUse>();

  constructor(
    readonly id: string,
    private readonly kept: UseRows,
  ) {}

  on(day: number): DayOfUse {
    const run = howManyUpTo(this.kept.breaks, day);
    const known = this.runs.get(run);
    if (known !== undefined) return known;
    const rows: SpanRow[] = [];
    for (const row of this.kept.rows) {
      const holds = row.from <= day && day < row.to;
      // Outlines of later days come along for the agreement's name.
      if (holds) rows.push(row);
      else if (row.part === 'outline' && day < row.to) rows.push({ ...row, holds });
    }
    const claims = asOfDay(this.kept.claims, day).filter((it) => it.holds);
    const record = new DayOfUse(this.id, rows, claims);
    this.runs.set(run, record);
    return record;
  }

  /** Days after one day on which anything of it changes, but for the bonds of all but some parties. */
  breaksAfter(day: number, parties: readonly (string | undefined)[]): readonly number[] {
    const { bonds, others } = this.kept.changes;
    const own = parties.flatMap((it) => (it === undefined ? [] : (bonds.get(it) ?? [])));
    const later = [...others, ...own].filter((it) => it > day);
    return later.length < 2 ? later : [...new Set(later)].sort((a, b) => a - b);
  }
}
