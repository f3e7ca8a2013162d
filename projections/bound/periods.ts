import type { Finding } from '../../src/entries/domain/finding.js';
import { isoDay, type CivilDate } from '../../src/time/civil-date.js';
import type { Segments } from '../../src/time/segments.js';
import type { Period } from './bound.answer.js';

/** Runs of days with the same answer, from ever to ever. */
export function periodsOf(days: Segments<Finding>): readonly Period[] {
  const found: Period[] = [];
  for (const { from, to, content } of days) {
    const last = found.at(-1);
    if (last?.answer === content.answer) found[found.length - 1] = { ...last, to: iso(to) };
    else found.push({ from: iso(from), to: iso(to), answer: content.answer });
  }
  return found;
}

function iso(day: number): string | null {
  return Number.isFinite(day) ? isoDay(day as CivilDate) : null;
}
