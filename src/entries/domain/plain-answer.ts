import { isCertain } from '../../time/possibility.js';
import { and, type Answer } from '../../time/three-valued.js';
import type { Finding, Verdicts } from './finding.js';

/**
 * What `finding(allOf(…))` of the parts, and `bothHold` with each of the findings, answers: without
 * putting together why. Undefined where a part is open, so that only joining its unknowns tells.
 */
export function plainAnswer(
  parts: readonly Verdicts[],
  findings: readonly (Finding | undefined)[],
): Answer | undefined {
  let all: Answer = 'yes';
  for (const it of parts) {
    if (!isCertain(it)) return undefined;
    all = and(all, it[0].content.answer);
  }
  for (const it of findings) if (it !== undefined) all = and(all, it.answer);
  return all;
}
