import { finding, verdict, verdicts, type Finding } from '../src/entries/domain/finding.js';
import type { Source } from '../src/entries/domain/event.js';
import { factsIn, type ToldFact } from '../src/entries/domain/told-fact.js';
import type { PartialDate } from '../src/time/partial-date.js';
import type { Possible, TooMany } from '../src/time/possibility.js';
import { shown, type DateShown } from './date-shown.js';
import type { Incomplete } from './incomplete.js';
import type { RecordRow } from './record-row.js';

/** A fact that a document tells, with what says whether it had begun by the day. */
export interface ToldShown extends Finding {
  readonly event: string | null;
  readonly type: string | null;
  readonly n: number;
  /** Days as written; null where the source says none. */
  readonly acted: DateShown | null;
  readonly effective: DateShown | null;
  /** Where it was read, and when that was written. */
  readonly source: SourceShown | null;
  /** Entries that wait for approval and would change it. */
  readonly pending: readonly string[];
}

export interface SourceShown {
  readonly document: string;
  readonly place: string | null;
  readonly written: DateShown | null;
}

/** A fact's row: how sure it is on the day, where it was read, and everything that it may say. */
export function toldShown<S>(
  row: RecordRow,
  incomplete: Incomplete,
): ToldShown & { readonly said: readonly S[] } {
  const facts = factsIn<S>(row.contents);
  const told = facts.find((it) => it.said !== undefined) ?? facts[0];
  return {
    ...incomplete.weaken(toldFinding(row), row.stream),
    event: told?.event ?? null,
    type: told?.type ?? null,
    n: Number(row.part.slice(-12)),
    acted: dateOrNone(told?.acted),
    effective: dateOrNone(told?.effective),
    source: told?.source === undefined ? null : sourceShown(told.source),
    pending: row.pending,
    said: distinct(facts.flatMap((it) => (it.said === undefined ? [] : [it.said]))),
  };
}

export function sourceShown({ document, place, written }: Source): SourceShown {
  return { document, place: place ?? null, written: dateOrNone(written) };
}

/** What nobody has approved yet says nothing; what is told is a no before its day. */
function toldFinding({ contents, pending }: RecordRow): Finding {
  if (contents.length === 0) {
    return finding([{ content: verdict('undetermined', 'pending', pending), worlds: [{}] }]);
  }
  return finding(
    verdicts(contents as Possible<ToldFact | TooMany>, ({ state, event, presumed }) => {
      if (state === 'begun') return { ...verdict('yes', 'begun', [event]), presumed };
      return verdict('no', state === 'notBegun' ? 'not-begun' : 'disputed', [event]);
    }),
  );
}

function dateOrNone(date: PartialDate | undefined): DateShown | null {
  return date === undefined ? null : shown(date);
}

function distinct<S>(all: readonly S[]): readonly S[] {
  return [...new Map(all.map((it) => [JSON.stringify(it), it])).values()];
}
