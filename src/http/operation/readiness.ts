import { Inject, Injectable } from '@nestjs/common';
import type { Pool } from 'pg';

import type { LedgerStatus } from '../../../projections/projection-status.js';
import { ledgers } from '../../../projections/ledgers.js';
import { ReadSide } from '../../../projections/read-side.js';
import { POOL } from '../../postgres/pool.token.js';
import { within } from './within.js';

export interface LedgerReadiness {
  readonly ledger: string;
  readonly state: 'running' | 'halted' | 'missing';
  readonly n: number;
  readonly lagEvents: number;
  readonly lagSeconds: number;
  /** Streams that wait for a person; answers that they could touch say so. */
  readonly parked: number;
}

export interface Readiness {
  /** `degraded` answers, but not about everything; `not-ready` must be given no requests. */
  readonly status: 'ready' | 'degraded' | 'not-ready';
  readonly database: 'up' | 'down';
  readonly projections: readonly LedgerReadiness[];
}

const patience = 3_000;
/** A ledger that is so far behind would make every reader of his own writes wait in vain. */
const mostSecondsBehind = 30;

/** Whether this process can answer, as it finds on trying. */
@Injectable()
export class ReadinessCheck {
  constructor(
    @Inject(POOL) private readonly pool: Pool,
    private readonly readSide: ReadSide,
  ) {}

  async now(): Promise<Readiness> {
    const found = await this.statuses();
    if (found === undefined) return { status: 'not-ready', database: 'down', projections: [] };
    const projections = ledgers.map(({ name }) => readinessOf(name, found));
    const broken = projections.some(
      (it) => it.state !== 'running' || it.lagSeconds > mostSecondsBehind,
    );
    const incomplete = projections.some((it) => it.parked > 0);
    const answering = incomplete ? 'degraded' : 'ready';
    return { status: broken ? 'not-ready' : answering, database: 'up', projections };
  }

  /** Undefined where the database or the event store does not answer in time. */
  private async statuses(): Promise<readonly LedgerStatus[] | undefined> {
    try {
      return await within(patience, async () => {
        await this.pool.query('select 1');
        return this.readSide.status();
      });
    } catch {
      return undefined;
    }
  }
}

function readinessOf(ledger: string, found: readonly LedgerStatus[]): LedgerReadiness {
  const it = found.find((status) => status.ledger === ledger);
  if (it === undefined) {
    return { ledger, state: 'missing', n: -1, lagEvents: 0, lagSeconds: 0, parked: 0 };
  }
  const { state, n, lagEvents, lagSeconds, parked } = it;
  return { ledger, state, n, lagEvents, lagSeconds, parked: parked.length };
}
