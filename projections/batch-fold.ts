import { StreamChanges } from './changes.js';
import type { RecordedEvent } from '../src/event-sourcing/event-store.js';
import { UnknownEventType } from '../src/event-sourcing/parse-event.js';
import { told, type FailedStream } from './failed-stream.js';
import { advanceBy, timelineBefore, watched, type FoldContext } from './stream-fold.js';
import type { Timeline, Timelines } from './timelines.js';
import type { EventRow } from './write-changes.js';

/** What a batch of events makes of the ledger. */
export interface FoldedBatch {
  /** By the stream's name. */
  readonly changes: ReadonlyMap<string, StreamChanges>;
  readonly events: readonly EventRow[];
  readonly failed: readonly FailedStream[];
  /** The last event that is in; undefined where the first one halts already. */
  readonly last: RecordedEvent | undefined;
  /** What no one can read: the ledger stops before it. */
  readonly halt: UnknownEventType | undefined;
  readonly timelines: ReadonlyMap<string, Timeline>;
}

/** Folds events in memory. Timelines leave the cache until the batch is committed. */
export async function foldBatch(
  context: FoldContext,
  cache: Timelines,
  batch: readonly RecordedEvent[],
  parked: ReadonlySet<string>,
): Promise<FoldedBatch> {
  const changes = new Map<string, StreamChanges>();
  const timelines = new Map<string, Timeline>();
  const failed = new Map<string, FailedStream>();
  const events: EventRow[] = [];
  let last: RecordedEvent | undefined;
  for (const it of batch) {
    const ref = watched(context, it.stream);
    if (ref !== undefined && !parked.has(it.stream) && !failed.has(it.stream)) {
      try {
        const timeline =
          timelines.get(it.stream) ??
          cache.take(it.stream) ??
          (await timelineBefore(context, ref, it));
        timelines.set(it.stream, timeline);
        const mine = changes.get(it.stream) ?? new StreamChanges(ref.id);
        changes.set(it.stream, mine);
        advanceBy(context, ref, timeline, it, mine);
      } catch (cause) {
        if (cause instanceof UnknownEventType) {
          return { changes, events, failed: [...failed.values()], last, halt: cause, timelines };
        }
        timelines.delete(it.stream);
        failed.set(it.stream, {
          stream: it.stream,
          id: ref.id,
          n: it.n,
          error: told(cause),
          cause,
        });
      }
    }
    if (context.ledger.numbers) events.push(eventRow(it));
    last = it;
  }
  return { changes, events, failed: [...failed.values()], last, halt: undefined, timelines };
}

export function eventRow({ n, at, stream, revision, id, type, body }: RecordedEvent): EventRow {
  const { entry } = JSON.parse(body) as { readonly entry?: string };
  return { n, at, stream, revision, id, type, entry: entry ?? null };
}
