import { escapeIdentifier, type Pool } from 'pg';

import type { Ledgers } from '../bound/bound.statement.js';
import { contentsOf } from '../bound/contents.statement.js';
import { knownAt } from '../known-at.statement.js';
import { spanOf } from '../obligations/party-rows.statement.js';
import type { SpanRow } from '../obligations/span.js';
import { bodiesOf, type Reader } from '../reader.js';
import { timedRead } from './timed-read.js';

/** Whose obligations to each other are asked for. */
export interface Among {
  readonly parties: readonly string[];
  /** Everybody for whom one of them may stand, itself included. */
  readonly carriers: readonly string[];
  readonly fields: readonly string[];
  readonly reader: Reader;
  /** Whether the dates of its acts are asked for too. */
  readonly acts?: true;
}

export interface AmongRead {
  readonly agreements: readonly SpanRow[];
  readonly coverages: readonly SpanRow[];
}

/**
 * Everything that tells what some parties owe each other in some fields, on every day as known at n, in
 * one statement: agreements in which two of their carriers stand, or whose umbrella names one; what
 * replaces them; and the coverages of the parties.
 */
export async function readAmong(
  pool: Pool,
  { graph, parties }: Ledgers,
  { parties: ids, carriers, fields, reader, acts }: Among,
  n: number,
): Promise<AmongRead> {
  const agreement = `${escapeIdentifier(graph.schema)}.part_row`;
  const party = `${escapeIdentifier(parties.schema)}.part_row`;
  const knownOf = (of: string, where: string) =>
    knownAt(agreement, graph, `p.stream = ${of}.stream and ${where}`, '$4');
  const rows = await timedRead<SpanRow & { readonly of: 'agreement' | 'coverage' }>(pool, {
    name: `among ${graph.version}.${parties.version}`,
    text: `
      with mine as materialized (
        select distinct stream, part from ${agreement} where part = any($1::text[])
      ), standing as (
        select stream from mine group by stream having count(*) > 1
      ), umbrellas as materialized (
        select distinct stream from ${agreement}
        where part = any($2::text[]) and (known @> $4::int8) is true
      ), named as (
        select stream from standing union select stream from umbrellas
      ), about as materialized (
        select named.stream from named cross join lateral (
          select from ${agreement} f
          where f.stream = named.stream and f.part = any($3::text[]) and (f.known @> $4::int8) is true
          limit 1) as f
      ), bonds as materialized (
        select r.* from about join mine using (stream)
        cross join lateral (${knownOf('mine', 'p.part = mine.part')}) as r
      ), chosen as materialized (
        select stream from bonds group by stream having min(part) < max(part)
        union
        select stream from about join umbrellas using (stream)
      ), parts as (
        select distinct part from unnest($3::text[] || $5::text[]) as part
        where part <> all($1::text[])
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
        where 'acts' = any($5::text[])
      union all
      select 'agreement', r.stream, r.part, r.contents, r.pending, true, null, ${spanOf('r')}
        from chosen join umbrellas using (stream)
        cross join lateral (${knownOf('chosen', `p.part like 'bond:%'`)}) as r
        where r.part <> all($1::text[] || $5::text[])
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
          where p.part = 'supersedes:' || chosen.stream and (p.known @> $4::int8) is true
          offset 0) as s
      union all
      select 'coverage', p.stream, p.part, p.contents, p.pending, true, null, ${spanOf('p')}
        from ${party} p
        where p.part = any($6::text[]) and p.stream = any($7::uuid[]) and (p.known @> $4::int8) is true`,
    values: [
      carriers.map((it) => `bond:${it}`),
      carriers.map((it) => `provides:${it}`),
      fields.map((it) => `field:${it}`),
      n,
      [
        ...[...bodiesOf(reader)].map((it) => `bond:${it}`),
        'core',
        ...(acts === true ? ['acts'] : []),
      ],
      fields.map((it) => `coverage:${it}`),
      ids,
    ],
  });
  return {
    agreements: rows.filter((it) => it.of === 'agreement'),
    coverages: rows.filter((it) => it.of === 'coverage'),
  };
}
