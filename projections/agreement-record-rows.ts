import { agreementRows } from '../src/agreements/domain/agreement-parts.js';
import type { Numbered } from '../src/entries/domain/event.js';
import type { PartRow } from '../src/entries/domain/part-rows.js';
import type { Presuming } from '../src/entries/domain/presumption.js';
import { actRows } from './act-rows.js';
import { fieldsAndProviders } from './agreement-names.js';
import { disclosureRows } from './disclosure.js';
import { keeperOf, keeperRows, withKeeper } from './keeper-row.js';
import { namedRows } from './named-rows.js';

/**
 * Every row of an agreement, each part by itself: what the ledgers `agreement-graph` and `counter` hold
 * between them, once merged parts are taken apart.
 */
export function agreementRecordRows(
  events: readonly Numbered[],
  presume: Presuming,
): readonly PartRow[] {
  return [
    ...agreementRows(events, presume).map((row) => withKeeper(row, keeperOf(events))),
    ...namedRows(events, fieldsAndProviders),
    ...actRows(events),
    ...disclosureRows(events),
    ...keeperRows(events),
  ];
}
