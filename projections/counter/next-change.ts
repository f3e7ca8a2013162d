import { type CounterVerdict, verdictWords } from '../../src/counter/domain/counter-verdict.js';
import type { CivilDate } from '../../src/time/civil-date.js';
import { isoDay } from '../../src/time/civil-date.js';
import { wareki } from '../../src/time/era.js';
import type { NextChange } from './counter.answer.js';

/** A verdict of one day, and beside it the terms as one text that differs where they do. */
export interface DaysVerdict {
  readonly verdict: CounterVerdict;
  readonly terms: string;
}

/** The first of the days on which the verdict, or else the terms, are others than today's. */
export function nextChange(
  today: DaysVerdict,
  days: readonly number[],
  on: (day: number) => DaysVerdict,
): NextChange | null {
  for (const day of days) {
    const then = on(day);
    if (then.verdict === today.verdict && then.terms === today.terms) continue;
    return {
      on: isoDay(day as CivilDate),
      wareki: wareki(day as CivilDate),
      verdict: then.verdict,
      word: verdictWords[then.verdict],
      what: then.verdict === today.verdict ? 'terms' : 'verdict',
    };
  }
  return null;
}
