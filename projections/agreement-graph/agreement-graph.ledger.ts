import { agreementRows } from '../../src/agreements/domain/agreement-parts.js';
import type { PartRow } from '../../src/entries/domain/part-rows.js';
import { actsTogether } from '../act-rows.js';
import { fieldsAndProviders } from '../agreement-names.js';
import { disclosureRows } from '../disclosure.js';
import { keeperOf, keeperRows, withKeeper } from '../keeper-row.js';
import { ledger } from '../ledger.js';
import { mergedParts } from '../merged-parts.js';
import { namedRows } from '../named-rows.js';

/** Parts that answers about obligations read of every agreement, whoever is asked about. */
const core: ReadonlySet<string> = new Set(['outline', 'topology', 'through', 'scope', 'keeper']);

/**
 * 協定のつながり — the dated hypergraph of agreements: who stands in which (`bond:<party>`), in which
 * fields (`field:<field>`), and what each says of the whole (`core`, `acts:<group>`). Incidence alone is kept;
 * pairs of parties are derived when they are asked for.
 */
export const agreementGraph = ledger({
  name: 'agreement-graph',
  fold: 3,
  watches: ['agreement'],
  rows: (events, presume) => {
    const parts = agreementRows(events, presume).map((row) => withKeeper(row, keeperOf(events)));
    return [
      ...mergedParts('core', [...parts.filter(isCore), ...keeperRows(events)]),
      ...parts.filter(({ part }) => /^(bond|supersedes):/.test(part)),
      ...namedRows(events, fieldsAndProviders),
      ...actsTogether(events),
      ...disclosureRows(events),
    ];
  },
});

function isCore({ part }: PartRow): boolean {
  return core.has(part) || part.startsWith('reservation:');
}
