import { Inject, Injectable } from '@nestjs/common';
import type { Pool } from 'pg';

import type { LedgerStatus } from '../../../projections/projection-status.js';
import type { Ledger } from '../../../projections/ledger.js';
import { ledgers } from '../../../projections/ledgers.js';
import { ReadSide } from '../../../projections/read-side.js';
import type { Clock } from '../../clock.js';
import { CLOCK } from '../../clock.token.js';
import {
  clockTolerance,
  type EventStore,
  type Head,
  UnexpectedHistory,
} from '../../event-sourcing/event-store.js';
import { EVENT_STORE } from '../../event-sourcing/event-store.token.js';
import { whyReadOnly } from '../../move/read-only-reason.js';
import { POOL } from '../../postgres/pool.token.js';
import { within } from '../../within.js';

export interface LedgerReadiness {
  readonly ledger: string;
  /** `ahead`: it holds numbers that the event store no longer has; a person must look. */
  readonly state: 'running' | 'halted' | 'missing' | 'ahead';
  readonly n: number;
  /** Null while the event store does not say how far it is. */
  readonly lagEvents: number | null;
  readonly lagSeconds: number | null;
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
  /** `degraded` answers, but not about everything, or takes nothing in; `not-ready` must be given no requests. */
  readonly status: 'ready' | 'degraded' | 'not-ready';
  readonly database: 'up' | 'down';
  /**
   * Where the events are. While it is down the ledgers answer, and nothing can be registered. With
   * another history than this process knows, restored from a backup, it needs a person.
   */
  readonly eventStore: 'up' | 'down' | 'other-history';
  readonly clock: ClockReadiness;
  /** Why nothing can be registered now; absent while it can. */
  readonly readOnly?: string;
  readonly projections: readonly LedgerReadiness[];
}

const patience = 3_000;
const patienceWithEventStore = 1_500;
/** A ledger that is so far behind would make every reader of his own writes wait in vain. */
const mostSecondsBehind = 30;

const nothingFound: Readiness = {
  status: 'not-ready',
  database: 'down',
  eventStore: 'down',
  clock: { state: 'unknown', seconds: 0 },
  projections: [],
};

interface Found {
  readonly eventStore: Readiness['eventStore'];
  /** Undefined where it is not known; null in an empty register. */
  readonly head: Head | null | undefined;
}

type Store = Pick<EventStore, 'head' | 'readOnly'>;

/** Whether this process can answer, as it finds on trying. */
@Injectable()
export class ReadinessCheck {
  constructor(
    @Inject(POOL) private readonly pool: Pool,
    @Inject(CLOCK) private readonly clock: Clock,
    private readonly readSide: ReadSide,
    @Inject(EVENT_STORE) private readonly store: Store,
  ) {}

  async now(): Promise<Readiness> {
    try {
      return await within(patience, () => this.found());
    } catch {
      return nothingFound;
    }
  }

  private async found(): Promise<Readiness> {
    const clock = await this.comparedClock();
    const { eventStore, head } = await this.eventStore();
    const statuses = await this.readSide.status(head, clock.seconds * 1_000);
    const readOnly = await this.store.readOnly();
    const projections = ledgers.map((it) => readinessOf(it, statuses));
    const broken =
      eventStore === 'other-history' ||
      projections.some(
        ({ state, lagSeconds }) => state !== 'running' || (lagSeconds ?? 0) > mostSecondsBehind,
      );
    const limited =
      eventStore !== 'up' ||
      clock.state === 'skewed' ||
      readOnly !== null ||
      projections.some(({ parked }) => parked > 0);
    return {
      status: broken ? 'not-ready' : limited ? 'degraded' : 'ready',
      database: 'up',
      eventStore,
      clock,
      ...(readOnly === null ? {} : { readOnly: whyReadOnly(readOnly) }),
      projections,
    };
  }

  private async eventStore(): Promise<Found> {
    try {
      const head = await within(patienceWithEventStore, () => this.store.head());
      return { eventStore: 'up', head };
    } catch (fault) {
      const eventStore = fault instanceof UnexpectedHistory ? 'other-history' : 'down';
      return { eventStore, head: undefined };
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

/** A ledger that another program's fold made is built anew before it answers. */
function readinessOf(
  { name: ledger, fold }: Ledger,
  found: readonly LedgerStatus[],
): LedgerReadiness {
  const it = found.find((status) => status.ledger === ledger && status.fold === fold);
  if (it === undefined) {
    return { ledger, state: 'missing', n: -1, lagEvents: null, lagSeconds: null, parked: 0 };
  }
  const { state, n, lagEvents, lagSeconds, parked } = it;
  return { ledger, state, n, lagEvents, lagSeconds, parked: parked.length };
}
