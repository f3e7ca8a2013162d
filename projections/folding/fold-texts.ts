import type { StreamNames } from '../../src/entries/stream-names.js';
import type { RecordedEvent } from '../../src/event-sourcing/event-store.js';
import type { Ledger } from '../ledger.js';
import type { ParkedStream } from '../parked-streams.js';
import { wholeStreams } from '../whole-streams.js';
import { addCopyText } from './copy-text.js';
import { GrowingText } from './growing-text.js';

/** What whole streams make of one ledger, ready to be written; it passes from thread to thread. */
export interface FoldedText {
  readonly ledger: string;
  /** Lines of COPY, in UTF-8. */
  readonly text: Uint8Array<ArrayBuffer>;
  readonly rows: number;
  /** Streams whose fold failed; the rows before are in. */
  readonly parked: readonly ParkedStream[];
}

/**
 * @param events of whole streams, one stream after another
 * @throws UnknownEventType
 */
export function foldTexts(
  ledgers: readonly Ledger[],
  names: StreamNames,
  events: Iterable<RecordedEvent>,
): readonly FoldedText[] {
  const found = new Map(
    ledgers.map((it) => [it, { text: new GrowingText(), rows: 0, parked: [] as ParkedStream[] }]),
  );
  for (const { ledger, changes, failed } of wholeStreams(ledgers, names, events)) {
    const mine = found.get(ledger)!;
    addCopyText(mine.text, ledger, changes);
    mine.rows += changes.opened.length;
    if (failed === undefined) continue;
    const { stream, id, n, error } = failed;
    mine.parked.push({ stream, id, n, error });
  }
  return [...found].map(([ledger, { text, rows, parked }]) => ({
    ledger: ledger.name,
    text: text.taken,
    rows,
    parked,
  }));
}
