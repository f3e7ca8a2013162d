import { merged, mergedOf, presumedBy, type Finding, type Reason } from './finding.js';

/** Both must hold, across streams: sound, though unknowns are not joined (domain § 4 "Fold"). */
export function bothHold(a: Finding, b: Finding | undefined): Finding {
  if (b === undefined || a.answer === 'no') return a;
  if (b.answer === 'no') return b;
  return {
    answer: a.answer === 'yes' && b.answer === 'yes' ? 'yes' : 'undetermined',
    reasons: mergedOf(a.reasons, b.reasons),
    presumed: presumedBy(a.presumed, b.presumed),
    unknowns: a.unknowns.length + b.unknowns.length === 0 ? [] : eachOnce(a.unknowns, b.unknowns),
  };
}

function eachOnce(a: readonly string[], b: readonly string[]): readonly string[] {
  return [...new Set([...a, ...b])].sort();
}

/** Any of them suffices: what says yes speaks alone, else what leaves it open, else every no. */
export function anyHolds(all: readonly Finding[]): Finding | undefined {
  for (const answer of ['yes', 'undetermined', 'no'] as const) {
    const found = all.filter((it) => it.answer === answer);
    if (found.length > 0) {
      return {
        answer,
        reasons: merged(found.flatMap((it) => it.reasons)),
        presumed: [...new Set(found.flatMap((it) => it.presumed))].sort(),
        unknowns: [...new Set(found.flatMap((it) => it.unknowns))].sort(),
      };
    }
  }
  return undefined;
}

/** The same with one more reason, and open. */
export function leftOpen(it: Finding, reason: Reason): Finding {
  return { ...it, answer: 'undetermined', reasons: merged([reason, ...it.reasons]) };
}
