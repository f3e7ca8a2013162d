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
  return allHoldIn(byStream(supports), day);
}

/** Facts by their stream, in the order of first mention. */
function byStream(supports: readonly Support[]): readonly (readonly Support[])[] {
  const streams = new Map<string, Support[]>();
  for (const it of supports) {
    const stream = streamOf(it.in);
    const others = streams.get(stream);
    if (others === undefined) streams.set(stream, [it]);
    else others.push(it);
  }
  return [...streams.values()];
}

function allHoldIn(streams: readonly (readonly Support[])[], day: number): Finding {
  let found = holds;
  for (const facts of streams) {
    const [first, ...others] = facts.map(({ days }) => at(days, day).verdicts);
    if (first !== undefined) found = bothHold(found, finding(allOf(first, ...others)));
    if (found.answer === 'no') return found;
  }
  return found;
}

/** The same for every day; a segment for each run of days on which none of the facts changes. */
export function allHoldByDay(supports: readonly Support[]): Segments<Finding> {
  const breaks = supports.flatMap(({ days }) => days.map((it) => it.from));
  const streams = byStream(supports);
  return segmentsFrom(
    breaks,
    (day) => allHoldIn(streams, day),
    (a, b) => a === b,
  );
}

export function pendingOn(supports: readonly Support[], day: number): readonly string[] {
  const found = new Set<string>();
  for (const { days } of supports) for (const it of at(days, day).pending) found.add(it);
  return [...found];
}
