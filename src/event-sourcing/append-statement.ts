import type { NewEvent, SealedValue } from './event-store.js';
import { channelOf, quoted, type RegisterSchemas } from './postgres-schema.js';

/** An append that has passed the checks and waits for its group. */
export interface CheckedAppend {
  readonly stream: string;
  readonly expectedRevision: number;
  readonly events: readonly NewEvent[];
  readonly sealed: readonly SealedValue[];
  readonly size: number;
}

/** How far the writer's clock may differ from the database's, in milliseconds. */
export const clockTolerance = 10_000;

/** One row for each append, in the order of the group. */
export interface AppendRow {
  /** The register's head as the statement saw it. */
  readonly head: number;
  /** The writer's clock minus the database's, in milliseconds. */
  readonly skew: number;
  /** Last revision of the stream before; −1 for a new one. */
  readonly found: number;
  /** Number and time of the append's last event; null where it was not stored. */
  readonly n: number | null;
  readonly at: string | null;
}

/**
 * A whole group in one statement: it checks revisions, moves the head, inserts, and wakes readers.
 *
 * A statement sees what was committed before it began, and then may wait for the head row. It
 * therefore stores nothing unless the head is still the one that it was told: PostgreSQL evaluates
 * `where head.n = $1` anew on the row that it has waited for, so what the other parts saw is current.
 */
export function appendStatement({ schema, vaultSchema }: RegisterSchemas): string {
  const store = quoted(schema);
  return `
    with clock as (
      select $2::float8 - extract(epoch from statement_timestamp())::float8 * 1000 as skew
    ), asked as (
      select asked.*, coalesce(
        (select revision from ${store}.event e where e.stream = asked.stream
          order by revision desc limit 1), -1) as found
      from unnest($3::text[], $4::int[]) with ordinality as asked(stream, expected, append)
    ), accepted as (
      select coalesce(array_agg(append::int), '{}') as appends from asked where found = expected
    ), coming as (
      select event.*, row_number() over in_order as step, max(recorded_at) over in_order as latest
      from unnest($5::int[], $6::int[], $7::uuid[], $8::text[], $9::timestamptz[], $10::text[])
        with ordinality as event(append, revision, id, type, recorded_at, body, place)
      where append = any ((select appends from accepted)::int[])
      window in_order as (order by place rows unbounded preceding)
    ), head as (
      update ${store}.register_head as head
      set n = head.n + coming.events, at = greatest(head.at, coming.latest)
      from (select count(*) as events, max(recorded_at) as latest from coming) as coming
      where head.n = $1 and coming.events > 0
        and (select abs(skew) <= ${clockTolerance} from clock)
      returning head.n
    ), before as (
      select at from ${store}.register_head
    ), stored as (
      insert into ${store}.event (n, id, stream, revision, type, recorded_at, at, body)
      select $1 + coming.step, coming.id, ($3::text[])[coming.append], coming.revision, coming.type,
        coming.recorded_at, greatest((select at from before), coming.latest), coming.body
      from coming
      where exists (select from head)
      order by coming.step
      returning n, at, stream
    ), vault as (
      insert into ${quoted(vaultSchema)}.sealed_value (commitment, salt, ciphertext, key)
      select commitment, salt, ciphertext, key
      from unnest($11::int[], $12::text[], $13::text[], $14::text[], $15::text[])
        as sealed(append, commitment, salt, ciphertext, key)
      where append = any ((select appends from accepted)::int[]) and exists (select from head)
      on conflict do nothing
    )
    select (select n from ${store}.register_head) as head, (select skew from clock) as skew,
      asked.found, last.n, last.at,
      (select pg_notify('${channelOf(schema)}', n::text) from head) as woken
    from asked
    left join (select stream, max(n) as n, max(at) as at from stored group by stream) as last
      on last.stream = asked.stream
    order by asked.append`;
}

/** The values for a group, flattened: `append` counts the appends of the group from 1. */
export function appendValues(
  head: number,
  now: number,
  group: readonly CheckedAppend[],
): readonly unknown[] {
  const events = group.flatMap(({ events, expectedRevision }, place) =>
    events.map((event, step) => ({
      ...event,
      append: place + 1,
      revision: expectedRevision + 1 + step,
    })),
  );
  const sealed = group.flatMap(({ sealed }, place) =>
    sealed.map((value) => ({ ...value, append: place + 1 })),
  );
  return [
    head,
    now,
    group.map(({ stream }) => stream),
    group.map(({ expectedRevision }) => expectedRevision),
    events.map(({ append }) => append),
    events.map(({ revision }) => revision),
    events.map(({ id }) => id),
    events.map(({ type }) => type),
    events.map(({ recordedAt }) => recordedAt),
    events.map(({ body }) => body),
    sealed.map(({ append }) => append),
    sealed.map(({ commitment }) => commitment),
    sealed.map(({ salt }) => salt),
    sealed.map(({ ciphertext }) => ciphertext),
    sealed.map(({ key }) => key),
  ];
}
