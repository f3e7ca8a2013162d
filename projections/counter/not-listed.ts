import { counterVerdict, verdictWords } from '../../src/counter/domain/counter-verdict.js';
import type { Finding, Reason } from '../../src/entries/domain/finding.js';
import { leftOpen } from '../../src/entries/domain/joined-findings.js';
import { allHold } from '../../src/obligations/domain/support.js';
import { coverageOf } from '../bound/coverage.js';
import type { SpanRow } from '../obligations/span.js';
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
  rows: readonly SpanRow[],
  doubt: Reason | undefined,
  telling: Telling,
  partner?: string,
): Finding {
  const coverages = rows.filter((it) => it.part === `coverage:${telling.purpose.field}`);
  const covers = (bodies: readonly string[]) => {
    const stated = coverageOf(coverages.filter((it) => bodies.includes(it.stream)));
    const said = stated.map((it) => allHold([it], telling.day));
    return said.find((it) => it.answer === 'no') ?? unrecorded;
  };
  const own = partner === undefined ? undefined : covers([partner]);
  const named = [...new Set(ties.map((it) => it.named))];
  const hers = named.map((it) =>
    covers(
      ties
        .filter((tie) => tie.named === it && (tie.how === 'itself' || tie.how === 'whole'))
        .map((tie) => tie.body),
    ),
  );
  const open = hers.find((it) => it.answer !== 'no') ?? hers[0] ?? covers([]);
  const found = telling.incomplete.weaken(own?.answer === 'no' ? own : open);
  return doubt !== undefined && found.answer === 'no'
    ? leftOpen({ ...found, reasons: [] }, doubt)
    : found;
}

const unrecorded: Finding = {
  answer: 'undetermined',
  reasons: [{ code: 'nothing-recorded', events: [] }],
  presumed: [],
  unknowns: [],
};

/** A finding without a basis, as a verdict. */
export function saidOf(
  found: Finding,
  sentence: (verdict: Said['verdict']) => string,
  ask: Said['ask'],
): Said {
  const verdict = counterVerdict(found, { pending: false, conditional: false });
  return {
    verdict,
    word: verdictWords[verdict],
    sentence: sentence(verdict),
    reasons: found.reasons,
    ask,
  };
}
