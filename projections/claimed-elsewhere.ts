import type { Superseding } from '../src/agreements/domain/details.js';
import {
  allOf,
  finding,
  verdict,
  verdicts,
  type Finding,
  type Verdict,
  type Verdicts,
} from '../src/entries/domain/finding.js';
import type { Possible } from '../src/time/possibility.js';
import type { AgreementRecord } from './agreement-record.js';
import { seesWithheld, type Reader } from './reader.js';
import type { RecordRow } from './record-row.js';

type Claim = Superseding & { readonly keeper?: string };

/** Whether he may see the agreement that says it replaces another one. */
export function seesClaim(reader: Reader, claim: RecordRow): boolean {
  const keepers = claim.contents.map(({ content }) => (content as Claim).keeper);
  return claim.disclosed === true || keepers.some((it) => seesWithheld(reader, it));
}

/**
 * Whether the agreement is still not replaced by another one. Its own keeper's word ends it; another
 * body's is a claim, and leaves it open until the keeper enters the end (domain § 6). What the reader
 * may not see leaves it open too, and only that is told.
 */
export function notReplaced(agreement: AgreementRecord, reader: Reader): Finding | undefined {
  const [first, ...others] = agreement.claims
    .filter(({ contents }) => contents.length > 0)
    .map((claim) => claimed(claim, agreement.keeper, reader));
  return first === undefined ? undefined : finding(allOf(first, ...others));
}

/** What one claim leaves of it: the row of an agreement that says it replaces another one. */
export function claimed(claim: RecordRow, keeper: string | undefined, reader: Reader): Verdicts {
  const contents = claim.contents as Possible<Claim>;
  return seesClaim(reader, claim)
    ? verdicts(contents, (it) => judged(it, keeper))
    : unseen(contents);
}

function judged(claim: Claim, keeper: string | undefined): Verdict {
  if (!claim.begun) return holds;
  return claim.keeper === keeper
    ? verdict('no', 'superseded', claim.by)
    : verdict('undetermined', 'claimed-elsewhere', claim.by);
}

/** Not even which dates leave it open is told. */
function unseen(claim: Possible<Claim>): Verdicts {
  const begun = claim.some(({ content }) => content.begun);
  return [{ content: begun ? verdict('undetermined', 'undisclosed') : holds, worlds: [{}] }];
}

const holds: Verdict = { answer: 'yes', reasons: [], presumed: [] };
