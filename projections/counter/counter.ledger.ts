import { agreementRows } from '../../src/agreements/domain/agreement-parts.js';
import type { PartRow } from '../../src/entries/domain/part-rows.js';
import { actRows, type ActOnRecord } from '../act-rows.js';
import { ledger } from '../ledger.js';
import { mergedParts } from '../merged-parts.js';

/** Acts whose dates and sources the counter shows. */
const shown: ReadonlySet<string> = new Set([
  'AgreementRegistered',
  'AgreementConcluded',
  'ServiceStarted',
  'TermsOfUseSet',
  'FacilitiesCounted',
  'FacilityOffered',
  'ContactStated',
]);

/**
 * 窓口 — what a person at the counter is told of an agreement beside who is bound: its services, terms
 * of use, contacts, counts and facilities, in one row `use` for each run of days; counts and facilities
 * also by themselves. Who is bound stands in `agreement-graph`, and what a body says of itself in `parties`.
 */
export const counter = ledger({
  name: 'counter',
  fold: 2,
  watches: ['agreement'],
  rows: (events, presume) => {
    const parts = agreementRows(events, presume).filter(isUse);
    return [
      ...mergedParts('use', [...parts, ...actRows(events).filter(isShown)]),
      ...parts.filter(isFoundBy),
    ];
  },
});

/** What an agreement is found by, for a body's counts and a facility's offers. */
function isFoundBy({ part }: PartRow): boolean {
  return /^(count|facility):/.test(part);
}

function isUse({ part }: PartRow): boolean {
  return /^(service$|terms:|contact:|count:|facility:)/.test(part);
}

function isShown({ contents }: PartRow): boolean {
  return contents.some(({ content }) => shown.has((content as ActOnRecord).type));
}
