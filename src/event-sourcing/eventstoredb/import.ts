import type { Pool } from 'pg';
import { type RecordedEvent, type SealedValue, UnexpectedHistory } from '../event-store.js';
import { ImportWriter, type ImportWriting } from './import-writer.js';
import { pagesOfLog } from './pages.js';
import { refuseDisorder, refuseOther } from '../import-checks.js';
import { insertSealed } from '../import-chunk.js';
import { itemsOfPages } from '../items-of-pages.js';
import type { RegisterSchemas } from '../postgres-schema.js';
import { refuseUnstorableEvent } from '../storable-event.js';

const eventsOfChunk = 5_000;
const bytesOfChunk = 8 * 1024 * 1024;

/**
 * Copies numbered events from the first on, in their order over all streams. What is there is compared
 * and skipped, so an import that was cut off is simply run again. A chunk is checked before any of it
 * goes out.
 * @throws UnexpectedHistory where the store holds other events, or more of them, and where the events
 * themselves are no register
 */
export async function importInOrder(
  writing: ImportWriting,
  vault: RegisterSchemas & { readonly pool: Pool },
  events: AsyncIterable<RecordedEvent>,
  sealed: readonly SealedValue[],
): Promise<void> {
  await writing.level();
  const head = writing.order.size - 1;
  const present = itemsOfPages(pagesOfLog(writing, null));
  const chunk = new Chunk(writing);
  const writer = new ImportWriter(writing);
  let before: RecordedEvent | undefined;
  try {
    for await (const event of events) {
      const size = refuseUnstorableEvent(event);
      refuseDisorder(before, event);
      before = event;
      if (event.n <= head) refuseOther((await present.next()).value, event);
      if (!chunk.takes(event, size, event.n <= head)) continue;
      if (event.n === head + 1) await insertSealed(vault.pool, vault, sealed);
      if (chunk.isFull) await writer.write(chunk.emptied());
    }
    if ((before?.n ?? -1) < head) {
      throw new UnexpectedHistory(
        `the store already holds ${head + 1} events, more than are coming`,
      );
    }
    if (before?.n === head) await insertSealed(vault.pool, vault, sealed);
    await writer.write(chunk.emptied());
  } finally {
    await present.return?.();
    writer.close();
  }
}

/** Events that go out together, checked against all that came before them. */
class Chunk {
  private events: RecordedEvent[] = [];
  private ids = new Set<string>();
  private bytes = 0;
  private readonly revisions = new Map<string, number>();

  constructor(private readonly writing: ImportWriting) {}

  get isFull(): boolean {
    return this.events.length >= eventsOfChunk || this.bytes >= bytesOfChunk;
  }

  /** False for one that is stored already. @throws UnexpectedHistory */
  takes(event: RecordedEvent, size: number, stored: boolean): boolean {
    const { n, id, stream, revision } = event;
    if (revision !== (this.revisions.get(stream) ?? -1) + 1) {
      throw new UnexpectedHistory(`event ${n}: a revision of ${stream} is left out or comes twice`);
    }
    this.revisions.set(stream, revision);
    if (stored) return false;
    if (this.ids.has(id) || this.writing.order.holding(id) !== undefined) {
      throw new UnexpectedHistory(`event ${n}: an id comes twice`);
    }
    this.ids.add(id);
    this.events.push(event);
    this.bytes += size;
    return true;
  }

  emptied(): readonly RecordedEvent[] {
    const { events } = this;
    this.events = [];
    this.ids = new Set();
    this.bytes = 0;
    return events;
  }
}
