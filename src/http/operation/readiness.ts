import { Inject, Injectable } from '@nestjs/common';
import type { Pool } from 'pg';

import type { LedgerStatus } from '../../../projections/projection-status.js';
import { ledgers } from '../../../projections/ledgers.js';
import { ReadSide } from '../../../projections/read-side.js';
import type { Clock } from '../../clock.js';
import { CLOCK } from '../../clock.token.js';
import { clockTolerance } from '../../event-sourcing/event-store.js';
import { POOL } from '../../postgres/pool.token.js';
import { within } from '../../within.js';

export interface LedgerReadiness {
  readonly ledger: string;
  readonly state: 'running' | 'halted' | 'missing';
  readonly n: number;
  readonly lagEvents: number;
  readonly lagSeconds: number;
  /** Streams that wait for a person; answers that they could touch say so. */
  readonly parked: number;
}

/** This machine's clock beside the database's; while it is skewed nothing is written. */
export interface ClockReadiness {
  readonly state: 'agrees' | 'skewed' | 'unknown';
  /** By how much it is ahead at least, behind where negative; to a tenth. */
  readonly seconds: number;
}

export interface Readiness {
  /** `degraded` answers, but not about everything; `not-ready` must be given no requests. */
  readonly status: 'ready' | 'degraded' | 'not-ready';
  readonly database: 'up' | 'down';
  readonly clock: ClockReadiness;
  readonly projections: readonly LedgerReadiness[];
}

const patience = 3_000;
/** A ledger that is so far behind would make every reader of his own writes wait in vain. */
const mostSecondsBehind = 30;

const unknownClock: ClockReadiness = { state: 'unknown', seconds: 0 };

/** Whether this process can answer, as it finds on trying. */
@Injectable()
export class ReadinessCheck {
  constructor(
    @Inject(POOL) private readonly pool: Pool,
    @Inject(CLOCK) private readonly clock: Clock,
    private readonly readSide: ReadSide,
  ) {}

  async now(): Promise<Readiness> {
    const found = await this.found();
    if (found === undefined) {
      return { status: 'not-ready', database: 'down', clock: unknownClock, projections: [] };
    }
    const { clock, statuses } = found;
    const projections = ledgers.map(({ name }) => readinessOf(name, statuses));
    const broken = projections.some(
      (it) => it.state !== 'running' || it.lagSeconds > mostSecondsBehind,
    );
    const incomplete = clock.state === 'skewed' || projections.some((it) => it.parked > 0);
    const answering = incomplete ? 'degraded' : 'ready';
    return { status: broken ? 'not-ready' : answering, database: 'up', clock, projections };
  }

  /** Undefined where the database or the event store does not answer in time. */
  private async found() {
    try {
      return await within(patience, async () => {
        const clock = await this.comparedClock();
        return { clock, statuses: await this.readSide.status(clock.seconds * 1_000) };
      });
    } catch {
      return undefined;
    }
  }

  /** What the question took on its way is no difference: the least that explains the answer counts. */
  private async comparedClock(): Promise<ClockReadiness> {
    const asked = this.clock.millis();
    const { rows } = await this.pool.query<{ millis: number }>(
      `select date_part('epoch', statement_timestamp()) * 1000 as millis`,
    );
    const database = rows[0]?.millis ?? asked;
    const skew = Math.max(asked - database, 0) || Math.min(this.clock.millis() - database, 0);
    const state = Math.abs(skew) > clockTolerance ? 'skewed' : 'agrees';
    return { state, seconds: Math.round(skew / 100) / 10 };
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
