import { escapeIdentifier, type Pool } from 'pg';

import type { LedgerState } from '../ledger-states.js';
import type { RecordRow } from '../record-row.js';
import { postgresDay } from '../stored-row.js';

/** A row with its days, ISO, null without bound. */
export interface DatedRow extends RecordRow {
  readonly from: string | null;
  readonly to: string | null;
}

export interface PartyRows {
  /** What its stream says, of all days. */
  readonly own: readonly DatedRow[];
  /** What other parties' streams say of it, of all days. */
  readonly others: readonly DatedRow[];
  /** The last revision at n; undefined for a party that the register did not know then. */
  readonly revision: number | undefined;
}

const days = `r.days @> $3::date as holds, lower(r.days)::text as from, upper(r.days)::text as to`;

/** Every row about a party at n, and how far its stream had come. */
export async function readPartyRows(
  pool: Pool,
  { parties, register }: Readonly<Record<'parties' | 'register', LedgerState>>,
  { id, name }: { readonly id: string; readonly name: string },
  { day, n }: { readonly day: number; readonly n: number },
): Promise<PartyRows> {
  const row = `${escapeIdentifier(parties.schema)}.part_row`;
  const event = `${escapeIdentifier(register.schema)}.event`;
  const { rows } = await pool.query<DatedRow & { readonly revision: number | null }>({
    name: `party detail ${parties.version}.${register.version}`,
    text: `
      select r.stream, r.part, r.contents, r.pending, ${days}, null::int as revision
        from ${row} r where r.stream = $1::uuid and (r.known @> $2::int8) is true
      union all
      select r.stream, r.part, r.contents, r.pending, ${days}, null
        from ${row} r where r.part = any($5::text[]) and (r.known @> $2::int8) is true
          and r.stream <> $1::uuid
      union all
      select $1::uuid, 'revision', '[]', '{}', null, null, null, max(revision)
        from ${event} where stream = $4 and n <= $2::int8`,
    values: [
      id,
      n,
      postgresDay(day),
      name,
      ['member', 'succession', 'partOf'].map((kind) => `${kind}:${id}`),
    ],
  });
  const parts = rows.filter((it) => it.part !== 'revision');
  return {
    own: parts.filter((it) => it.stream === id),
    others: parts.filter((it) => it.stream !== id),
    revision: rows.find((it) => it.revision !== null)?.revision ?? undefined,
  };
}

/** Rows `act:<event>` of other streams. */
export async function readActsNamed(
  pool: Pool,
  { schema, version }: LedgerState,
  events: readonly string[],
  n: number,
): Promise<readonly RecordRow[]> {
  if (events.length === 0) return [];
  const { rows } = await pool.query<RecordRow>({
    name: `acts named ${version}`,
    text: `
      select stream, part, true as holds, contents, pending from ${escapeIdentifier(schema)}.part_row
      where part = any($1::text[]) and (known @> $2::int8) is true`,
    values: [[...new Set(events)].map((it) => `act:${it}`), n],
  });
  return rows;
}
