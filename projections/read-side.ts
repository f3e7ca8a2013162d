import { Inject, Injectable } from '@nestjs/common';
import type { Pool } from 'pg';
import { DataSource } from 'typeorm';

import type { Clock } from '../src/clock.js';
import { CLOCK } from '../src/clock.token.js';
import { refuse } from '../src/entries/domain/refusal.js';
import type { StreamNames } from '../src/entries/stream-names.js';
import { STREAM_NAMES } from '../src/entries/stream-names.token.js';
import type { EventStore, Head } from '../src/event-sourcing/event-store.js';
import { EVENT_STORE } from '../src/event-sourcing/event-store.token.js';
import { POOL } from '../src/postgres/pool.token.js';
import { ledgerNamed, ledgers } from './ledgers.js';
import { projectionStatus, type LedgerStatus } from './projection-status.js';
import { replay, type Replayed } from './replay.js';
import { waitUntil } from './wait-for.js';

/** How the read side stands, for those who run it and for readers of their own writes. */
@Injectable()
export class ReadSide {
  constructor(
    @Inject(POOL) private readonly pool: Pool,
    @Inject(EVENT_STORE) private readonly store: EventStore,
    @Inject(STREAM_NAMES) private readonly names: StreamNames,
    @Inject(CLOCK) private readonly clock: Clock,
    private readonly source: DataSource,
  ) {}

  /** Whether every ledger has reached n before the time was over. */
  async waitFor(n: number, timeoutMs: number): Promise<boolean> {
    const names = ledgers.map((it) => it.name);
    return (await waitUntil(this.pool, names, n, timeoutMs)) !== undefined;
  }

  /**
   * @param head the store's, undefined while it does not say it
   * @param aheadMs by how much this machine's clock is known to be ahead
   */
  status(head: Head | null | undefined, aheadMs = 0): Promise<readonly LedgerStatus[]> {
    return projectionStatus(this.source, this.store, head, this.clock.millis() - aheadMs);
  }

  /** Takes a parked stream in again, by its name. @throws Refusal `projection/unknown-ledger` */
  async replay(ledger: string, stream: string): Promise<Replayed> {
    const found = ledgerNamed(ledger);
    if (found === undefined) {
      return refuse('unknown', 'projection/unknown-ledger', `台帳 ${ledger} はありません。`);
    }
    const connection = await this.pool.connect();
    try {
      const context = { ledger: found, names: this.names, store: this.store };
      return await replay(connection, context, stream);
    } finally {
      connection.release();
    }
  }
}
