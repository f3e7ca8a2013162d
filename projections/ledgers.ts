import { agreementGraph } from './agreement-graph/agreement-graph.ledger.js';
import { counter } from './counter/counter.ledger.js';
import { facilities } from './facilities/facilities.ledger.js';
import type { Ledger } from './ledger.js';
import { measures } from './measures/measures.ledger.js';
import { parties } from './parties/parties.ledger.js';
import { register } from './register/register.ledger.js';

/** Every ledger that the projector keeps. */
export const ledgers: readonly Ledger[] = [
  register,
  parties,
  agreementGraph,
  counter,
  facilities,
  measures,
];

export function ledgerNamed(name: string): Ledger | undefined {
  return ledgers.find((it) => it.name === name);
}
