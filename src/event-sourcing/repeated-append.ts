import type pg from 'pg';
import type { CheckedAppend } from './numbered-group.js';
import {
  type Appended,
  AppendOutcomeUnknown,
  type RecordedEvent,
  RepeatedEventId,
  StoreUnavailable,
  WrongExpectedRevision,
} from './event-store.js';
import { told } from './postgres-faults.js';
import { quoted } from './postgres-schema.js';
import { differingField } from './same-event.js';

/**
 * The result of an append that met a conflict: the first result when the very same append is already
 * stored, the refusal otherwise.
 * @param found the stream's last revision, or null when a key of the append was taken
 */
export async function resolveRepeated(
  pool: pg.Pool,
  schema: string,
  append: CheckedAppend,
  found: number | null,
): Promise<Appended> {
  const stored = await storedEvents(pool, schema, append);
  const last = stored.at(-1);
  if (last === undefined) {
    if (found !== null) {
      throw new WrongExpectedRevision(append.stream, append.expectedRevision, found);
    }
    throw new StoreUnavailable(`${append.stream}: the register's head lies before its events`);
  }
  if (!isSameAppend(append, stored)) throw new RepeatedEventId(append.stream);
  return { n: last.n, revision: last.revision, position: last.position, at: last.at };
}

async function storedEvents(
  pool: pg.Pool,
  schema: string,
  { events }: CheckedAppend,
): Promise<readonly RecordedEvent[]> {
  try {
    const { rows } = await pool.query<RecordedEvent>(
      `select n, id, stream, revision, type, recorded_at as "recordedAt", at, body,
        n::text as position
      from ${quoted(schema)}.event where id = any($1::uuid[]) order by n`,
      [events.map(({ id }) => id)],
    );
    return rows;
  } catch (fault) {
    throw new AppendOutcomeUnknown(
      `whether this append was stored before cannot be read: ${told(fault)}`,
      { cause: fault },
    );
  }
}

function isSameAppend(append: CheckedAppend, stored: readonly RecordedEvent[]): boolean {
  return (
    stored.length === append.events.length &&
    append.events.every((event, step) => {
      const there = stored[step];
      const sent = {
        ...event,
        stream: append.stream,
        revision: append.expectedRevision + 1 + step,
      };
      return there !== undefined && differingField('sent', there, sent) === undefined;
    })
  );
}
