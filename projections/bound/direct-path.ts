import { obligation } from '../../src/agreements/domain/obligation.js';
import { allOf, finding } from '../../src/entries/domain/finding.js';
import type { AgreementRecord } from '../agreement-record.js';
import { notReplaced } from '../claimed-elsewhere.js';
import { concerns } from '../concerns.js';
import { bothHold } from '../../src/entries/domain/joined-findings.js';
import type { Asked, Found } from './found-path.js';

/** By a paper of their own: an agreement in which both stand. */
export function directPath(agreement: AgreementRecord, { from, to, field, reader }: Asked): Found {
  const owed = obligation(agreement, { provider: from, beneficiary: to });
  const own = finding(allOf(owed, concerns(agreement.outline, field)));
  return {
    kind: 'direct',
    agreement,
    finding: bothHold(own, notReplaced(agreement, reader)),
    acts: [{ in: { agreement: agreement.id }, act: (event) => agreement.act(event) }],
    streams: [agreement.id],
    pending: agreement.pending(
      `bond:${from}`,
      `bond:${to}`,
      'topology',
      'outline',
      `field:${field}`,
    ),
  };
}
