import type { ClientBase } from 'pg';

import { inTransaction } from '../src/event-sourcing/postgres-transaction.js';
import { told } from './failed-stream.js';
import { currentPoint, type LedgerPoint } from './checkpoint.js';
import { StreamChanges } from './changes.js';
import { schemaOf } from './ledger.js';
import { parkedIn, unpark } from './parked-streams.js';
import { noRows } from './stored-row.js';
import { advanceBy, type FoldContext } from './stream-fold.js';
import type { Timeline } from './timelines.js';
import { closeRows, openRows } from './write-changes.js';

export type Replayed = 'replayed' | 'not-parked' | { readonly failed: string };

/**
 * Folds what a parked stream missed, up to where its ledger stands. The fence goes up in the same
 * transaction: a leader that still takes the stream for parked cannot commit, and begins anew.
 */
export async function replay(
  connection: ClientBase,
  context: FoldContext,
  stream: string,
): Promise<Replayed> {
  try {
    return await inTransaction(connection, async () => {
      const point = await lockedPoint(connection, context.ledger.name);
      const parked = (await parkedIn(connection, point)).find((it) => it.stream === stream);
      if (parked === undefined) return 'not-parked';
      const changes = await missed(context, stream, parked.n, point.n);
      const schema = schemaOf(context.ledger.name, point.version);
      await closeRows(connection, schema, changes.closed);
      await openRows(connection, context.ledger, schema, changes.opened);
      await unpark(connection, point, stream);
      return 'replayed';
    });
  } catch (fault) {
    return { failed: told(fault) };
  }
}

async function lockedPoint(connection: ClientBase, ledger: string): Promise<LedgerPoint> {
  await connection.query(
    'update projection.checkpoint set fence = fence + 1 where ledger = $1 and serves',
    [ledger],
  );
  const point = await currentPoint(connection, ledger);
  if (point === undefined) throw new Error(`${ledger} was never built`);
  return point;
}

/** The rows on record are those of the timeline before `from`; what follows is the difference. */
async function missed(
  context: FoldContext,
  stream: string,
  from: number,
  to: number,
): Promise<StreamChanges> {
  const ref = context.names.refOf(stream);
  if (ref === undefined) throw new Error(`${stream} is no stream of this register`);
  const timeline: Timeline = { events: [], rows: noRows };
  const before = new StreamChanges(ref.id);
  const changes = new StreamChanges(ref.id);
  for await (const it of context.store.readStream(stream)) {
    if (it.n > to) break;
    advanceBy(context, ref, timeline, it, it.n < from ? before : changes);
  }
  return changes;
}
