import { Pool } from 'pg';

import type { RegisterEvent } from '../../../src/entries/domain/event.js';
import { StreamNames } from '../../../src/entries/stream-names.js';
import { stored } from '../../../src/entries/envelope.js';
import {
  openPostgresEventStore,
  type PostgresEventStore,
} from '../../../src/event-sourcing/postgres-event-store.js';
import type { CivilDate } from '../../../src/time/civil-date.js';
import { openDataSource } from '../../../projections/data-source.js';
import { ledgers } from '../../../projections/ledgers.js';
import type { Ledger } from '../../../projections/ledger.js';
import { Projectors } from '../../../projections/projectors.js';
import type { ProjectorOptions } from '../../../projections/projector.js';
import { ReadModels } from '../../../projections/read-models.js';
import { waitUntil } from '../../../projections/wait-for.js';
import { freshDatabase, type FreshDatabase } from '../../support/database.js';
import { dayOf } from '../../support/history.js';

/** A register with its read side on a database of its own, its clock set by the test. */
export class ReadSide {
  readonly names = new StreamNames('test');
  readonly reports: string[] = [];
  /** The machine's clock unless a test sets it. */
  time: number | undefined;
  private projectors: Projectors | undefined;

  private constructor(
    readonly database: FreshDatabase,
    readonly pool: Pool,
    readonly store: PostgresEventStore,
    readonly ledgers: readonly Ledger[],
  ) {}

  static async open(label: string, watched: readonly Ledger[] = ledgers): Promise<ReadSide> {
    const database = await freshDatabase(label);
    const source = await openDataSource(database.url);
    await source.destroy();
    const store = await openPostgresEventStore({
      connection: { connectionString: database.url },
      schema: 'register',
      vaultSchema: 'vault',
      pollMs: 50,
    });
    const pool = new Pool({ connectionString: database.url, max: 4 });
    pool.on('error', () => undefined);
    return new ReadSide(database, pool, store, watched);
  }

  get models(): ReadModels {
    const millis = () => this.time ?? Date.now();
    const clock = { millis, instant: () => new Date(millis()).toISOString() };
    return new ReadModels(this.pool, this.store, this.names, clock);
  }

  get context() {
    return { names: this.names, store: this.store };
  }

  start(options: Partial<ProjectorOptions> = {}, only = this.ledgers): Projectors {
    const projectors = new Projectors(only, this.context, {
      connection: { connectionString: this.database.url },
      leadEveryMs: 20,
      report: (line) => this.reports.push(line),
      ...options,
    });
    projectors.start();
    this.projectors ??= projectors;
    return projectors;
  }

  /** Appends events in their order, one append for each run of one stream. */
  async append(...events: readonly RegisterEvent[]): Promise<number> {
    let n = -1;
    for (const event of events) {
      const done = await this.store.append(event.stream, event.revision - 1, [stored(event)]);
      n = done.n;
    }
    return n;
  }

  /** Waits until every ledger has the newest event. */
  async caughtUp(): Promise<number> {
    const head = await this.store.head();
    const n = head?.n ?? -1;
    const names = this.ledgers.map((it) => it.name);
    if ((await waitUntil(this.pool, names, n, 20_000)) === undefined) {
      throw new Error(`not caught up with ${n}: ${this.reports.join('; ')}`);
    }
    return n;
  }

  async close(): Promise<void> {
    await this.projectors?.stop();
    await this.store.close();
    await this.pool.end();
    await this.database.dispose();
  }
}

export function day(text: string): CivilDate {
  return dayOf(text) as CivilDate;
}
