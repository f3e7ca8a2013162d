import type pg from 'pg';
import { type RecordedEvent, type SealedValue, UnexpectedHistory } from './event-store.js';
import { copyChunk, insertSealed } from './import-chunk.js';
import { refuseDisorder, refuseOther } from './import-checks.js';
import { pagesOfRegister, prefetched } from './postgres-pages.js';
import { lastHead } from './register-head.js';
import type { RegisterSchemas } from './postgres-schema.js';
import { refuseUnstorableEvent } from './storable-event.js';

const eventsOfChunk = 5_000;
const bytesOfChunk = 8 * 1024 * 1024;

/**
 * Copies numbered events from the first on, keeping numbers and bytes. What is already there is
 * compared and skipped, so an import that was cut off is simply run again. Chunks of 5,000 are
 * committed one by one.
 * @throws UnexpectedHistory where the store holds other events, or more of them, and where the
 * events themselves are no register: a number or revision left out, a time that goes back
 */
export async function importEvents(
  pool: pg.Pool,
  client: pg.ClientBase,
  schemas: RegisterSchemas,
  events: AsyncIterable<RecordedEvent>,
  sealed: readonly SealedValue[],
): Promise<void> {
  const head = (await lastHead(pool, schemas.schema))?.n ?? -1;
  const present = presentEvents(pool, schemas.schema, head);
  let chunk: RecordedEvent[] = [];
  let bytes = 0;
  let before: RecordedEvent | undefined;
  try {
    for await (const event of events) {
      const size = refuseUnstorableEvent(event);
      refuseDisorder(before, event);
      before = event;
      if (event.n <= head) {
        refuseOther((await present.next()).value, event);
        continue;
      }
      if (event.n === head + 1) await insertSealed(client, schemas, sealed);
      chunk.push(event);
      bytes += size;
      if (chunk.length < eventsOfChunk && bytes < bytesOfChunk) continue;
      await copyChunk(client, schemas, chunk);
      chunk = [];
      bytes = 0;
    }
  } finally {
    await present.return(undefined);
  }
  if ((before?.n ?? -1) < head) {
    throw new UnexpectedHistory(`the store already holds ${head + 1} events, more than are coming`);
  }
  if (before?.n === head) await insertSealed(client, schemas, sealed);
  await copyChunk(client, schemas, chunk);
}

async function* presentEvents(
  pool: pg.Pool,
  schema: string,
  head: number,
): AsyncGenerator<RecordedEvent, undefined, undefined> {
  if (head < 0) return undefined;
  for await (const page of prefetched(-1, pagesOfRegister(pool, schema, head), ({ n }) => n)) {
    yield* page;
  }
  return undefined;
}
