import type { Pool } from 'pg';

import type { Clock } from '../clock.js';
import type { Config } from '../config.js';
import type { EventStore } from '../event-sourcing/event-store.js';
import type { OfficeProof } from './move-office.js';
import type { Stage } from './move-stage.js';
import type { End } from './open-place.js';
import type { Progress } from './progress.js';
import type { RecordedMove } from './record-move.js';

export interface MoveOrder {
  readonly from: End;
  readonly to: End;
  readonly register: string;
  /** The administrator's login at the source. */
  readonly login: string;
  /** Why, in free words. */
  readonly ground: string;
  /** Say what would be done, and do nothing. */
  readonly check: boolean;
}

export type Step =
  'comparing' | 'read-only' | 'office' | 'copying' | 'proving' | 'ledgers' | 'recording';

/** What a person is told meanwhile. */
export interface MoveTelling {
  step(step: Step): void;
  progress(progress: Progress): void;
}

/** The read side's part: what the ledgers of the target's database have to be told. */
export interface LedgerKeeper {
  /** Lets no ledger move on until it is released. @throws Refusal `move/ledgers-behind` */
  hold(databaseUrl: string, n: number): Promise<{ release(): Promise<void> }>;
  /** @returns how many checkpoints were given the positions of the store */
  translate(pool: Pool, store: EventStore): Promise<number>;
}

export interface MoveMeans {
  readonly config: Pick<Config, 'data'>;
  readonly clock: Clock;
  readonly ledgers: LedgerKeeper;
  readonly tell: MoveTelling;
}

export interface Moved {
  readonly from: string;
  readonly to: string;
  /** What was left to do when the command began. */
  readonly left: Stage['left'];
  /** How many events were moved, and how many of them the target held before. */
  readonly events: number;
  readonly found: number;
  /** Whether vault, office and ledgers stay where they are. */
  readonly sameDatabase: boolean;
  /** See `RegisterDigest`; absent after a check. */
  readonly digest?: string;
  readonly office?: OfficeProof;
  readonly ledgers?: number;
  readonly recorded?: RecordedMove;
}
