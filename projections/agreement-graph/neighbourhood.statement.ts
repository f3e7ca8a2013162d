import { escapeIdentifier, type Pool } from 'pg';

import { claimsOn } from '../claims.statement.js';
import type { LedgerState } from '../ledger-states.js';
import { apart } from '../merged-parts.js';
import type { RecordRow } from '../record-row.js';
import { postgresDay } from '../stored-row.js';
import { timedRead } from './timed-read.js';

export interface GraphLedgers {
  readonly register: LedgerState;
  readonly graph: LedgerState;
}

/** What one agreement's row of bonds says: the state of each party where the day leaves nothing open. */
export type BondStates = Readonly<Record<string, string | null>>;

export interface NeighbourhoodRead {
  readonly rows: readonly RecordRow[];
  readonly bonds: ReadonlyMap<string, BondStates>;
  /** Entries that wait for approval and would change a bond, by agreement. */
  readonly pendingBonds: ReadonlyMap<string, readonly string[]>;
  /** Register numbers of the agreements' first events. */
  readonly numbers: ReadonlyMap<string, number>;
}

/**
 * The agreements in which any of the carriers is named, in whatever role, on the day and in the field
 * if one is said: in one statement. Of the others' bonds only their state is read.
 */
export async function readNeighbourhood(
  pool: Pool,
  { register, graph }: GraphLedgers,
  asked: { readonly carriers: readonly string[]; readonly field: string | undefined },
  { day, n }: { readonly day: number; readonly n: number },
): Promise<NeighbourhoodRead> {
  const named = `${escapeIdentifier(register.schema)}.part_row`;
  const agreement = `${escapeIdentifier(graph.schema)}.part_row`;
  const rows = await timedRead<RecordRow & { readonly of: string }>(pool, {
    name: `neighbourhood ${register.version}.${graph.version}`,
    text: `
      with named as (
        select distinct stream from ${named} where part = any($1::text[]) and (known @> $3::int8) is true
      ), chosen as materialized (
        select stream from named where $5::text is null or exists (
          select from ${agreement} f
          where f.stream = named.stream and f.part = 'field:' || $5 and (f.known @> $3::int8) is true)
      ), parts as (
        select distinct part from unnest($2::text[] || array['core', 'acts', 'disclosure']) as part
      )
      select 'agreement' as of, r.stream, r.part, r.contents, r.pending,
          (r.days @> $4::date) is true as holds, null as disclosed
        from chosen cross join parts
        join ${agreement} r on r.part = parts.part and r.stream = chosen.stream
        where case when r.part = 'disclosure' then upper_inf(r.known)
          else (r.known @> $3::int8) is true and ((r.days @> $4::date) is true or r.part = 'core') end
      union all
      ${claimsOn(agreement, '$3', '$4')}
      union all
      select 'bonds', b.stream, 'bonds', coalesce(jsonb_object_agg(b.subject, case
            when jsonb_array_length(b.contents) = 1 then b.contents->0->'content'->>'state' end)
            filter (where b.contents <> '[]'), '{}'),
          coalesce(string_to_array(string_agg(nullif(array_to_string(b.pending, ' '), ''), ' '), ' '), '{}'),
          true, null
        from chosen cross join lateral (
          select o.stream, o.subject, o.contents, o.pending from ${agreement} o
          where o.stream = chosen.stream and o.part like 'bond:%'
            and (o.known @> $3::int8) is true and (o.days @> $4::date) is true offset 0) as b
        group by b.stream
      union all
      select 'number', k.stream, 'number', to_jsonb(lower(k.known)), '{}', true, null
        from chosen join ${named} k on k.stream = chosen.stream and k.part = 'keeper'
        where (k.known @> $3::int8) is true`,
    values: [
      asked.carriers.map((it) => `party:${it}`),
      asked.carriers.map((it) => `bond:${it}`),
      n,
      postgresDay(day),
      asked.field ?? null,
    ],
  });
  const of = (what: string) => rows.filter((it) => it.of === what);
  return {
    rows: of('agreement').flatMap(apart),
    bonds: new Map(of('bonds').map((it) => [it.stream, it.contents as unknown as BondStates])),
    pendingBonds: new Map(of('bonds').map((it) => [it.stream, it.pending])),
    numbers: new Map(of('number').map((it) => [it.stream, Number(it.contents)])),
  };
}
