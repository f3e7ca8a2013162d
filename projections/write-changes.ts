import { type ClientBase, escapeIdentifier } from 'pg';

import type { ClosedRow, OpenedRow } from './changes.js';
import type { Ledger } from './ledger.js';

/** The rows on record are not those that the fold gave before: the ledger must be built anew. */
export class RowsDiverged extends Error {
  override readonly name = 'RowsDiverged';
  readonly code = 'projection/diverged';
}

/** An event as the register's own list keeps it. */
export interface EventRow {
  readonly n: number;
  readonly at: string;
  readonly stream: string;
  readonly revision: number;
  readonly id: string;
  readonly type: string;
  readonly entry: string | null;
}

/** Separates the grams of a row: arrays of unlike length do not go through `unnest`. */
const UNIT = '\u001f';

/** @throws RowsDiverged where a row to be closed is not open */
export async function closeRows(
  connection: ClientBase,
  schema: string,
  rows: readonly ClosedRow[],
): Promise<void> {
  if (rows.length === 0) return;
  const { rowCount } = await connection.query({
    name: `close ${schema}`,
    text: `update ${escapeIdentifier(schema)}.part_row as r
      set known = int8range(lower(r.known), c.n)
      from unnest($1::uuid[], $2::text[], $3::daterange[], $4::int8[]) as c(stream, part, days, n)
      where r.stream = c.stream and r.part = c.part and r.days = c.days and upper_inf(r.known)`,
    values: [
      rows.map((it) => it.stream),
      rows.map((it) => it.part),
      rows.map((it) => it.days),
      rows.map((it) => it.n),
    ],
  });
  if (rowCount === rows.length) return;
  throw new RowsDiverged(`${schema}: of ${rows.length} rows to be closed ${rowCount} are open`);
}

export async function openRows(
  connection: ClientBase,
  ledger: Ledger,
  schema: string,
  rows: readonly OpenedRow[],
): Promise<void> {
  if (rows.length === 0) return;
  const grams = ledger.searchKey !== undefined;
  await connection.query({
    name: `open ${schema}`,
    text: `insert into ${escapeIdentifier(schema)}.part_row
        (stream, part, days, contents, pending, known${grams ? ', grams' : ''})
      select stream, part, days, contents::jsonb, string_to_array(pending, ' '), int8range(lower, upper)
        ${grams ? `, string_to_array(grams, '${UNIT}')` : ''}
      from unnest($1::uuid[], $2::text[], $3::daterange[], $4::text[], $5::text[], $6::int8[],
        $7::int8[]${grams ? ', $8::text[]' : ''})
        as o(stream, part, days, contents, pending, lower, upper${grams ? ', grams' : ''})`,
    values: [
      rows.map((it) => it.stream),
      rows.map((it) => it.row.part),
      rows.map((it) => it.row.days),
      rows.map((it) => it.row.contents),
      rows.map((it) => it.row.pending.join(' ')),
      rows.map((it) => it.from),
      rows.map((it) => it.to ?? null),
      ...(grams ? [rows.map((it) => it.row.grams?.join(UNIT) ?? null)] : []),
    ],
  });
}

export async function addEvents(
  connection: ClientBase,
  schema: string,
  events: readonly EventRow[],
): Promise<void> {
  if (events.length === 0) return;
  await connection.query({
    name: `events ${schema}`,
    text: `insert into ${escapeIdentifier(schema)}.event (n, at, stream, revision, id, type, entry)
      select * from unnest($1::int8[], $2::timestamptz[], $3::text[], $4::int4[], $5::uuid[],
        $6::text[], $7::uuid[])`,
    values: [
      events.map((it) => it.n),
      events.map((it) => it.at),
      events.map((it) => it.stream),
      events.map((it) => it.revision),
      events.map((it) => it.id),
      events.map((it) => it.type),
      events.map((it) => it.entry),
    ],
  });
}
