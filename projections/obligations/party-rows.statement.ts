import { escapeIdentifier, type Pool } from 'pg';

import type { LedgerState } from '../ledger-states.js';
import type { SpanRow } from './span.js';

/** Days of a row as numbers: CivilDates, ±Infinity where the range has no bound. */
export const spanOf = (row: string): string => `
  coalesce((lower(${row}.days) - date '1970-01-01')::float8, '-Infinity') as "from",
  coalesce((upper(${row}.days) - date '1970-01-01')::float8, 'Infinity') as "to"`;

/** What the links of some parties rest on, on every day, as known at n. */
export interface PartyRowsRead {
  readonly rows: readonly SpanRow[];
  readonly openEnded: readonly string[];
}

/**
 * The rows by which the given parties stand for others, through any number of links: in one statement.
 * `reached` holds whom a party may stand for on any day, with whether the way there went up to a whole
 * or down to a part: from a whole not down to its other wards. It is finite, so circles are borne. Open-ended groups are reached by everybody.
 */
export async function readPartyRows(
  pool: Pool,
  parties: LedgerState,
  of: readonly string[],
  n: number,
): Promise<PartyRowsRead> {
  const party = `${escapeIdentifier(parties.schema)}.part_row`;
  const { rows } = await pool.query<SpanRow & { readonly openEnded: boolean }>({
    name: `links of parties ${parties.version}`,
    text: `
      with recursive open_ended as materialized (
        select stream from ${party}
        where part = 'openEnded' and (known @> $2::int8) is true and contents <> '[]'
      ), reached(id, up, down) as (
        select id, false, false from unnest($1::uuid[]) as id
        union
        select stream, false, false from open_ended
        union
        select next.id, r.up or next.up, r.down or next.down
        from reached r cross join lateral (
          select m.stream as id, false as up, false as down from ${party} m
          where m.part = 'member:' || r.id and (m.known @> $2::int8) is true
          union all
          select s.subject::uuid, false, false from ${party} s
          where s.stream = r.id and s.kind = 'succession' and (s.known @> $2::int8) is true
          union all
          select (it->'content'->>'partOf')::uuid, true, false
          from ${party} w, jsonb_array_elements(w.contents) as it
          where not r.down and w.part = 'name' and w.stream = r.id and (w.known @> $2::int8) is true
            and it->'content' ? 'partOf'
          union all
          select p.stream, false, true from ${party} p
          where p.part = 'partOf:' || r.id and (p.known @> $2::int8) is true
            and (not r.up or exists (
              select from ${party} o
              where o.part = 'name' and o.stream = p.stream and (o.known @> $2::int8) is true
                and o.contents @> '[{"content":{"kind":"organ"}}]'))
        ) as next
      ), ids as (
        select distinct id from reached
      ), found as (
        select p.* from ids cross join lateral (
          select * from ${party} n where n.part = 'name' and n.stream = ids.id offset 0) as p
        union all
        select p.* from ids
        cross join lateral (values ('member:' || ids.id), ('partOf:' || ids.id), ('succession:' || ids.id)) as named(part)
        join ${party} p on p.part = named.part
      )
      select r.stream, r.part, r.contents, r.pending, true as holds, ${spanOf('r')},
        r.part = 'name' and r.stream in (select stream from open_ended) as "openEnded"
      from found r where (r.known @> $2::int8) is true`,
    values: [of, n],
  });
  const openEnded = rows.filter((it) => it.openEnded).map((it) => it.stream);
  return { rows, openEnded: [...new Set(openEnded)].sort() };
}
