import { AgreementRecord } from '../agreement-record.js';
import { asOfDay, breaksAfter } from '../as-of-day.js';
import { byPart, type SpanRow } from '../obligations/span.js';
import { subjectOf } from '../record-row.js';
import { RememberedFacts } from './remembered-facts.js';

const MOST_RUNS = 4;

/** An agreement as its rows tell it on one day, and what each of its parts comes to. */
export class DayOfUse extends AgreementRecord {
  readonly facts = new RememberedFacts(this);
}

/** An agreement as its rows tell it, day by day. */
export class UseRecord {
  /** First days of the runs of days on which nothing of it changes, but for the first run. */
  private readonly breaks: readonly number[];
  private readonly runs = new Map<number, DayOfUse>();
  /** Days on which a row begins or ends: by the party of a bond, and of all the rest. */
  private readonly bonds = new Map<string, readonly number[]>();
  private readonly others: readonly number[];

  /** @param rows in the order of their parts and days */
  constructor(
    readonly id: string,
    private readonly rows: readonly SpanRow[],
    /** Rows of other agreements' streams that say they replace this one. */
    private readonly claims: readonly SpanRow[],
  ) {
    const all = [...rows, ...claims];
    this.breaks = breaksAfter(all, -Infinity);
    this.others = breaksAfter(
      all.filter(({ part }) => !part.startsWith('bond:')),
      -Infinity,
    );
    for (const [part, mine] of byPart(rows.filter((it) => it.part.startsWith('bond:')))) {
      this.bonds.set(subjectOf(part), breaksAfter(mine, -Infinity));
    }
  }

  on(day: number): DayOfUse {
    const run = this.runOf(day);
    const known = this.runs.get(run);
    if (known !== undefined) return known;
    const rows: SpanRow[] = [];
    for (const row of this.rows) {
      const holds = row.from <= day && day < row.to;
      // Outlines of later days come along for the agreement's name.
      if (holds) rows.push(row);
      else if (row.part === 'outline' && day < row.to) rows.push({ ...row, holds });
    }
    const claims = asOfDay(this.claims, day).filter((it) => it.holds);
    const record = new DayOfUse(this.id, rows, claims);
    // Most questions are of today, and of the next days on which something changes.
    if (this.runs.size >= MOST_RUNS) this.runs.clear();
    this.runs.set(run, record);
    return record;
  }

  /** Days after one day on which anything of it changes, but for the bonds of all but some parties. */
  breaksAfter(day: number, parties: readonly (string | undefined)[]): readonly number[] {
    const own = parties.flatMap((it) => (it === undefined ? [] : (this.bonds.get(it) ?? [])));
    const later = [...this.others, ...own].filter((it) => it > day);
    return later.length < 2 ? later : [...new Set(later)].sort((a, b) => a - b);
  }

  /** How many breaks are at or before the day. */
  private runOf(day: number): number {
    let [low, high] = [0, this.breaks.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.breaks[middle]! <= day) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
