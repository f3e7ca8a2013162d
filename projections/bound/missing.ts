import { eventsOf, finding, type Finding } from '../../src/entries/domain/finding.js';
import type { StandsIn, Support } from '../../src/obligations/domain/support.js';
import type { PartialDate } from '../../src/time/partial-date.js';
import { at } from '../../src/time/segments.js';
import type { ActOnRecord } from '../act-rows.js';
import { shown } from '../date-shown.js';
import type { Missing } from './bound.answer.js';

/** An act, and the stream in which it stands. */
export interface LocatedAct {
  readonly in: StandsIn;
  readonly act: ActOnRecord;
}

export type ActOf = (event: string) => LocatedAct | undefined;

/**
 * The facts that an open finding lacks: dates known in part or not at all, orders, disputed and fallen
 * facts, and what no event states.
 */
export function missingOf(
  whole: Finding,
  supports: readonly Support[],
  day: number,
  actOf: ActOf,
): readonly Missing[] {
  if (whole.answer !== 'undetermined') return [];
  const dated = whole.unknowns.flatMap((unknown) =>
    eventsOf(unknown).flatMap((event) => {
      const found = actOf(event);
      return found === undefined ? [] : [open(unknown, event, found)];
    }),
  );
  return [...dated, ...supports.flatMap((it) => unstated(it, day))];
}

/** Each fact once, whichever paths lack it. */
export function once(all: readonly Missing[]): readonly Missing[] {
  return [...new Map(all.map((it) => [JSON.stringify(it), it])).values()];
}

/** The act that would state what the reason says is not on record. */
const statedBy: Readonly<Record<string, string>> = {
  'topology-unknown': 'TopologyStated',
  'service-not-recorded': 'ServiceStarted',
  'continuation-unsaid': 'TermAgreed',
  'not-concluded': 'AgreementConcluded',
  'membership-unknown': 'MemberJoined',
  'succession-unstated': 'PartySucceeded',
  reserved: 'ReservationMade',
};

function unstated({ in: place, days, about }: Support, day: number): readonly Missing[] {
  const { answer, reasons } = finding(at(days, day).verdicts);
  if (answer !== 'undetermined') return [];
  const member = about === undefined ? {} : { member: about };
  return reasons.flatMap(({ code }) => {
    const type = about === undefined ? statedBy[code] : memberships[code];
    return type === undefined
      ? []
      : [{ event: null, type, ...place, ...member, known: null, reason: code }];
  });
}

/** Whoever is said to stand for a council by its membership. */
const memberships: Readonly<Record<string, string>> = {
  'nothing-recorded': 'MemberJoined',
  'membership-unknown': 'MemberJoined',
  'succession-unstated': 'MemberJoined',
};

const reasons: Readonly<Record<string, string>> = {
  b: 'date-unknown',
  o: 'order-unknown',
  d: 'disputed',
  f: 'fallen',
};

function open(unknown: string, event: string, { in: place, act }: LocatedAct): Missing {
  const reason = reasons[unknown.slice(0, 1)] ?? 'date-unknown';
  const base = { event, type: act.type, ...place, reason };
  if (!unknown.startsWith('b:')) return { ...base, known: null };
  const [, own] = unknown.split('#');
  return { ...base, ...dateOf(act, own) };
}

/** Which date of the act leaves the day open: the day of effect, or the day it was done. */
function dateOf(act: ActOnRecord, own: string | undefined): Pick<Missing, 'field' | 'known'> {
  if (own === 'expiry') return field('end', act.end);
  if (own !== undefined && act.starts?.[own] !== undefined) return field('from', act.starts[own]);
  if (act.effective !== undefined) return field('effective', act.effective);
  return act.acted === undefined ? field('effective', undefined) : field('acted', act.acted);
}

function field(
  name: NonNullable<Missing['field']>,
  date: PartialDate | undefined,
): Pick<Missing, 'field' | 'known'> {
  return { field: name, known: date === undefined ? null : shown(date) };
}
