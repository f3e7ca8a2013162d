import type { Finding } from '../../src/entries/domain/finding.js';
import { bothHold, leftOpen } from '../../src/entries/domain/joined-findings.js';
import { anyWayHolds, type Weighed } from '../../src/obligations/domain/any-way.js';
import {
  allHold,
  allHoldByDay,
  streamOf,
  type Support,
} from '../../src/obligations/domain/support.js';
import { TOO_MANY } from '../../src/time/possibility.js';
import { at, segmentsFrom, type Segments } from '../../src/time/segments.js';
import { anyOf, type Answer } from '../../src/time/three-valued.js';
import type { Incomplete } from '../incomplete.js';
import type { PartyLinks } from '../obligations/party-links.js';
import type { SpanRow } from '../obligations/span.js';
import { coverageOf } from './coverage.js';
import type { Asked, Found, Way } from './found-path.js';

/** Everything that an answer is weighed from, at one n. */
export interface Weighing {
  readonly asked: Asked;
  readonly links: PartyLinks;
  readonly incomplete: Incomplete;
  /** Rows by which the two state that their lists of the field are whole. */
  readonly coverages: readonly SpanRow[];
  /** More or longer ways than were followed. */
  readonly cut: boolean;
}

/** Ways that tie the two to one instrument on some day, each with what it comes to. */
export function foundAmong(ways: readonly Way[], incomplete: Incomplete): readonly Found[] {
  return ways
    .filter((it) => !waits(it))
    .flatMap((it) => {
      const tie = tieOf(it);
      if (tie === 'no') return [];
      const streams = it.supports.map((one) => streamOf(one.in));
      const days = allHoldByDay(it.supports).map((segment) => ({
        ...segment,
        content: incomplete.weaken(segment.content, ...streams),
      }));
      return [{ ...it, tied: tie === 'yes', days }];
    });
}

/** Only entries that wait for approval lead that way. */
export function waits({ chains, waits: own }: Way): boolean {
  return own === true || [...chains.from.links, ...chains.to.links].some((it) => it.waits === true);
}

/** The whole answer, day by day: any way that says yes, else any that is open, else no. */
export function answerByDay(
  weighing: Weighing,
  found: readonly Found[],
  visible: readonly Found[],
): Segments<Finding> {
  const { asked, links } = weighing;
  const there = [...links.existence(asked.from), ...links.existence(asked.to)];
  const coverage = coverageOf(weighing.coverages);
  const breaks = [
    ...found.flatMap((it) => it.days.map(({ from }) => from)),
    ...[...there, ...coverage].flatMap(({ days }) => days.map(({ from }) => from)),
  ];
  return segmentsFrom(
    breaks,
    (day) => shownOn({ weighing, found, visible, there, coverage }, day),
    (a, b) => a === b,
  );
}

/** The same on one day. */
export function answerOn(
  weighing: Weighing,
  found: readonly Found[],
  visible: readonly Found[],
  day: number,
): Finding {
  const { asked, links } = weighing;
  const there = [...links.existence(asked.from), ...links.existence(asked.to)];
  const coverage = coverageOf(weighing.coverages);
  return shownOn({ weighing, found, visible, there, coverage }, day);
}

interface Grounds {
  readonly weighing: Weighing;
  readonly found: readonly Found[];
  readonly visible: readonly Found[];
  readonly there: readonly Support[];
  readonly coverage: readonly Support[];
}

/** What is said of the day, without telling what the reader may not see. */
function shownOn({ weighing, found, visible, there, coverage }: Grounds, day: number): Finding {
  const all = decided(weighing, found, there, coverage, day);
  if (found.length === visible.length) return all;
  const shown = decided(weighing, visible, there, coverage, day);
  if (all.answer === shown.answer) return shown;
  return leftOpen({ ...shown, reasons: [] }, { code: 'undisclosed', events: [] });
}

/** Ways that say something of the two on the day; without any, nothing is on record. */
export function decidingOn(found: readonly Found[], day: number): readonly Weighed[] {
  return found
    .filter((it) => it.tied || at(it.days, day).answer !== 'no')
    .map((it) => ({ supports: it.supports, finding: at(it.days, day) }));
}

function decided(
  { asked, incomplete, cut }: Weighing,
  found: readonly Found[],
  there: readonly Support[],
  coverage: readonly Support[],
  day: number,
): Finding {
  const ways = decidingOn(found, day);
  const bound = incomplete.any
    ? anyWayHolds(
        ways.map((it) => ({ ...it, supports: [] })),
        day,
      )
    : anyWayHolds(ways, day);
  const gone = allHold(there, day);
  const streams = there.map((it) => streamOf(it.in));
  const open = bound ?? incomplete.weaken(nothing(coverage, day), asked.from, asked.to);
  const whole = bothHold(open, incomplete.weaken(gone, ...streams));
  return cut && whole.answer === 'no' && gone.answer !== 'no'
    ? leftOpen(whole, { code: TOO_MANY, events: [] })
    : whole;
}

const nothingRecorded: Finding = {
  answer: 'undetermined',
  reasons: [{ code: 'nothing-recorded', events: [] }],
  presumed: [],
  unknowns: [],
};

/** Nothing is on record: a no only where one of the two states that its list is whole. */
function nothing(coverage: readonly Support[], day: number): Finding {
  return (
    coverage.map((it) => allHold([it], day)).find((it) => it.answer === 'no') ?? nothingRecorded
  );
}

/**
 * Whether there was an instrument between the two on some day. Who left a council before it agreed
 * knows of none; where that is open, that the way does not hold says nothing of the two.
 */
export function tieOf({ chains, through, ties }: Way): Answer {
  if (chains.from.links.length + chains.to.links.length === 0 && through === undefined)
    return 'yes';
  return anyOf(allHoldByDay(ties).map((it) => it.content.answer));
}
