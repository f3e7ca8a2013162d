import type { ClientBase } from 'pg';

import type { Head } from '../src/event-sourcing/event-store.js';
import { postgresFault } from '../src/event-sourcing/postgres-faults.js';
import { inTransaction } from '../src/event-sourcing/postgres-transaction.js';
import type { FoldedBatch } from './batch-fold.js';
import { told, type FailedStream } from './failed-stream.js';
import type { StreamChanges } from './changes.js';
import { advance, type LedgerPoint } from './checkpoint.js';
import { schemaOf, type Ledger } from './ledger.js';
import { park } from './parked-streams.js';
import { addEvents, closeRows, openRows } from './write-changes.js';

type NamedChanges = readonly (readonly [stream: string, changes: StreamChanges])[];

export interface Committed {
  readonly point: LedgerPoint;
  readonly parked: readonly FailedStream[];
}

type Writable = FoldedBatch & { readonly last: Head };

/**
 * One transaction: the checkpoint, compared and set, and the rows. `isolating` finds the streams
 * that the tables refuse by halves, and parks them; without it the first fault is thrown.
 */
export async function commitBatch(
  connection: ClientBase,
  ledger: Ledger,
  point: LedgerPoint,
  folded: Writable,
  isolating: boolean,
): Promise<Committed> {
  return inTransaction(connection, () => writeBatch(connection, ledger, point, folded, isolating));
}

/** The same within a transaction that is open. */
export async function writeBatch(
  connection: ClientBase,
  ledger: Ledger,
  point: LedgerPoint,
  folded: Writable,
  isolating: boolean,
): Promise<Committed> {
  const schema = schemaOf(ledger.name, point.version);
  const next = await advance(connection, point, folded.last);
  const changes = [...folded.changes];
  const refused = isolating
    ? await writeByHalves(connection, ledger, schema, changes)
    : await write(connection, ledger, schema, changes);
  await addEvents(connection, schema, folded.events);
  const parked = earliest([...folded.failed, ...refused]);
  for (const it of parked) await park(connection, point, it);
  return { point: next, parked };
}

async function write(
  connection: ClientBase,
  ledger: Ledger,
  schema: string,
  changes: NamedChanges,
): Promise<readonly FailedStream[]> {
  await closeRows(
    connection,
    schema,
    changes.flatMap(([, it]) => it.closed),
  );
  await openRows(
    connection,
    ledger,
    schema,
    changes.flatMap(([, it]) => it.opened),
  );
  return [];
}

async function writeByHalves(
  connection: ClientBase,
  ledger: Ledger,
  schema: string,
  changes: NamedChanges,
): Promise<readonly FailedStream[]> {
  await connection.query('savepoint half');
  try {
    await write(connection, ledger, schema, changes);
    await connection.query('release savepoint half');
    return [];
  } catch (cause) {
    if (postgresFault(cause) === 'connection-lost') throw cause;
    await connection.query('rollback to savepoint half');
    const [only] = changes;
    if (only !== undefined && changes.length === 1) return [refusedStream(only, cause)];
    const middle = Math.ceil(changes.length / 2);
    return [
      ...(await writeByHalves(connection, ledger, schema, changes.slice(0, middle))),
      ...(await writeByHalves(connection, ledger, schema, changes.slice(middle))),
    ];
  }
}

/** A stream may fail in the fold after the tables refused its rows before that. */
function earliest(failed: readonly FailedStream[]): readonly FailedStream[] {
  const first = new Map<string, FailedStream>();
  for (const it of failed) {
    const seen = first.get(it.stream);
    if (seen === undefined || it.n < seen.n) first.set(it.stream, it);
  }
  return [...first.values()];
}

/** None of the batch's rows of the stream are in, so it waits from the first of them on. */
function refusedStream([stream, it]: NamedChanges[number], cause: unknown): FailedStream {
  const numbers = [...it.opened.map(({ from }) => from), ...it.closed.map(({ n }) => n)];
  return { stream, id: it.id, n: Math.min(...numbers), error: told(cause), cause };
}
