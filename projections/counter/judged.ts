import type { CounterVerdict } from '../../src/counter/domain/counter-verdict.js';
import type { Tie } from '../../src/counter/domain/eligibility.js';
import type { Finding } from '../../src/entries/domain/finding.js';
import type { Basis } from './counter.answer.js';

/** What a ground comes to on a day. */
export interface Judged {
  readonly verdict: CounterVerdict;
  /** Why: put together where it is told. */
  readonly finding: Finding;
  readonly pending: readonly string[];
  readonly conditions: readonly string[];
}

/** A ground that is judged: every one decides, and only those of the page are told in full. */
export interface JudgedBasis {
  readonly tie: Tie;
  readonly judged: Judged;
  readonly tell: () => Basis;
}
