import type { Superseding } from '../src/agreements/domain/details.js';
import {
  allOf,
  finding,
  verdict,
  verdicts,
  type Finding,
  type Verdict,
} from '../src/entries/domain/finding.js';
import type { Possible } from '../src/time/possibility.js';
import type { AgreementRecord } from './agreement-record.js';

type Claim = Superseding & { readonly keeper?: string };

/**
 * Whether the agreement is still not replaced by another one. Its own keeper's word ends it; another
 * body's is a claim, and leaves it open until the keeper enters the end (domain § 6).
 */
export function notReplaced(agreement: AgreementRecord): Finding | undefined {
  const [first, ...others] = agreement.claims
    .filter(({ contents }) => contents.length > 0)
    .map(({ contents }) =>
      verdicts(contents as Possible<Claim>, (it) => judged(it, agreement.keeper)),
    );
  return first === undefined ? undefined : finding(allOf(first, ...others));
}

function judged(claim: Claim, keeper: string | undefined): Verdict {
  if (!claim.begun) return { answer: 'yes', reasons: [], presumed: [] };
  return claim.keeper === keeper
    ? verdict('no', 'superseded', claim.by)
    : verdict('undetermined', 'claimed-elsewhere', claim.by);
}
