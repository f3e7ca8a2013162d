import { escapeIdentifier, type Pool } from 'pg';

import type { LedgerState } from '../ledger-states.js';
import { spanOf } from '../obligations/party-rows.statement.js';
import type { SpanRow } from '../obligations/span.js';
import { bodiesOf } from '../reader.js';
import type { Wanted } from './bound.paths.js';
import type { Carriers } from './carriers.js';
import type { Asked } from './found-path.js';

export interface Ledgers {
  readonly graph: LedgerState;
  readonly parties: LedgerState;
}

/**
 * Agreements in the field in which a carrier of each of the two stands, or whose umbrella names one of
 * the provider's, on every day as known at n; what replaces them; and the coverages of both. Disclosure
 * is read at the head. Of bonds only those that the answer needs are read: an agreement may have
 * hundreds of parties. `offset 0` has each row looked up by its key: PostgreSQL cannot tell that few
 * agreements are left, and would read every agreement's instead.
 */
export async function readAgreements(
  pool: Pool,
  { graph, parties }: Ledgers,
  { from, to, field, reader }: Asked,
  carriers: Carriers,
  n: number,
): Promise<{ readonly agreements: readonly SpanRow[]; readonly coverages: readonly SpanRow[] }> {
  const agreement = `${escapeIdentifier(graph.schema)}.part_row`;
  const party = `${escapeIdentifier(parties.schema)}.part_row`;
  const bonds = (ids: Iterable<string>) => [...ids].map((it) => `bond:${it}`);
  const { rows } = await pool.query<SpanRow & { readonly of: 'agreement' | 'coverage' }>({
    name: `bound ${graph.version}.${parties.version}`,
    text: `
      with mine as materialized (
        select stream, part from ${agreement} where part = any($1::text[]) and (known @> $5::int8) is true
      ), theirs as materialized (
        select stream, part from ${agreement} where part = any($2::text[]) and (known @> $5::int8) is true
      ), umbrellas as materialized (
        select distinct stream from ${agreement}
        where part = any($3::text[]) and (known @> $5::int8) is true
      ), named as (
        select m.stream from mine m join theirs t using (stream) where m.part <> t.part
        union
        select stream from umbrellas
      ), chosen as materialized (
        select named.stream from named cross join lateral (
          select from ${agreement} f
          where f.part = 'field:' || $4 and f.stream = named.stream and (f.known @> $5::int8) is true
          limit 1) as about
      ), wanted as (
        select stream, part from chosen join (table mine union table theirs) as bonds using (stream)
        union
        select stream, part from chosen
        cross join unnest($6::text[] || array['core', 'acts', 'field:' || $4]) as part
      )
      select 'agreement' as of, r.stream, r.part, r.contents, r.pending, true as holds,
          null::boolean as disclosed, ${spanOf('r')}
        from wanted cross join lateral (
          select * from ${agreement} p
          where p.part = wanted.part and p.stream = wanted.stream and (p.known @> $5::int8) is true
          offset 0) as r
      union all
      select 'agreement', r.stream, r.part, r.contents, r.pending, true, null, ${spanOf('r')}
        from chosen join umbrellas using (stream) cross join lateral (
          select * from ${agreement} p
          where p.stream = chosen.stream and p.kind = 'bond' and (p.known @> $5::int8) is true
            and not exists (select from wanted where (stream, part) = (p.stream, p.part))
          offset 0) as r
      union all
      select 'agreement', r.stream, r.part, r.contents, r.pending, true, null, ${spanOf('r')}
        from chosen cross join lateral (
          select * from ${agreement} p
          where p.part = 'disclosure' and p.stream = chosen.stream and upper_inf(p.known)
          offset 0) as r
      union all
      select 'agreement', s.stream, s.part, s.contents, s.pending, true,
          exists (select from ${agreement} d where d.stream = s.stream and d.part = 'disclosure'
            and upper_inf(d.known) and d.contents @> '[{"content":{"disclosed":true}}]'), ${spanOf('s')}
        from chosen cross join lateral (
          select * from ${agreement} p
          where p.part = 'supersedes:' || chosen.stream and (p.known @> $5::int8) is true
          offset 0) as s
      union all
      select 'coverage', p.stream, p.part, p.contents, p.pending, true, null, ${spanOf('p')}
        from ${party} p
        where p.part = 'coverage:' || $4 and p.stream = any($7::uuid[]) and (p.known @> $5::int8) is true`,
    values: [
      bonds(carriers.from.keys()),
      bonds(carriers.to.keys()),
      [...carriers.from.keys()].map((it) => `provides:${it}`),
      field,
      n,
      bonds(bodiesOf(reader)),
      [from, to],
    ],
  });
  return {
    agreements: rows.filter((it) => it.of === 'agreement'),
    coverages: rows.filter((it) => it.of === 'coverage'),
  };
}

/** The names of parties on every day, and acts of parties' streams by event id. */
export async function readDetails(
  pool: Pool,
  parties: LedgerState,
  wanted: Wanted,
  n: number,
): Promise<readonly SpanRow[]> {
  const party = `${escapeIdentifier(parties.schema)}.part_row`;
  const { rows } = await pool.query<SpanRow>({
    name: `bound details ${parties.version}`,
    text: `
      select r.stream, r.part, r.contents, r.pending, true as holds, ${spanOf('r')} from ${party} r
      where (r.part = 'name' and r.stream = any($1::uuid[]) or r.part = any($2::text[]))
        and (r.known @> $3::int8) is true`,
    values: [wanted.parties, wanted.events.map((it) => `act:${it}`), n],
  });
  return rows;
}
