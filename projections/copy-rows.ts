import { once } from 'node:events';
import { finished } from 'node:stream/promises';

import { type Client, escapeIdentifier } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';

import type { RecordedEvent } from '../src/event-sourcing/event-store.js';
import { eventRow } from './batch-fold.js';
import type { StreamChanges } from './changes.js';
import type { Ledger } from './ledger.js';
import { addEvents, type EventRow } from './write-changes.js';

/** Characters of rows, and events, that are written at once. */
const MOST_CHARACTERS = 4_000_000;
const MOST_EVENTS = 5_000;

/** Fills the tables of a new version in bulk, before they have indexes. */
export class RowCopy {
  private lines: string[] = [];
  private characters = 0;
  private events: EventRow[] = [];
  private writing: Promise<void> = Promise.resolve();
  private count = 0;

  constructor(
    private readonly connection: Client,
    private readonly ledger: Ledger,
    private readonly schema: string,
  ) {}

  get rows(): number {
    return this.count;
  }

  /** Resolves when there is room for more. */
  async add({ opened }: StreamChanges): Promise<void> {
    for (const { stream, row, from, to } of opened) {
      const fields = [
        stream,
        row.part,
        row.days,
        row.contents,
        arrayLiteral(row.pending),
        `[${from},${to ?? ''})`,
        ...(this.ledger.searchKey ? [row.grams && arrayLiteral(row.grams)] : []),
      ];
      const line = fields.map((it) => (it === undefined ? String.raw`\N` : escaped(it))).join('\t');
      this.lines.push(line);
      this.characters += line.length;
      this.count += 1;
    }
    if (this.characters >= MOST_CHARACTERS) await this.flush();
  }

  async addEvent(event: RecordedEvent): Promise<void> {
    this.events.push(eventRow(event));
    if (this.events.length >= MOST_EVENTS) await this.flush();
  }

  /** Writes take turns: a connection takes one COPY at a time. */
  flush(): Promise<void> {
    const { lines, events } = this;
    this.lines = [];
    this.events = [];
    this.characters = 0;
    this.writing = this.write(this.writing, lines, events);
    return this.writing;
  }

  private async write(
    before: Promise<void>,
    lines: readonly string[],
    events: readonly EventRow[],
  ): Promise<void> {
    await before;
    await this.copy(lines);
    await addEvents(this.connection, this.schema, events);
  }

  private async copy(lines: readonly string[]): Promise<void> {
    if (lines.length === 0) return;
    const grams = this.ledger.searchKey ? ', grams' : '';
    const stream = this.connection.query(
      copyFrom(
        `copy ${escapeIdentifier(this.schema)}.part_row
          (stream, part, days, contents, pending, known${grams}) from stdin`,
      ),
    );
    const done = finished(stream);
    // Told when it is awaited below.
    done.catch(() => undefined);
    for (let i = 0; i < lines.length; i += 1_000) {
      const chunk = `${lines.slice(i, i + 1_000).join('\n')}\n`;
      if (!stream.write(chunk)) await Promise.race([once(stream, 'drain'), done]);
    }
    stream.end();
    await done;
  }
}

function escaped(field: string): string {
  return /[\\\t\n\r]/.test(field)
    ? field
        .replaceAll('\\', '\\\\')
        .replaceAll('\t', String.raw`\t`)
        .replaceAll('\n', String.raw`\n`)
        .replaceAll('\r', String.raw`\r`)
    : field;
}

function arrayLiteral(values: readonly string[]): string {
  const quoted = values.map((it) => `"${it.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`);
  return `{${quoted.join()}}`;
}
