import type { ClientBase } from 'pg';

import type { RecordedEvent } from '../src/event-sourcing/event-store.js';
import { foldBatch } from './batch-fold.js';
import { pointOf } from './checkpoint.js';
import { commitBatch, writeBatch } from './commit-batch.js';
import { parkedIn } from './parked-streams.js';
import type { FoldContext } from './stream-fold.js';
import { Timelines } from './timelines.js';

const BATCH = 500;

/**
 * Projects what was appended since, up to the head at the call, into a version that nobody leads: a
 * transaction for each batch, or all `within` the one that is open.
 */
export async function catchUp(
  connection: ClientBase,
  context: FoldContext,
  version: number,
  transaction: 'each' | 'within' = 'each',
): Promise<void> {
  const { ledger, store } = context;
  let point = await pointOf(connection, ledger.name, version);
  if (point === undefined) throw new Error(`${ledger.name}: version ${version} is gone`);
  const parked = new Set((await parkedIn(connection, point)).map((it) => it.stream));
  const timelines = new Timelines(10_000);
  const after = point.n < 0 ? null : { n: point.n, position: point.position ?? '' };
  let batch: RecordedEvent[] = [];
  const commit = async (): Promise<void> => {
    const folded = await foldBatch(context, timelines, batch, parked);
    if (folded.halt !== undefined) throw folded.halt;
    if (folded.last === undefined || point === undefined) return;
    const write = transaction === 'each' ? commitBatch : writeBatch;
    const done = await write(connection, ledger, point, { ...folded, last: folded.last }, true);
    for (const [stream, timeline] of folded.timelines) timelines.keep(stream, timeline);
    for (const it of done.parked) parked.add(it.stream);
    point = done.point;
    batch = [];
  };
  for await (const event of store.readAll(after)) {
    batch.push(event);
    if (batch.length === BATCH) await commit();
  }
  if (batch.length > 0) await commit();
}
