import type { Finding } from '../../src/entries/domain/finding.js';
import { pendingOn } from '../../src/obligations/domain/support.js';
import { at } from '../../src/time/segments.js';
import type { PartyNames } from '../party-names.js';
import type { Stamp } from '../stamp.js';
import type { BoundAnswer, Missing } from './bound.answer.js';
import { coverageOf } from './coverage.js';
import { missingOf, once, type ActOf, type LocatedAct } from './missing.js';
import type { Found } from './found-path.js';
import { pathShown, scopeShown } from './path-shown.js';
import { periodsOf } from './periods.js';
import type { Searched } from './searched.js';
import { answerByDay, decidingOn } from './weighing.js';

/** What the answer shows of parties: their names of the day, and acts of their streams. */
export interface Details {
  readonly names: PartyNames;
  readonly actOf: ActOf;
}

/** More paths are weighed than are worth reading. */
const MOST_SHOWN = 100;

/** The answer of the day with every way to it, and of all days. */
export function boundAnswer(
  searched: Searched,
  { names, actOf: ofParty }: Details,
  day: number,
): Omit<BoundAnswer, keyof Stamp> {
  const { weighing, found, visible } = searched;
  const { asked } = weighing;
  const actOf = actsOf(searched, ofParty, day);
  const days = answerByDay(weighing, found, visible);
  const finding = at(days, day);
  const showing = { asked, day, names, actOf };
  const holding = visible.filter((it) => at(it.days, day).answer === 'yes');
  const scoped = holding.every((it) => scopeShown(it, showing) !== undefined);
  return {
    from: names.shown(asked.from),
    to: names.shown(asked.to),
    field: asked.field,
    answer: finding.answer,
    ...(finding.answer === 'yes' && scoped ? { scoped: true } : {}),
    reasons: finding.reasons,
    presumed: finding.presumed,
    pending: pendingOf(searched, day),
    periods: periodsOf(days),
    paths: shownOf(visible, day).map((it) => pathShown(it, showing)),
    pathsTotal: visible.length,
    ...(weighing.cut ? { cut: true } : {}),
    missing: missing(searched, finding, actOf, day),
  };
}

/**
 * Entries that wait for approval and would change a way, whether one of the two is still there, or,
 * where no way decides, a coverage.
 */
function pendingOf({ weighing, visible, waiting }: Searched, day: number): readonly string[] {
  const { asked, links } = weighing;
  const there = [asked.from, asked.to].flatMap((it) => links.existence(it));
  const ways = [...visible, ...waiting].flatMap((it) => it.supports);
  const coverage = decidingOn(visible, day).length > 0 ? [] : coverageOf(weighing.coverages);
  return pendingOn([...ways, ...there, ...coverage], day);
}

const ranks = { yes: 0, undetermined: 1, no: 2 };

/** What decides comes first, the shorter way before the longer one; else as the agreements come. */
function shownOf(visible: readonly Found[], day: number): readonly Found[] {
  const rank = (it: Found) => ranks[at(it.days, day).answer];
  const steps = ({ chains }: Found) => chains.from.links.length + chains.to.links.length;
  const sorted = visible.toSorted(
    (a, b) => rank(a) - rank(b) || steps(a) - steps(b) || order(a.agreement.id, b.agreement.id),
  );
  return sorted.slice(0, MOST_SHOWN);
}

function order(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

function missing(
  { weighing, visible }: Searched,
  finding: Finding,
  actOf: ActOf,
  day: number,
): readonly Missing[] {
  if (finding.answer !== 'undetermined') return [];
  const { asked, links } = weighing;
  const there = [asked.from, asked.to].flatMap((it) => links.existence(it));
  const lacking = visible.flatMap((it) => missingOf(at(it.days, day), it.supports, day, actOf));
  if (!finding.reasons.some((it) => it.code === 'nothing-recorded') || visible.length > 0) {
    return once([...lacking, ...missingOf(finding, there, day, actOf)]);
  }
  return [asked.from, asked.to].map((party) => ({
    event: null,
    type: 'CoverageStated',
    party,
    known: null,
    reason: 'nothing-recorded',
  }));
}

function actsOf({ visible }: Searched, ofParty: ActOf, day: number): ActOf {
  const found = new Map<string, LocatedAct>();
  for (const agreement of new Set(visible.map((it) => it.agreement))) {
    for (const [event, act] of agreement.record(day).acts) {
      found.set(event, { in: { agreement: agreement.id }, act });
    }
  }
  return (event) => ofParty(event) ?? found.get(event);
}
