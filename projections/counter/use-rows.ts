import { breaksAfter } from '../as-of-day.js';
import { byPart, type SpanRow } from '../obligations/span.js';
import { subjectOf } from '../record-row.js';

/** The rows of an agreement as they are kept, with the days on which they change. */
export class UseRows {
  /** First days of the runs of days on which nothing changes, but for the first run. */
  readonly breaks: readonly number[];
  /** Days on which a row begins or ends: by the party of a bond, and of all the rest. */
  readonly bonds: ReadonlyMap<string, readonly number[]>;
  readonly others: readonly number[];
  /** Who may see it. */
  readonly disclosure: readonly SpanRow[];

  /** @param rows in the order of their parts and days */
  constructor(
    readonly rows: readonly SpanRow[],
    /** Rows of other agreements' streams that say they replace this one. */
    readonly claims: readonly SpanRow[] = [],
  ) {
    const all = [...rows, ...claims];
    this.disclosure = rows.filter(({ part }) => part === 'disclosure');
    this.breaks = breaksAfter(all, -Infinity);
    const isBond = ({ part }: SpanRow) => part.startsWith('bond:');
    const bonds = [...byPart(rows.filter(isBond)).values()];
    this.bonds = new Map(
      bonds.flatMap((mine) => {
        const days = breaksAfter(mine, -Infinity);
        return days.length === 0 ? [] : [[subjectOf(mine[0]!.part), days] as const];
      }),
    );
    this.others = breaksAfter(
      all.filter((it) => !isBond(it)),
      -Infinity,
    );
  }
}
