import { randomBytes } from 'node:crypto';

import { openDataSource } from '../../projections/data-source.js';
import { ledgers } from '../../projections/ledgers.js';
import { rebuild } from '../../projections/rebuild.js';
import { stored } from '../../src/entries/envelope.js';
import { StreamNames } from '../../src/entries/stream-names.js';
import type { RecordedEvent } from '../../src/event-sourcing/event-store.js';
import { openPostgresEventStore } from '../../src/event-sourcing/postgres-event-store.js';
import { generatedRegister } from '../projections/support/generated-register.js';
import { onServer } from './on-server.js';
import { PeakMemory } from './peak-memory.js';

export interface RebuildFigures {
  readonly ledger: string;
  readonly events: number;
  readonly rows: number;
  readonly eventsPerSecond: number;
  /** Highest resident memory of this process meanwhile, in MB; it holds the bench as well. */
  readonly peakMb: number;
}

/** Builds every ledger from a generated register on a database of its own. */
export async function benchRebuild(
  databaseUrl: string,
  events = 200_000,
): Promise<readonly RebuildFigures[]> {
  const name = `bench_rebuild_${randomBytes(4).toString('hex')}`;
  await onServer(databaseUrl, `create database ${name} template template0`);
  const url = new URL(databaseUrl);
  url.pathname = `/${name}`;
  const connection = { connectionString: url.href };
  const source = await openDataSource(url.href);
  await source.destroy();
  const store = await openPostgresEventStore({
    connection,
    schema: 'register',
    vaultSchema: 'vault',
  });
  try {
    await store.import(recorded(events));
    const figures: RebuildFigures[] = [];
    for (const ledger of ledgers) {
      const memory = new PeakMemory();
      const begun = performance.now();
      const made = await rebuild({ ledger, store, names: new StreamNames('test') }, { connection });
      const seconds = (performance.now() - begun) / 1000;
      figures.push({
        ledger: ledger.name,
        events: made.events,
        rows: made.rows,
        eventsPerSecond: Math.round(made.events / seconds),
        peakMb: memory.stop(),
      });
    }
    print(figures);
    return figures;
  } finally {
    await store.close();
    await onServer(databaseUrl, `drop database ${name} with (force)`);
  }
}

async function* recorded(events: number): AsyncGenerator<RecordedEvent> {
  let n = 0;
  for (const stream of generatedRegister(events)) {
    for (const event of stream) {
      const at = new Date(Date.UTC(2020, 3, 1) + n * 1000).toISOString();
      const { id, type, body } = stored({ ...event, recordedAt: at });
      const { stream: name, revision } = event;
      yield { id, type, body, recordedAt: at, n, at, stream: name, revision, position: String(n) };
      n += 1;
    }
  }
}

function print(figures: readonly RebuildFigures[]): void {
  console.log('\nRebuilding ledgers');
  for (const { ledger, events, rows, eventsPerSecond, peakMb } of figures) {
    console.log(
      `  ${ledger.padEnd(12)} ${events} events, ${rows} rows: ${eventsPerSecond} events/s, peak ${peakMb} MB`,
    );
  }
}
