import { measureTelling } from '../../src/agreements/domain/measures.js';
import { relationRows } from '../../src/agreements/domain/relations.js';
import { toldRows } from '../../src/entries/domain/told-fact.js';
import { partyTelling } from '../../src/parties/domain/told.js';
import { proposalRows } from '../../src/proposals/domain/proposal-parts.js';
import { countTelling } from '../../src/proposals/domain/told.js';
import { disclosureRows } from '../disclosure.js';
import { ledger } from '../ledger.js';

/**
 * 取組台帳 — what the sources tell beside who is bound: measures, meetings, figures, proposals and
 * their totals, and how records relate. None of it binds anybody.
 */
export const measures = ledger({
  name: 'measures',
  fold: 1,
  watches: ['agreement', 'party', 'proposal'],
  rows: (events, presume) => {
    const kind = opened(events[0]?.event.type);
    if (kind === 'proposal') {
      return [
        ...proposalRows(events, presume),
        ...toldRows(events, presume, countTelling),
        ...disclosureRows(events),
      ];
    }
    if (kind === 'party') return toldRows(events, presume, partyTelling);
    return [...toldRows(events, presume, measureTelling), ...relationRows(events)];
  },
});

/** Every stream begins with the act that makes it. */
function opened(type: string | undefined): 'agreement' | 'party' | 'proposal' {
  if (type === 'PartyRegistered') return 'party';
  return type === 'ProposalReceived' || type === 'ProposalsCounted' ? 'proposal' : 'agreement';
}
