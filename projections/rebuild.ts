import { Client, type ClientConfig } from 'pg';

import { inTransaction } from '../src/event-sourcing/postgres-transaction.js';
import { buildVersion } from './build-version.js';
import { catchUp } from './catch-up.js';
import { currentPoint, type LedgerPoint, pointOf } from './checkpoint.js';
import { compareVersions, type Comparison } from './compare-versions.js';
import { dropVersionsBefore, nextVersion } from './ledger-versions.js';
import type { RebuildProgress } from './rebuild-progress.js';
import type { FoldContext } from './stream-fold.js';

export interface Rebuilt {
  readonly ledger: string;
  readonly version: number;
  readonly fold: number;
  readonly n: number;
  readonly events: number;
  readonly rows: number;
  /** Beside the version that served before; undefined where there was none. */
  readonly comparison: Comparison | undefined;
}

export interface RebuildOptions {
  readonly connection: ClientConfig;
  readonly onProgress?: (progress: RebuildProgress) => void;
}

/**
 * Builds the next version of a ledger from the log beside the one that serves, compares the two at
 * the same n, and lets the new one serve. The version before stays, older ones are dropped.
 */
export async function rebuild(context: FoldContext, options: RebuildOptions): Promise<Rebuilt> {
  const { ledger } = context;
  const { onProgress = () => undefined } = options;
  const connection = new Client(options.connection);
  connection.on('error', () => undefined);
  await connection.connect();
  try {
    await oneAtATime(connection, ledger.name);
    const version = await nextVersion(connection, ledger.name);
    const built = await buildVersion(connection, context, version, onProgress);
    const progress = { events: built.events, of: built.events };
    onProgress({ stage: 'catching-up', ...progress });
    await catchUp(connection, context, version);
    onProgress({ stage: 'comparing', ...progress });
    const before = await currentPoint(connection, ledger.name);
    const made = await madePoint(connection, ledger.name, version);
    const comparison = before && (await compareVersions(connection, ledger, before, made));
    const point = await serve(connection, context, version);
    await dropVersionsBefore(connection, ledger.name, before?.version ?? version);
    onProgress({ stage: 'serving', ...progress });
    return {
      ledger: ledger.name,
      version,
      fold: ledger.fold,
      n: point.n,
      events: built.events,
      rows: built.rows,
      comparison,
    };
  } finally {
    await connection.end();
  }
}

/**
 * The leader of the version that served is held back by the lock on its checkpoint, so that the new
 * one is at least as far when it takes over; the old fence goes up, and the leader begins anew.
 */
async function serve(
  connection: Client,
  context: FoldContext,
  version: number,
): Promise<LedgerPoint> {
  const { name } = context.ledger;
  await catchUp(connection, context, version);
  return inTransaction(connection, async () => {
    await connection.query(
      'update projection.checkpoint set fence = fence + 1, serves = false where ledger = $1 and serves',
      [name],
    );
    await catchUp(connection, context, version, 'within');
    await connection.query(
      'update projection.checkpoint set serves = true where ledger = $1 and version = $2',
      [name, version],
    );
    return madePoint(connection, name, version);
  });
}

async function madePoint(
  connection: Client,
  ledger: string,
  version: number,
): Promise<LedgerPoint> {
  const point = await pointOf(connection, ledger, version);
  if (point === undefined) throw new Error(`${ledger}: version ${version} is gone`);
  return point;
}

/** Another rebuild of the same ledger is refused; the lock goes with the connection. */
async function oneAtATime(connection: Client, ledger: string): Promise<void> {
  const { rows } = await connection.query<{ mine: boolean }>(
    'select pg_try_advisory_lock(hashtextextended($1, 0)) as mine',
    [`musubi rebuild ${ledger}`],
  );
  if (rows[0]?.mine !== true) throw new Error(`台帳 ${ledger} は、すでに作り直されています。`);
}
