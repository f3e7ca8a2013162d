import { escapeIdentifier, type Pool } from 'pg';

import type { LedgerState } from './ledger-states.js';
import { PartyNames } from './party-names.js';
import type { RecordRow } from './record-row.js';
import { postgresDay } from './stored-row.js';

/** The names of the day of these parties. */
export async function readNames(
  pool: Pool,
  parties: LedgerState,
  ids: Iterable<string>,
  point: { readonly day: number; readonly n: number },
): Promise<PartyNames> {
  return new PartyNames(await readNameRows(pool, parties, ids, point));
}

/** The `name` rows of the day of these parties. */
export async function readNameRows(
  pool: Pool,
  parties: LedgerState,
  ids: Iterable<string>,
  { day, n }: { readonly day: number; readonly n: number },
): Promise<readonly RecordRow[]> {
  const { rows } = await pool.query<RecordRow>({
    name: `names ${parties.schema}`,
    text: `
      select p.stream, p.part, true as holds, p.contents, p.pending
      from unnest($1::uuid[]) as named(stream)
      join ${escapeIdentifier(parties.schema)}.part_row p on p.part = 'name' and p.stream = named.stream
      where (p.known @> $2::int8) is true and (p.days @> $3::date) is true`,
    values: [[...new Set(ids)], n, postgresDay(day)],
  });
  return rows;
}

/** The parties and what they are parts of by registration: their wards and organs. */
export async function withParts(
  pool: Pool,
  parties: LedgerState,
  id: string,
  n: number,
): Promise<readonly string[]> {
  const { rows } = await pool.query<{ stream: string }>({
    name: `parts ${parties.schema}`,
    text: `select distinct stream from ${escapeIdentifier(parties.schema)}.part_row
      where part = $1 and (known @> $2::int8) is true and contents <> '[]' order by stream`,
    values: [`partOf:${id}`, n],
  });
  return [id, ...rows.map((it) => it.stream)];
}
