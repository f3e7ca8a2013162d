import { breaksAfter } from '../as-of-day.js';
import type { SpanRow } from '../obligations/span.js';
import { subjectOf } from '../record-row.js';

/** Days on which a row begins or ends: by the party of a bond, and of all the rest. */
interface DaysOfChange {
  readonly bonds: ReadonlyMap<string, readonly number[]>;
  readonly others: readonly number[];
}

/** The rows of an agreement as a question reads them, with the days on which they change. */
export class UseRows {
  /** First days of the runs of days on which nothing changes, but for the first run. */
  readonly breaks: readonly number[];
  /** Who may see it. */
  readonly disclosure: readonly SpanRow[];
  private days: DaysOfChange | undefined;

  /** @param rows in the order of their parts and days */
  constructor(
    readonly rows: readonly SpanRow[],
    /** Rows of other agreements' streams that say they replace this one. */
    readonly claims: readonly SpanRow[] = [],
  ) {
    this.disclosure = rows.filter(({ part }) => part === 'disclosure');
    this.breaks = breaksAfter(claims.length === 0 ? rows : [...rows, ...claims], -Infinity);
  }

  get changes(): DaysOfChange {
    return (this.days ??= changesOf(this.rows, this.claims));
  }
}

function changesOf(rows: readonly SpanRow[], claims: readonly SpanRow[]): DaysOfChange {
  const bonds = new Map<string, SpanRow[]>();
  const others: SpanRow[] = [...claims];
  for (const row of rows) {
    if (!row.part.startsWith('bond:')) {
      others.push(row);
      continue;
    }
    const party = subjectOf(row.part);
    const mine = bonds.get(party);
    if (mine === undefined) bonds.set(party, [row]);
    else mine.push(row);
  }
  return {
    bonds: new Map([...bonds].map(([party, mine]) => [party, breaksAfter(mine, -Infinity)])),
    others: breaksAfter(others, -Infinity),
  };
}
