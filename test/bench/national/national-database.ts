import { openDataSource } from '../../../projections/data-source.js';
import { ledgers } from '../../../projections/ledgers.js';
import { rebuildAll, type Rebuilt } from '../../../projections/rebuild.js';
import { StreamNames } from '../../../src/entries/stream-names.js';
import { registerSchemas } from '../../../src/open-event-store.js';
import {
  openPostgresEventStore,
  type PostgresEventStore,
} from '../../../src/event-sourcing/postgres-event-store.js';
import type { Country } from '../../support/national/country.js';
import { nationalRegister } from '../../support/national/national-register.js';
import { onServer } from '../on-server.js';
import { PeakMemory } from '../peak-memory.js';
import { bareCopy } from './bare-copy.js';

export interface NationalFigures {
  readonly events: number;
  readonly rows: number;
  /** Seconds of generating and importing. */
  readonly imported: number;
  /** Seconds of reading every event and parsing it. */
  readonly replayed: number;
  /** Seconds of building all ledgers. */
  readonly rebuilt: number;
  /** Seconds of copying the very same rows into empty tables and making the same indexes. */
  readonly copied: number;
  /** Highest resident memory of this process during the rebuild, in MB. */
  readonly peakMb: number;
}

export interface NationalDatabase {
  readonly url: string;
  readonly country: Country;
  readonly figures: NationalFigures;
  drop(): Promise<void>;
}

const seed = 1;

/** A database with the national register of so many events and all ledgers built on it. */
export async function nationalDatabase(
  serverUrl: string,
  events: number,
): Promise<NationalDatabase> {
  const name = `bench_national_${events}`;
  await onServer(serverUrl, `drop database if exists ${name} with (force)`);
  await onServer(serverUrl, `create database ${name} template template0`);
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  const connection = { connectionString: url.href };
  const source = await openDataSource(url.href);
  await source.destroy();
  const names = new StreamNames('main');
  const { country, events: all } = nationalRegister({ events, seed }, names);
  const store = await openPostgresEventStore({ connection, ...registerSchemas });
  try {
    const imported = await seconds(() => store.import(asynchronous(all())));
    await onServer(url.href, 'vacuum analyze');
    const replayed = await seconds(() => replay(store));
    const memory = new PeakMemory();
    let made: readonly Rebuilt[] = [];
    const rebuilt = await seconds(async () => {
      made = await rebuildAll(ledgers, { store, names }, { connection, onProgress: told });
    });
    const peakMb = memory.stop();
    const rows = made.reduce((sum, it) => sum + it.rows, 0);
    const versions = made.map(({ version }, i) => ({ ledger: ledgers[i]!, version }));
    const copied = await bareCopy(url.href, versions);
    await onServer(url.href, 'vacuum analyze');
    const figures = { events, rows, imported, replayed, rebuilt, copied, peakMb };
    const drop = () => onServer(serverUrl, `drop database ${name} with (force)`);
    return { url: url.href, country, figures, drop };
  } finally {
    await store.close();
  }
}

async function* asynchronous<T>(all: Iterable<T>): AsyncGenerator<T, void, undefined> {
  yield* all;
}

async function replay(store: PostgresEventStore): Promise<void> {
  let events = 0;
  for await (const { body } of store.readAll(null)) if (JSON.parse(body) !== null) events += 1;
}

async function seconds(work: () => Promise<void>): Promise<number> {
  const begun = performance.now();
  await work();
  return (performance.now() - begun) / 1_000;
}

function told(it: { readonly stage: string; readonly events: number; readonly of: number }): void {
  if (it.stage === 'reading' && it.events % 100_000 !== 0) return;
  process.stderr.write(`  ${it.stage} ${it.events}/${it.of}\n`);
}
