import {
  counterVerdict,
  verdictWords,
  type CounterVerdict,
} from '../../src/counter/domain/counter-verdict.js';
import type { Finding, Reason } from '../../src/entries/domain/finding.js';
import { leftOpen } from '../../src/entries/domain/joined-findings.js';
import { allHold, pendingOn } from '../../src/obligations/domain/support.js';
import type { PersonalTie } from './asked.js';
import type { Said } from './counter.answer.js';
import type { Telling } from './telling.js';

/**
 * Nothing is on record between her and a partner, or everybody not listed: a no only under coverage,
 * stated by the partner or by every body that ties her, itself or as her city (domain § 2).
 * @param doubt why a no is left open all the same
 */
export function notListed(
  ties: readonly PersonalTie[],
  doubt: Reason | undefined,
  telling: Telling,
  partner?: string,
): Weighed {
  const covers = (bodies: readonly string[]): Weighed => {
    const stated = bodies.flatMap((it) => telling.coverage(it));
    const said = stated.map((it) => ({
      ...allHold([it], telling.day),
      pending: pendingOn([it], telling.day),
    }));
    const pending = said.flatMap((it) => it.pending);
    return said.filter(isNo).toSorted(settledFirst)[0] ?? { ...unrecorded, pending };
  };
  const own = partner === undefined ? [] : [covers([partner])];
  const named = [...new Set(ties.map((it) => it.named))];
  const hers = named.map((it) =>
    covers(
      ties
        .filter((tie) => tie.named === it && (tie.how === 'itself' || tie.how === 'whole'))
        .map((tie) => tie.body),
    ),
  );
  const pending = [...new Set([...own, ...hers].flatMap((it) => it.pending))];
  const whole = hers.find((it) => !isNo(it)) ?? hers.toSorted(settledFirst).at(-1) ?? covers([]);
  const [no] = [...own, { ...whole, pending: hers.flatMap((it) => it.pending) }]
    .filter(isNo)
    .toSorted(settledFirst);
  const found = { ...(no ?? { ...whole, pending }) };
  const weakened = { ...telling.incomplete.weaken(found), pending: found.pending };
  return doubt !== undefined && isNo(weakened)
    ? { ...leftOpen({ ...weakened, reasons: [] }, doubt), pending: weakened.pending }
    : weakened;
}

/** What nothing on record comes to, and the entries that wait for approval and would change it. */
export type Weighed = Finding & { readonly pending: readonly string[] };

function isNo({ answer }: Finding): boolean {
  return answer === 'no';
}

/** A no that no entry waiting for approval would take back comes before one that it would. */
function settledFirst(a: Weighed, b: Weighed): number {
  return a.pending.length - b.pending.length;
}

const unrecorded: Finding = {
  answer: 'undetermined',
  reasons: [{ code: 'nothing-recorded', events: [] }],
  presumed: [],
  unknowns: [],
};

export function verdictOf(found: Weighed): CounterVerdict {
  return counterVerdict(found, { pending: found.pending.length > 0, conditional: false });
}

/** A finding without a basis, as it is told. */
export function saidOf(
  found: Weighed,
  sentence: (verdict: Said['verdict'], reasons: Said['reasons']) => string,
  ask: Said['ask'],
): Said {
  const verdict = verdictOf(found);
  const reasons =
    found.pending.length > 0
      ? [{ code: 'pending', events: [] } as const, ...found.reasons]
      : found.reasons;
  return {
    verdict,
    word: verdictWords[verdict],
    sentence: sentence(verdict, reasons),
    reasons,
    pending: found.pending,
    ask,
  };
}
