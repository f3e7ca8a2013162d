import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { type RecordedEvent, type SealedValue, UnexpectedHistory } from './event-store.js';
import { postgresFault, told } from './postgres-faults.js';
import { channelOf, quoted, type RegisterSchemas } from './postgres-schema.js';
import { inTransaction } from './postgres-transaction.js';

/** Copies events that follow the head, and moves the head, in one transaction. */
export async function copyChunk(
  client: pg.ClientBase,
  { schema }: RegisterSchemas,
  chunk: readonly RecordedEvent[],
): Promise<void> {
  const [first] = chunk;
  const last = chunk.at(-1);
  if (first === undefined || last === undefined) return;
  const store = quoted(schema);
  await inTransaction(client, async () => {
    const { rows } = await client.query<{ n: number }>(
      `select n from ${store}.register_head for update`,
    );
    if (rows[0]?.n !== first.n - 1) {
      throw new UnexpectedHistory('someone else wrote to the register during the import');
    }
    await copy(client, store, chunk);
    await refuseRevisionGap(client, store, first.n);
    await client.query(`update ${store}.register_head set n = $1, at = $2`, [last.n, last.at]);
    await client.query('select pg_notify($1, $2)', [channelOf(schema), String(last.n)]);
  });
}

async function copy(
  client: pg.ClientBase,
  store: string,
  chunk: readonly RecordedEvent[],
): Promise<void> {
  const columns = 'n, id, stream, revision, type, recorded_at, at, body';
  try {
    await pipeline(
      Readable.from([chunk.map(copyLine).join('')]),
      client.query(copyFrom(`copy ${store}.event (${columns}) from stdin`)),
    );
  } catch (fault) {
    if (postgresFault(fault) !== 'key-taken') throw fault;
    throw new UnexpectedHistory(`an id or a revision comes twice: ${told(fault)}`, {
      cause: fault,
    });
  }
}

/** Only the body can hold what COPY escapes, and of that only the backslash: JSON has no raw tabs. */
function copyLine(event: RecordedEvent): string {
  const { n, id, stream, revision, type, recordedAt, at, body } = event;
  const escaped = body.replaceAll('\\', '\\\\');
  return `${n}\t${id}\t${stream}\t${revision}\t${type}\t${recordedAt}\t${at}\t${escaped}\n`;
}

async function refuseRevisionGap(
  client: pg.ClientBase,
  store: string,
  from: number,
): Promise<void> {
  const { rows } = await client.query<{ n: number; stream: string }>(
    `select n, stream from ${store}.event as event
     where n >= $1 and revision > 0 and not exists (
       select from ${store}.event as before
       where before.stream = event.stream and before.revision = event.revision - 1
         and before.n < event.n)
     order by n limit 1`,
    [from],
  );
  const [gap] = rows;
  if (gap === undefined) return;
  throw new UnexpectedHistory(`event ${gap.n}: a revision of ${gap.stream} is left out before it`);
}

/** Before the events that hold their commitments, as the port promises. */
export async function insertSealed(
  client: pg.ClientBase | pg.Pool,
  { vaultSchema }: RegisterSchemas,
  sealed: readonly SealedValue[],
): Promise<void> {
  if (sealed.length === 0) return;
  await client.query(
    `insert into ${quoted(vaultSchema)}.sealed_value (commitment, salt, ciphertext, key)
     select * from unnest($1::text[], $2::text[], $3::text[], $4::text[])
     on conflict do nothing`,
    [
      sealed.map(({ commitment }) => commitment),
      sealed.map(({ salt }) => salt),
      sealed.map(({ ciphertext }) => ciphertext),
      sealed.map(({ key }) => key),
    ],
  );
}
