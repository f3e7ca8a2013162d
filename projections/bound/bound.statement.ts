import { escapeIdentifier, type Pool } from 'pg';

import { knownAt } from '../known-at.statement.js';
import type { LedgerState } from '../ledger-states.js';
import { spanOf } from '../obligations/party-rows.statement.js';
import type { SpanRow } from '../obligations/span.js';
import { bodiesOf } from '../reader.js';
import type { Carriers } from './carriers.js';
import { contentsOf } from './contents.statement.js';
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
  const knownOf = (of: string, where: string) =>
    knownAt(agreement, graph, `p.stream = ${of}.stream and ${where}`, '$5');
  const bonds = (ids: Iterable<string>) => [...ids].map((it) => `bond:${it}`);
  const { rows } = await pool.query<SpanRow & { readonly of: 'agreement' | 'coverage' }>({
    name: `bound ${graph.version}.${parties.version}`,
    text: `
      with mine as (
        select distinct stream, part from ${agreement} where part = any($1::text[])
      ), theirs as (
        select distinct stream, part from ${agreement} where part = any($2::text[])
      ), between as (
        select distinct m.stream from mine m join theirs t using (stream) where m.part <> t.part
      ), umbrellas as materialized (
        select distinct stream from ${agreement} where part = any($3::text[]) and (known @> $5::int8) is true
      ), about as materialized (
        select named.stream from (table between union table umbrellas) as named cross join lateral (
          select from ${agreement} f
          where f.part = 'field:' || $4 and f.stream = named.stream and (f.known @> $5::int8) is true
          limit 1) as f
      ), bonds as materialized (
        select r.* from about
        cross join (select distinct unnest($1::text[] || $2::text[]) as part) as carriers
        cross join lateral (${knownOf('about', 'p.part = carriers.part')}) as r
      ), chosen as materialized (
        select stream from bonds group by stream
        having min(part) filter (where part = any($1::text[])) <> max(part) filter (where part = any($2::text[]))
          or max(part) filter (where part = any($1::text[])) <> min(part) filter (where part = any($2::text[]))
        union
        select stream from about join umbrellas using (stream)
      ), parts as (
        select distinct part from unnest($6::text[] || array['core', 'field:' || $4]) as part
        where part <> all($1::text[] || $2::text[])
      )
      select 'agreement' as of, r.stream, r.part, r.contents, r.pending, true as holds,
          null::boolean as disclosed, ${spanOf('r')}
        from chosen join bonds r using (stream)
      union all
      select 'agreement', r.stream, r.part, ${contentsOf('r')}, r.pending, true, null, ${spanOf('r')}
        from chosen cross join parts cross join lateral (${knownOf('chosen', 'p.part = parts.part')}) as r
      union all
      select 'agreement', r.stream, r.part, r.contents, r.pending, true, null, ${spanOf('r')}
        from chosen cross join lateral (${knownOf('chosen', `p.part like 'acts:%'`)}) as r
      union all
      select 'agreement', r.stream, r.part, r.contents, r.pending, true, null, ${spanOf('r')}
        from chosen join umbrellas using (stream)
        cross join lateral (${knownOf('chosen', `p.part like 'bond:%'`)}) as r
        where r.part <> all($1::text[] || $2::text[] || $6::text[])
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
