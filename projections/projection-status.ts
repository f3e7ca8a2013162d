import type { DataSource } from 'typeorm';

import {
  type Checkpoint,
  type EventStore,
  type Head,
  StoreUnavailable,
} from '../src/event-sourcing/event-store.js';
import { checkpointSchema } from './checkpoint.schema.js';
import { ledgerNamed } from './ledgers.js';
import { parkedStreamSchema } from './parked-stream.schema.js';

export interface LedgerStatus {
  readonly ledger: string;
  readonly version: number;
  readonly fold: number;
  /** `ahead`: the store ends before this ledger does, as one that was restored from a backup. */
  readonly state: 'running' | 'halted' | 'ahead';
  /** Why it is halted. */
  readonly reason: string | null;
  /** -1 before the first event. */
  readonly n: number;
  /** Null while the event store does not say how far it is. */
  readonly lagEvents: number | null;
  /** Since when the oldest event waits, in seconds; 0 when none does. */
  readonly lagSeconds: number | null;
  /** Seconds since the ledger last moved. */
  readonly ageSeconds: number;
  readonly parked: readonly ParkedStatus[];
}

export interface ParkedStatus {
  readonly stream: string;
  readonly n: number;
  readonly error: string;
  readonly since: string;
}

/**
 * Where every ledger stands beside the store's head, for health, metrics and people.
 * @param found the head, undefined while the store does not say it
 */
export async function projectionStatus(
  source: DataSource,
  store: Pick<EventStore, 'readAll' | 'head'>,
  found: Head | null | undefined,
  millis: number,
): Promise<readonly LedgerStatus[]> {
  const serving = await source
    .getRepository(checkpointSchema)
    .find({ where: { serves: true }, order: { ledger: 'ASC' } });
  // What an earlier program kept and this one does not stands still, and is no fault.
  const points = serving.filter((it) => ledgerNamed(it.ledger) !== undefined);
  // A ledger takes in what is appended between the two questions: only a head read after it counts.
  const overtaken = found !== undefined && points.some(({ n }) => Number(n) > (found?.n ?? -1));
  const head = overtaken ? await store.head().catch(() => undefined) : found;
  const parked = await source.getRepository(parkedStreamSchema).find({ order: { since: 'ASC' } });
  return Promise.all(
    points.map(async ({ ledger, version, fold, state, reason, n, position, moved }) => {
      const ahead = head !== undefined && (head?.n ?? -1) < Number(n);
      const lagEvents = head === undefined ? null : Math.max(0, (head?.n ?? -1) - Number(n));
      const after = position === null ? null : { n: Number(n), position };
      const waits = lagEvents ? await timeAfter(store, after) : undefined;
      const lagSeconds =
        waits === undefined ? 0 : Math.max(0, (millis - Date.parse(waits)) / 1_000);
      return {
        ledger,
        version,
        fold,
        state: ahead ? 'ahead' : state,
        reason,
        n: Number(n),
        lagEvents,
        lagSeconds: lagEvents === null ? null : lagSeconds,
        ageSeconds: Math.max(0, (millis - moved.getTime()) / 1_000),
        parked: parked
          .filter((it) => it.ledger === ledger && it.version === version)
          .map((it) => ({
            stream: it.stream,
            n: Number(it.n),
            error: it.error,
            since: it.since.toISOString(),
          })),
      };
    }),
  );
}

/** The time of the event after a checkpoint; undefined also where the store does not say it. */
async function timeAfter(
  store: Pick<EventStore, 'readAll'>,
  after: Checkpoint | null,
): Promise<string | undefined> {
  try {
    for await (const { at } of store.readAll(after)) return at;
  } catch (fault) {
    if (!(fault instanceof StoreUnavailable)) throw fault;
  }
  return undefined;
}
