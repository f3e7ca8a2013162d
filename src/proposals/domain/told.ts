import type { Leaning } from '../../entries/domain/readings.js';
import type { Telling } from '../../entries/domain/told-fact.js';
import type { ProposalEvent } from './acts.js';

export type Counted = Extract<ProposalEvent, { type: 'ProposalsCounted' }>['data'];

/** What became of a proposal leans on its having been received. */
export const proposalLeaning: Leaning = {
  leans: (act, base) => base.type === 'ProposalReceived' && outcomes.has(act.type),
  replaces: (other, base) => other.type === base.type,
};

const outcomes: ReadonlySet<string> = new Set([
  'ProposalAdvanced',
  'ProposalRealised',
  'ProposalDeclined',
]);

/** Totals of proposals, as published; the proposals behind them are not made up. */
export const countTelling: Telling = {
  leaning: proposalLeaning,
  told(event) {
    const act = event as ProposalEvent;
    if (act.type !== 'ProposalsCounted') return undefined;
    return {
      kind: 'count',
      said: act.data,
      begins: undefined,
      keys: [`of:${act.data.receiver}`],
    };
  },
};
