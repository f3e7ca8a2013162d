import type { Reason } from '../../src/entries/domain/finding.js';
import { TOO_MANY } from '../../src/time/possibility.js';
import type { JudgedBasis } from './judged.js';
import type { StandIns } from './stand-ins.js';

/** Grounds by whom they concern. */
export type Bases = Map<string, JudgedBasis[]>;

export const undisclosed: Reason = { code: 'undisclosed', events: [] };

/**
 * Why nobody may be told a no for want of a ground: a group whose members are not told apart may use,
 * or may turn out to, and whoever is asked about may be one of them; or not every link was followed. Undefined where that is not so.
 */
export function doubtIn(
  { visible, hidden }: { readonly visible: Bases; readonly hidden: Bases },
  standIns: StandIns,
  cut: boolean,
): Reason | undefined {
  const some = (bases: Bases) =>
    [...bases].some(([party, its]) => standIns.isUnnamed(party) && someHelps(its));
  if (some(visible)) return { code: 'membership-unknown', events: [] };
  if (some(hidden)) return undisclosed;
  return cut || standIns.cut ? { code: TOO_MANY, events: [] } : undefined;
}

export function someHelps(bases: readonly JudgedBasis[]): boolean {
  return bases.some(({ judged }) => judged.verdict !== 'unusable');
}
