import type { Numbered } from '../src/entries/domain/event.js';
import type { StreamNames, StreamRef } from '../src/entries/stream-names.js';
import type { RecordedEvent } from '../src/event-sourcing/event-store.js';
import { parseEvent } from '../src/event-sourcing/parse-event.js';
import { StreamChanges } from './changes.js';
import { told, type FailedStream } from './failed-stream.js';
import type { Ledger } from './ledger.js';
import { noRows } from './stored-row.js';
import { foldAgain } from './stream-fold.js';

export interface FoldedStream {
  readonly ledger: Ledger;
  readonly changes: StreamChanges;
  /** Where the fold fails, the rows before that event are in. */
  readonly failed: FailedStream | undefined;
}

/**
 * Every row that streams ever had in each of the ledgers that watch them. The ledgers fold a stream
 * side by side, event by event, so that what they share of the fold is made once.
 * @param events of whole streams, one stream after another
 * @throws UnknownEventType
 */
export function* wholeStreams(
  ledgers: readonly Ledger[],
  names: StreamNames,
  events: Iterable<RecordedEvent>,
): Generator<FoldedStream, void, undefined> {
  let folding: Folding | undefined;
  for (const it of events) {
    if (it.stream !== folding?.stream) {
      if (folding !== undefined) yield* folding.ledgers;
      const ref = names.refOf(it.stream);
      if (ref === undefined) throw new Error(`${it.stream} is no stream of this register`);
      const watching = ledgers.filter(({ watches }) => watches.includes(ref.kind));
      folding = new Folding(it.stream, ref, watching);
    }
    folding.add(it);
  }
  if (folding !== undefined) yield* folding.ledgers;
}

class Folding {
  readonly ledgers: readonly InLedger[];
  private events: readonly Numbered[] = [];

  constructor(
    readonly stream: string,
    private readonly ref: StreamRef,
    watching: readonly Ledger[],
  ) {
    this.ledgers = watching.map((it) => new InLedger(it, stream, ref.id));
  }

  add(recorded: RecordedEvent): void {
    this.events = [...this.events, parseEvent(recorded, this.ref.kind)];
    for (const it of this.ledgers) it.foldAgain(this.events, recorded.n);
  }
}

class InLedger implements FoldedStream {
  readonly changes: StreamChanges;
  failed: FailedStream | undefined;
  private rows = noRows;

  constructor(
    readonly ledger: Ledger,
    private readonly stream: string,
    private readonly id: string,
  ) {
    this.changes = new StreamChanges(id);
  }

  foldAgain(events: readonly Numbered[], n: number): void {
    if (this.failed !== undefined) return;
    const timeline = { events, rows: this.rows };
    try {
      foldAgain(this.ledger, timeline, n, this.changes);
      this.rows = timeline.rows;
    } catch (cause) {
      this.failed = { stream: this.stream, id: this.id, n, error: told(cause), cause };
    }
  }
}
