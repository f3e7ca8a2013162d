import type { Pool } from 'pg';

import type { LedgerState } from '../ledger-states.js';
import type { ChangeLog } from './change-log.js';
import { KeptRows } from './kept-rows.js';
import { LeastLatelyUsed } from './least-lately-used.js';
import { PartiesKnown } from './parties-known.js';
import type { RowTable } from './row-table.js';

/** Points in time whose parties are remembered: the newest one, and a few that auditors ask about. */
const MOST = 4;

/**
 * The parties ledger in memory: a few thousand bodies and what they say of themselves, of which every
 * question reads some.
 */
export class KeptParties {
  private readonly rows: KeptRows;
  private readonly known = new LeastLatelyUsed<PartiesKnown>(MOST);
  private table: RowTable | undefined;

  constructor(pool: Pool, log: ChangeLog) {
    this.rows = new KeptRows(pool, log, {
      name: 'said',
      streams: 'party',
      rows: 'true',
    });
  }

  /** @param n at most the n of both ledgers */
  async at(n: number, register: LedgerState, parties: LedgerState): Promise<PartiesKnown> {
    const table = await this.rows.upTo(n, register, parties);
    if (table !== this.table) {
      this.table = table;
      this.known.clear();
    }
    const change = table.lastChange(n);
    const found = this.known.get(String(change)) ?? new PartiesKnown(table, change);
    this.known.set(String(change), found, 1);
    return found;
  }
}
