import type { Numbered } from '../src/entries/domain/event.js';
import { presumeAll } from '../src/entries/domain/presumption.js';
import type { StreamNames, StreamRef } from '../src/entries/stream-names.js';
import type { EventStore, RecordedEvent } from '../src/event-sourcing/event-store.js';
import { parseEvent } from '../src/event-sourcing/parse-event.js';
import type { StreamChanges } from './changes.js';
import type { Ledger } from './ledger.js';
import { difference, noRows, stored } from './stored-row.js';
import type { Timeline } from './timelines.js';

export interface FoldContext {
  readonly ledger: Ledger;
  readonly names: StreamNames;
  readonly store: EventStore;
}

/** The stream's ref where the ledger watches it. */
export function watched({ ledger, names }: FoldContext, stream: string): StreamRef | undefined {
  const ref = names.refOf(stream);
  return ref !== undefined && ledger.watches.includes(ref.kind) ? ref : undefined;
}

/** One more event: the rows that it closes and opens. */
export function advanceBy(
  { ledger }: FoldContext,
  { kind }: StreamRef,
  timeline: Timeline,
  recorded: RecordedEvent,
  changes: StreamChanges,
): void {
  timeline.events = [...timeline.events, parseEvent(recorded, kind)];
  foldAgain(ledger, timeline, recorded.n, changes);
}

/** The rows that the timeline's newest event, of number n, closes and opens. */
export function foldAgain(
  ledger: Ledger,
  timeline: Timeline,
  n: number,
  changes: StreamChanges,
): void {
  const rows = stored(ledger, ledger.rows(timeline.events, presumeAll), timeline.rows);
  changes.add(difference(timeline.rows, rows), n);
  timeline.rows = rows;
}

/** The timeline before an event, read from the store. */
export async function timelineBefore(
  { ledger, store }: FoldContext,
  { kind }: StreamRef,
  { stream, revision, n }: RecordedEvent,
): Promise<Timeline> {
  const timeline: Timeline = { events: [], rows: noRows };
  if (revision === 0) return timeline;
  const events: Numbered[] = [];
  for await (const it of store.readStream(stream)) {
    if (it.n >= n) break;
    events.push(parseEvent(it, kind));
  }
  timeline.events = events;
  timeline.rows = stored(ledger, ledger.rows(timeline.events, presumeAll), timeline.rows);
  return timeline;
}
