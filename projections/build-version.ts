import { type Client, escapeIdentifier } from 'pg';

import type { RecordedEvent } from '../src/event-sourcing/event-store.js';
import { createLedgerIndexes, createLedgerTables } from './bitemporal.js';
import { addPoint, advance, raiseFence } from './checkpoint.js';
import { RowCopy } from './copy-rows.js';
import { schemaOf } from './ledger.js';
import { park, type ParkedStream } from './parked-streams.js';
import type { RebuildProgress } from './rebuild-progress.js';
import { watched, wholeStream, type FoldContext } from './stream-fold.js';

/** Streams that are read and folded beside the reading of the log. */
const AHEAD = 8;

export interface BuiltVersion {
  readonly events: number;
  readonly rows: number;
}

/**
 * Fills a new version from the log up to the head at the call. A stream is folded whole when its
 * first event comes by, so memory holds a few streams, however long the log is.
 */
export async function buildVersion(
  connection: Client,
  context: FoldContext,
  version: number,
  onProgress: (progress: RebuildProgress) => void,
): Promise<BuiltVersion> {
  const { ledger, store } = context;
  const schema = schemaOf(ledger.name, version);
  await createLedgerTables(connection, ledger, schema);
  await addPoint(connection, { ledger: ledger.name, version, fold: ledger.fold }, false);
  const head = await store.head();
  const of = (head?.n ?? -1) + 1;
  const copy = new RowCopy(connection, ledger, schema);
  const parked: ParkedStream[] = [];
  const folding = new Set<Promise<void>>();
  let last: RecordedEvent | undefined;
  for await (const it of store.readAll(null)) {
    if (it.n >= of) break;
    last = it;
    if (ledger.numbers) await copy.addEvent(it);
    if (it.revision === 0) {
      if (folding.size >= AHEAD) await Promise.race(folding);
      const work = copyStream(context, it, of - 1, copy, parked);
      folding.add(work);
      // A fault stays in the set, and is told by the next wait for it.
      work.then(
        () => folding.delete(work),
        () => undefined,
      );
    }
    if ((it.n + 1) % 5_000 === 0) onProgress({ stage: 'reading', events: it.n + 1, of });
  }
  await Promise.all(folding);
  await copy.flush();
  onProgress({ stage: 'indexing', events: of, of });
  await createLedgerIndexes(connection, ledger, schema);
  await connection.query(`analyze ${escapeIdentifier(schema)}.part_row`);
  const point = await raiseFence(connection, { ledger: ledger.name, version });
  for (const it of parked) await park(connection, point, it);
  if (last !== undefined) await advance(connection, point, last);
  return { events: of, rows: copy.rows };
}

async function copyStream(
  context: FoldContext,
  { stream }: RecordedEvent,
  n: number,
  copy: RowCopy,
  parked: ParkedStream[],
): Promise<void> {
  const ref = watched(context, stream);
  if (ref === undefined) return;
  const { changes, failed } = await wholeStream(context, ref, stream, n);
  if (failed !== undefined) parked.push(failed);
  await copy.add(changes);
}
