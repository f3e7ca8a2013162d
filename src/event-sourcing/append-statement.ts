import type { QueryConfig } from 'pg';
import { clockTolerance } from './event-store.js';
import type { CheckedAppend, NumberedEvent, NumberedGroup } from './numbered-group.js';
import { channelOf, quoted, type RegisterSchemas } from './postgres-schema.js';
import { textArray } from './text-array.js';

/**
 * The statements that store a whole group, or nothing: each checks clock, head and revisions, moves
 * the head, inserts and wakes readers. It affects no row where one of the checks fails.
 *
 * A statement sees what was committed before it began, and then may wait for the head row. PostgreSQL
 * evaluates `where n = $1 and at = $5` anew on the row that it has waited for, so the group is stored
 * only if nothing was committed in between, and what the other parts saw is current.
 *
 * They are lean on purpose: at one writer most of the time goes into starting the plan. One statement
 * that sorts out the appends of a group by itself takes three times as long.
 */
export class AppendStatements {
  private readonly one: string;
  private readonly many: string;
  private readonly sealing: string;

  constructor(schemas: RegisterSchemas) {
    this.one = oneEvent(schemas);
    this.many = manyEvents(schemas, '');
    this.sealing = manyEvents(schemas, sealedValues(schemas));
  }

  /** @param now the writer's clock, in milliseconds */
  query({ before, after, appends, events }: NumberedGroup, now: number): QueryConfig {
    const head = [before.n, after.n, after.at, now, before.n < 0 ? null : before.at];
    const [first, ...others] = events;
    const sealed = appends.flatMap(({ sealed }) => sealed);
    if (first !== undefined && others.length === 0 && sealed.length === 0) {
      return { name: 'append one', text: this.one, values: [...head, ...valuesOfOne(first)] };
    }
    const values = [...head, ...valuesOfMany(appends, events)];
    if (sealed.length === 0) return { name: 'append', text: this.many, values };
    values.push(
      sealed.map(({ commitment }) => commitment),
      sealed.map(({ salt }) => salt),
      sealed.map(({ ciphertext }) => ciphertext),
      sealed.map(({ key }) => key),
    );
    return { name: 'append sealed', text: this.sealing, values };
  }
}

const columns = '(n, id, stream, revision, type, recorded_at, at, body)';

function movedHead({ schema }: RegisterSchemas, check: string): string {
  return `head as (
      update ${quoted(schema)}.register_head set n = $2, at = $3
      where n = $1 and at is not distinct from $5::timestamptz and read_only is null and ${check}
        and abs($4::float8 - date_part('epoch', statement_timestamp()) * 1000) <= ${clockTolerance}
      returning pg_notify('${channelOf(schema)}', n::text)
    )`;
}

function lastRevision({ schema }: RegisterSchemas, stream: string): string {
  return `coalesce((select revision from ${quoted(schema)}.event where stream = ${stream}
    order by revision desc limit 1), -1)`;
}

function oneEvent(schemas: RegisterSchemas): string {
  return `
    with ${movedHead(schemas, `$8::int - 1 = ${lastRevision(schemas, '$7')}`)}
    insert into ${quoted(schemas.schema)}.event ${columns}
    select $2, $6::uuid, $7, $8::int, $9, $10::timestamptz, $3, $11 from head`;
}

function valuesOfOne({ id, stream, revision, type, recordedAt, body }: NumberedEvent): unknown[] {
  return [id, stream, revision, type, recordedAt, body];
}

function manyEvents(schemas: RegisterSchemas, vault: string): string {
  const check = `not exists (
    select from unnest($6::text[], $7::int[]) as asked(name, expected)
    where expected <> ${lastRevision(schemas, 'name')})`;
  return `
    with ${movedHead(schemas, check)}${vault}
    insert into ${quoted(schemas.schema)}.event ${columns}
    select * from unnest($8::bigint[], $9::uuid[], $10::text[], $11::int[], $12::text[],
      $13::timestamptz[], $14::timestamptz[], $15::text[])
    where exists (select from head)`;
}

function valuesOfMany(
  appends: readonly CheckedAppend[],
  events: readonly NumberedEvent[],
): unknown[] {
  return [
    appends.map(({ stream }) => stream),
    appends.map(({ expectedRevision }) => expectedRevision),
    events.map(({ n }) => n),
    events.map(({ id }) => id),
    events.map(({ stream }) => stream),
    events.map(({ revision }) => revision),
    events.map(({ type }) => type),
    events.map(({ recordedAt }) => recordedAt),
    events.map(({ at }) => at),
    textArray(events.map(({ body }) => body)),
  ];
}

function sealedValues({ vaultSchema }: RegisterSchemas): string {
  return `, vault as (
      insert into ${quoted(vaultSchema)}.sealed_value (commitment, salt, ciphertext, key)
      select * from unnest($16::text[], $17::text[], $18::text[], $19::text[])
      where exists (select from head)
      on conflict do nothing
    )`;
}
