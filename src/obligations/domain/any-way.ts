import {
  allOf,
  finding,
  type Finding,
  type Verdict,
  type Verdicts,
} from '../../entries/domain/finding.js';
import { anyHolds } from '../../entries/domain/joined-findings.js';
import { joined } from '../../time/possibility.js';
import { at } from '../../time/segments.js';
import type { Support } from './support.js';

/** More open ways than are weighed against each other. */
const MOST = 12;

/** One of several ways to be bound, and what it comes to on the day. */
export interface Weighed {
  readonly supports: readonly Support[];
  readonly finding: Finding;
}

/**
 * Whether any of the ways holds on a day; undefined without any. Ways that are each open may leave
 * nothing open together: on whichever day an amendment took effect, one or the other holds.
 */
export function anyWayHolds(ways: readonly Weighed[], day: number): Finding | undefined {
  const apart = anyHolds(ways.map((it) => it.finding));
  if (apart?.answer !== 'undetermined') return apart;
  const open = ways.filter((it) => it.finding.answer === 'undetermined');
  if (open.length < 2 || open.length > MOST) return apart;
  const [first, ...others] = open.map((it) => verdictsOn(it.supports, day));
  let any: Verdicts | undefined = first;
  for (const other of others) any = any && joined(any, other, either);
  const together = any === undefined ? apart : finding(any);
  return together.answer === 'yes' ? together : apart;
}

function verdictsOn(supports: readonly Support[], day: number): Verdicts {
  const [first, ...others] = supports.map(({ days }) => at(days, day).verdicts);
  return first === undefined ? [] : allOf(first, ...others);
}

function either(a: Verdict, b: Verdict): Verdict {
  if (a.answer === 'yes') return a;
  if (b.answer === 'yes') return b;
  return a.answer === 'no' ? b : a;
}
