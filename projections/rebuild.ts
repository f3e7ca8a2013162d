import { Client, type ClientConfig } from 'pg';

import { inTransaction } from '../src/event-sourcing/postgres-transaction.js';
import { buildVersions } from './build-version.js';
import { catchUp } from './catch-up.js';
import { currentPoint, type LedgerPoint, pointOf } from './checkpoint.js';
import { compareVersions, type Comparison } from './compare-versions.js';
import type { Building, BuiltVersion } from './filling.js';
import type { Ledger } from './ledger.js';
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
  /** Threads that fold beside this one; by default what the machine is good for. */
  readonly threads?: number;
}

/** One ledger alone; see `rebuildAll`. */
export async function rebuild(
  { ledger, ...register }: FoldContext,
  options: RebuildOptions,
): Promise<Rebuilt> {
  const [made] = await rebuildAll([ledger], register, options);
  if (made === undefined) throw new Error(`${ledger.name} was not built`);
  return made;
}

/**
 * Builds the next version of each ledger from the log, which is read once for all, beside the versions
 * that serve; compares the two of each at the same n, and lets the new one serve. The version before
 * stays, older ones are dropped.
 */
export async function rebuildAll(
  ledgers: readonly Ledger[],
  register: Omit<FoldContext, 'ledger'>,
  options: RebuildOptions,
): Promise<readonly Rebuilt[]> {
  const { onProgress = () => undefined } = options;
  const connections: Client[] = [];
  try {
    const buildings: Building[] = [];
    for (const ledger of ledgers) {
      const connection = new Client(options.connection);
      connection.on('error', () => undefined);
      await connection.connect();
      connections.push(connection);
      await oneAtATime(connection, ledger.name);
      const version = await nextVersion(connection, ledger.name);
      buildings.push({ ledger, version, connection });
    }
    const built = await buildVersions(buildings, register, {
      onProgress,
      threads: options.threads,
    });
    return await allDone(
      buildings.map((it, i) =>
        takeOver(it, { ...register, ledger: it.ledger }, built[i]!, onProgress),
      ),
    );
  } finally {
    for (const it of connections) await it.end();
  }
}

/** What all of them give; a fault is told when none is under way any more. */
async function allDone<T>(works: readonly Promise<T>[]): Promise<readonly T[]> {
  await Promise.allSettled(works);
  return Promise.all(works);
}

async function takeOver(
  { connection, ledger, version }: Building,
  context: FoldContext,
  built: BuiltVersion,
  onProgress: (progress: RebuildProgress) => void,
): Promise<Rebuilt> {
  const progress = { ledger: ledger.name, events: built.events, of: built.events };
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
