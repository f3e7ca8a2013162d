import { type ClientBase, escapeIdentifier } from 'pg';

import type { Ledger } from './ledger.js';

/**
 * The tables of one version of a ledger. A row says what a part of a stream may be on a run of days,
 * between two register numbers: `known` holds every n at which the register said so.
 * `subject` is what a part is about: the party of a bond, the field of a coverage.
 */
export async function createLedgerTables(
  connection: ClientBase,
  ledger: Ledger,
  schema: string,
): Promise<void> {
  const name = escapeIdentifier(schema);
  await connection.query(`create schema ${name}`);
  await connection.query(`
    create table ${name}.part_row (
      stream uuid not null,
      part text collate "C" not null,
      kind text collate "C" not null generated always as (split_part(part, ':', 1)) stored,
      subject text collate "C" generated always as
        (case when part like '%:%' then substr(part, strpos(part, ':') + 1) end) stored,
      days daterange not null,
      contents jsonb not null,
      pending text[] not null,
      known int8range not null
      ${ledger.searchKey ? ', grams text[]' : ''}
    )`);
  if (!ledger.numbers) return;
  await connection.query(`
    create table ${name}.event (
      n bigint primary key,
      at timestamptz(3) not null,
      stream text collate "C" not null,
      revision integer not null,
      id uuid not null,
      type text collate "C" not null,
      entry uuid
    )`);
}

/** Apart from the tables, since a rebuild fills them first: sorted builds are cheaper than inserts. */
export async function createLedgerIndexes(
  connection: ClientBase,
  ledger: Ledger,
  schema: string,
): Promise<void> {
  const name = escapeIdentifier(schema);
  // What holds now: the projector closes by it, and one key may be open only once.
  await connection.query(`
    create unique index part_row_open on ${name}.part_row (stream, part, days)
      where upper_inf(known)`);
  // A part is found by its name, a stream by its id, and their few rows are looked through: no index
  // over the ranges. PostgreSQL takes one for cheap, and then reads all of it.
  await connection.query(`create index part_row_part on ${name}.part_row (part, stream)`);
  // By the stream alone: one of both columns is taken for as good as the one above to find a part by,
  // and all of it is read then.
  await connection.query(`create index part_row_stream on ${name}.part_row (stream)`);
  if (ledger.searchKey) {
    // A search reads the whole list of what is not in the index yet: nothing waits in one.
    await connection.query(
      `create index part_row_grams on ${name}.part_row using gin (grams) with (fastupdate = off)`,
    );
  }
  if (!ledger.numbers) return;
  await connection.query(`create index event_at on ${name}.event (at, n)`);
  await connection.query(`create index event_stream on ${name}.event (stream, revision)`);
  await connection.query(
    `create index event_entry on ${name}.event (entry) where entry is not null`,
  );
  await connection.query(`create index event_id on ${name}.event (id)`);
}

/**
 * No two rows of a part overlap in days and n. A rebuild shows it of all rows at once; an exclusion
 * constraint would cost more than all the rest of the indexes, and slow down every question.
 * @throws Error naming a part of which two rows say what holds on one day at one n
 */
export async function refuseOverlaps(
  connection: Pick<ClientBase, 'query'>,
  schema: string,
): Promise<void> {
  const rowsOfLedger = `${escapeIdentifier(schema)}.part_row`;
  const { rows } = await connection.query<{ stream: string; part: string }>(`
    select stream, part from ${rowsOfLedger} a join ${rowsOfLedger} b using (stream, part)
    where a.ctid < b.ctid and a.days && b.days and a.known && b.known limit 1`);
  const [found] = rows;
  if (found === undefined) return;
  throw new Error(`${schema}: two rows of ${found.part} of ${found.stream} hold at once`);
}
