import { escapeIdentifier, type Pool } from 'pg';

import { claimsOn } from '../claims.statement.js';
import type { LedgerState } from '../ledger-states.js';
import { apart } from '../merged-parts.js';
import type { RecordRow } from '../record-row.js';
import { knownAt } from '../known-at.statement.js';
import { postgresDay } from '../stored-row.js';
import { timedRead } from './timed-read.js';

export interface GraphLedgers {
  readonly register: LedgerState;
  readonly graph: LedgerState;
}

/** The state of each party whom an agreement binds or bound, where the day leaves nothing open. */
export type BondStates = ReadonlyMap<string, string | null>;

export interface NeighbourhoodRead {
  readonly rows: readonly RecordRow[];
  readonly bonds: ReadonlyMap<string, BondStates>;
  /** Entries that wait for approval and would change a bond, by agreement. */
  readonly pendingBonds: ReadonlyMap<string, readonly string[]>;
  /** Register numbers of the agreements' first events. */
  readonly numbers: ReadonlyMap<string, number>;
}

/** What a core row says it is called. */
const TITLE = '$[*].content.parts.outline.contents[*].content.title';

/**
 * The agreements in which any of the carriers is named, in whatever role, on the day and in the field
 * if one is said: in one statement. Of the others' bonds only their state is read, as words that are
 * cheaper to write and to read than JSON: there may be hundreds of parties. What it is called on other
 * days is read only where it has no name on the day. `offset 0` and `limit 1` have each row looked up by
 * its key: PostgreSQL cannot tell that few agreements are left, and would read every agreement's instead.
 */
export async function readNeighbourhood(
  pool: Pool,
  { register, graph }: GraphLedgers,
  asked: { readonly carriers: readonly string[]; readonly field: string | undefined },
  { day, n }: { readonly day: number; readonly n: number },
): Promise<NeighbourhoodRead> {
  const named = `${escapeIdentifier(register.schema)}.part_row`;
  const agreement = `${escapeIdentifier(graph.schema)}.part_row`;
  const known = (where: string) =>
    knownAt(agreement, graph, `p.stream = chosen.stream and ${where}`, '$3');
  const rows = await timedRead<RecordRow & { readonly of: string }>(pool, {
    name: `neighbourhood ${register.version}.${graph.version}`,
    text: `
      with named as (
        select distinct stream from ${named} where part = any($1::text[])
      ), about as materialized (
        select named.stream from named cross join lateral (
          select where $5::text is null
          union all
          (select from ${agreement} f
            where f.stream = named.stream and f.part = 'field:' || $5 and (f.known @> $3::int8) is true
            limit 1)) as f
      ), chosen as materialized (
        select about.stream from about cross join lateral (
          select from ${named} p
          where p.part = any($1::text[]) and p.stream = about.stream and (p.known @> $3::int8) is true
          limit 1) as p
      ), parts as (
        select distinct part from unnest($2::text[]) as part
      )
      select 'agreement' as of, r.stream, r.part, r.contents, r.pending, true as holds,
          null::boolean as disclosed
        from chosen cross join parts cross join lateral (${known('p.part = parts.part')}) as r
        where (r.days @> $4::date) is true
      union all
      select 'agreement', r.stream, r.part, r.contents, r.pending, true, null
        from chosen cross join lateral (${known(`p.part like 'acts:%'`)}) as r
      union all
      select 'agreement', r.stream, r.part, r.contents, r.pending, r.holds, null
        from chosen cross join lateral (
          select c.*, bool_or(c.holds and c.contents @? '${TITLE}') over () as titled
          from (select p.*, (p.days @> $4::date) is true as holds
            from (${known(`p.part = 'core'`)}) as p) as c) as r
        where r.holds or not r.titled
      union all
      select 'agreement', r.stream, r.part, r.contents, r.pending, (r.days @> $4::date) is true, null
        from chosen cross join lateral (
          select * from ${agreement} p
          where p.part = 'disclosure' and p.stream = chosen.stream and upper_inf(p.known)
          offset 0) as r
      union all
      ${claimsOn(agreement, '$3', '$4')}
      union all
      select 'bonds', chosen.stream, 'bonds', to_jsonb(b.words), '{}', true, null
        from chosen cross join lateral (
          select string_agg(o.subject
              || case jsonb_array_length(o.contents)
                when 0 then ' -'
                when 1 then coalesce(' ' || (o.contents #>> '{0,content,state}'), ' ?')
                else ' ?' end
              || case when cardinality(o.pending) = 0 then '' else ' ' || array_to_string(o.pending, ' ') end,
            ';') as words
          from (${known(`p.part like 'bond:%'`)}) as o
          where (o.days @> $4::date) is true) as b
        where b.words is not null
      union all
      select 'number', k.stream, 'number', to_jsonb(lower(k.known)), '{}', true, null
        from chosen cross join lateral (
          select * from ${named} p
          where p.part = 'keeper' and p.stream = chosen.stream and (p.known @> $3::int8) is true
          offset 0) as k`,
    values: [
      asked.carriers.map((it) => `party:${it}`),
      asked.carriers.map((it) => `bond:${it}`),
      n,
      postgresDay(day),
      asked.field ?? null,
    ],
  });
  const of = (what: string) => rows.filter((it) => it.of === what);
  const bonds = of('bonds').map(
    (it) => [it.stream, bondsIn(it.contents as unknown as string)] as const,
  );
  return {
    rows: of('agreement').flatMap(apart),
    bonds: new Map(bonds.map(([stream, { states }]) => [stream, states])),
    pendingBonds: new Map(bonds.map(([stream, { pending }]) => [stream, pending])),
    numbers: new Map(of('number').map((it) => [it.stream, Number(it.contents)])),
  };
}

/** One bond is its party, its state, and the entries that wait; `?` where the day leaves it open. */
function bondsIn(words: string): {
  readonly states: BondStates;
  readonly pending: readonly string[];
} {
  const states = new Map<string, string | null>();
  const pending: string[] = [];
  for (const bond of words.split(';').sort()) {
    const [party = '', state = '', ...waiting] = bond.split(' ');
    if (state !== '-') states.set(party, state === '?' ? null : state);
    pending.push(...waiting);
  }
  return { states, pending };
}
