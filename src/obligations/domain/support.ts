import { allOf, finding, type Finding, type Verdicts } from '../../entries/domain/finding.js';
import { bothHold } from '../../entries/domain/joined-findings.js';
import { at, segmentsFrom, type Segments } from '../../time/segments.js';

/** The stream in which a fact stands. */
export type StandsIn = { readonly agreement: string } | { readonly party: string };

/** What a stream says of one fact on a run of days. */
export interface Said {
  readonly verdicts: Verdicts;
  /** Entries that wait for approval and would change it. */
  readonly pending: readonly string[];
}

/** One fact that a path leans on, day by day; a reading of one day says the same on all of them. */
export interface Support {
  readonly in: StandsIn;
  readonly days: Segments<Said>;
  /** Whom the fact is about beside the stream itself: the member of a council. */
  readonly about?: string;
}

export function streamOf(place: StandsIn): string {
  return 'agreement' in place ? place.agreement : place.party;
}

const holds: Finding = { answer: 'yes', reasons: [], presumed: [], unknowns: [] };

/**
 * Whether all of the facts hold on a day: exactly within a stream, joined on its unknowns, and soundly
 * across streams (domain § 4 "Fold"). `yes` of no facts.
 */
export function allHold(supports: readonly Support[], day: number): Finding {
  const streams = new Map<string, Verdicts[]>();
  for (const { in: place, days } of supports) {
    const { verdicts } = at(days, day);
    const others = streams.get(streamOf(place));
    if (others === undefined) streams.set(streamOf(place), [verdicts]);
    else others.push(verdicts);
  }
  let found = holds;
  for (const [first, ...others] of streams.values()) {
    if (first !== undefined) found = bothHold(found, finding(allOf(first, ...others)));
    if (found.answer === 'no') return found;
  }
  return found;
}

/** The same for every day; a segment for each run of days on which none of the facts changes. */
export function allHoldByDay(supports: readonly Support[]): Segments<Finding> {
  const breaks = supports.flatMap(({ days }) => days.map((it) => it.from));
  return segmentsFrom(
    breaks,
    (day) => allHold(supports, day),
    (a, b) => a === b,
  );
}

export function pendingOn(supports: readonly Support[], day: number): readonly string[] {
  return [...new Set(supports.flatMap(({ days }) => at(days, day).pending))];
}
