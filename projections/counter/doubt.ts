import type { Reason } from '../../src/entries/domain/finding.js';
import type { Basis } from './counter.answer.js';
import type { StandIns } from './stand-ins.js';

/** Grounds by whom they concern. */
export type Bases = Map<string, Basis[]>;

export const undisclosed: Reason = { code: 'undisclosed', events: [] };

/**
 * Why nobody may be told a no for want of a ground: a group whose members are not told apart may use,
 * or may turn out to, and whoever is asked about may be one of them. Undefined where that is not so.
 */
export function doubtIn(visible: Bases, hidden: Bases, standIns: StandIns): Reason | undefined {
  const some = (bases: Bases) =>
    [...bases].some(([party, its]) => standIns.isUnnamed(party) && someHelps(its));
  if (some(visible)) return { code: 'membership-unknown', events: [] };
  return some(hidden) ? undisclosed : undefined;
}

export function someHelps(bases: readonly Basis[]): boolean {
  return bases.some((it) => it.verdict !== 'unusable');
}
