import { allHold, pendingOn, streamOf } from '../../src/obligations/domain/support.js';
import type { Found, Way } from '../bound/found-path.js';
import { tieOf, waits } from '../bound/weighing.js';
import type { Incomplete } from '../incomplete.js';

/**
 * The ways that decide an answer on one day, as `foundAmong` finds them for all days. Where a visible way
 * says more than no, ways that say no decide nothing and are left out, unless an entry waits that
 * would change them: whether one tied the two on some other day is dear to tell.
 */
export function foundOn(
  ways: readonly Way[],
  incomplete: Incomplete,
  day: number,
  sees: (agreement: string) => boolean,
): readonly Found[] {
  const weighed = ways
    .filter((it) => !waits(it))
    .map((way) => {
      const streams = way.supports.map((it) => streamOf(it.in));
      const content = incomplete.weaken(allHold(way.supports, day), ...streams);
      return { way, days: [{ from: -Infinity, to: Infinity, content }] };
    });
  const says = ({ days }: (typeof weighed)[number]) =>
    days.some((it) => it.content.answer !== 'no');
  const decided = weighed.some((it) => says(it) && sees(it.way.agreement.id));
  return weighed.flatMap(({ way, days }) => {
    // What holds or may hold on the day ties them on it.
    if (says({ way, days })) return [{ ...way, tied: true, days }];
    if (decided && pendingOn(way.supports, day).length === 0) return [];
    const tie = tieOf(way);
    return tie === 'no' ? [] : [{ ...way, tied: tie === 'yes', days }];
  });
}

/** Whether a visible way says more than no on the day, and no entry waits that would change another. */
export function decidesOn(
  ways: readonly Way[],
  incomplete: Incomplete,
  day: number,
  sees: (agreement: string) => boolean,
): boolean {
  if (ways.some((it) => waits(it) || pendingOn(it.supports, day).length > 0)) return false;
  return ways.some(({ agreement, supports }) => {
    if (!sees(agreement.id)) return false;
    const streams = supports.map((it) => streamOf(it.in));
    return incomplete.weaken(allHold(supports, day), ...streams).answer !== 'no';
  });
}
