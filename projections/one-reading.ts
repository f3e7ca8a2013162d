import type { LedgerStates } from './ledger-states.js';

/** The states of the ledgers as one request reads them: once for all that it asks. */
export class OneReading {
  private states: Promise<LedgerStates> | undefined;

  of(read: () => Promise<LedgerStates>): Promise<LedgerStates> {
    return (this.states ??= read());
  }

  /** The request has waited for more: what it asks next is read anew. */
  again(): void {
    this.states = undefined;
  }
}
