import { once } from 'node:events';
import { finished } from 'node:stream/promises';

import { type Client, escapeIdentifier } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';

import type { RecordedEvent } from '../src/event-sourcing/event-store.js';
import { eventRow } from './batch-fold.js';
import { copiedColumns, copyLine } from './folding/copy-text.js';
import type { Ledger } from './ledger.js';

/** Bytes that are written at once. */
const MOST_BYTES = 4_000_000;

/** Fills the tables of a new version in bulk, before they have indexes. */
export class RowCopy {
  private readonly part: TableCopy;
  private readonly event: TableCopy;
  private count = 0;

  constructor(connection: Client, ledger: Ledger, schema: string) {
    const turns = new Turns();
    const table = (name: string, columns: string) =>
      new TableCopy(connection, turns, `${escapeIdentifier(schema)}.${name} (${columns})`);
    this.part = table('part_row', copiedColumns(ledger));
    this.event = table('event', 'n, at, stream, revision, id, type, entry');
  }

  get rows(): number {
    return this.count;
  }

  /** Resolves when there is room for more. @param text see `addCopyText` */
  add(text: Uint8Array, rows: number): Promise<void> {
    this.count += rows;
    return this.part.add(text);
  }

  addEvent(recorded: RecordedEvent): Promise<void> {
    const { n, at, stream, revision, id, type, entry } = eventRow(recorded);
    return this.event.add(copyLine([n, at, stream, revision, id, type, entry]));
  }

  async flush(): Promise<void> {
    await Promise.all([this.part.flush(), this.event.flush()]);
  }
}

/** Writes take turns: a connection takes one COPY at a time. */
class Turns {
  private last: Promise<void> = Promise.resolve();

  take(work: () => Promise<void>): Promise<void> {
    this.last = this.last.then(work);
    // Told to whoever waits for it.
    this.last.catch(() => undefined);
    return this.last;
  }
}

class TableCopy {
  private waiting: (string | Uint8Array)[] = [];
  private size = 0;

  constructor(
    private readonly connection: Client,
    private readonly turns: Turns,
    private readonly into: string,
  ) {}

  async add(text: string | Uint8Array): Promise<void> {
    if (text.length === 0) return;
    this.waiting.push(text);
    this.size += text.length;
    if (this.size >= MOST_BYTES) await this.flush();
  }

  flush(): Promise<void> {
    const chunks = together(this.waiting);
    this.waiting = [];
    this.size = 0;
    return this.turns.take(() => this.write(chunks));
  }

  private async write(chunks: readonly Uint8Array[]): Promise<void> {
    if (chunks.length === 0) return;
    const stream = this.connection.query(copyFrom(`copy ${this.into} from stdin`));
    const done = finished(stream);
    // Told when it is awaited below.
    done.catch(() => undefined);
    for (const it of chunks) {
      if (!stream.write(it)) await Promise.race([once(stream, 'drain'), done]);
    }
    stream.end();
    await done;
  }
}

/** Lines that came one by one are written as one text. */
function together(texts: readonly (string | Uint8Array)[]): readonly Uint8Array[] {
  const lines = texts.filter((it) => typeof it === 'string');
  const bytes = texts.filter((it) => typeof it !== 'string');
  return lines.length === 0 ? bytes : [...bytes, Buffer.from(lines.join(''))];
}
