import type { DataSource } from 'typeorm';

import type { EventStore } from '../src/event-sourcing/event-store.js';
import { checkpointSchema } from './checkpoint.schema.js';
import { parkedStreamSchema } from './parked-stream.schema.js';

export interface LedgerStatus {
  readonly ledger: string;
  readonly version: number;
  readonly fold: number;
  readonly state: 'running' | 'halted';
  /** Why it is halted. */
  readonly reason: string | null;
  /** -1 before the first event. */
  readonly n: number;
  readonly lagEvents: number;
  /** Since when the oldest event waits, in seconds; 0 when none does. */
  readonly lagSeconds: number;
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

/** Where every ledger stands beside the store's head, for health, metrics and people. */
export async function projectionStatus(
  source: DataSource,
  store: Pick<EventStore, 'head' | 'readAll'>,
  millis: number,
): Promise<readonly LedgerStatus[]> {
  const points = await source
    .getRepository(checkpointSchema)
    .find({ where: { serves: true }, order: { ledger: 'ASC' } });
  const parked = await source.getRepository(parkedStreamSchema).find({ order: { since: 'ASC' } });
  const head = await store.head();
  return Promise.all(
    points.map(async ({ ledger, version, fold, state, reason, n, moved }) => {
      const lagEvents = Math.max(0, (head?.n ?? -1) - Number(n));
      const waits = lagEvents === 0 ? undefined : await timeAfter(store, Number(n));
      return {
        ledger,
        version,
        fold,
        state,
        reason,
        n: Number(n),
        lagEvents,
        lagSeconds: waits === undefined ? 0 : Math.max(0, (millis - Date.parse(waits)) / 1000),
        ageSeconds: Math.max(0, (millis - moved.getTime()) / 1000),
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

async function timeAfter(
  store: Pick<EventStore, 'readAll'>,
  n: number,
): Promise<string | undefined> {
  const after = n < 0 ? null : { n, position: String(n) };
  for await (const { at } of store.readAll(after)) return at;
  return undefined;
}
