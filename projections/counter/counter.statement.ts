import { escapeIdentifier, type Pool } from 'pg';

import { spanOf } from '../obligations/party-rows.statement.js';
import type { SpanRow } from '../obligations/span.js';
import type { LedgerState } from '../ledger-states.js';
import type { RecordRow } from '../record-row.js';
import { postgresDay } from '../stored-row.js';

export interface CounterLedgers {
  readonly graph: LedgerState;
  readonly counter: LedgerState;
}

export interface Point {
  readonly day: number;
  readonly n: number;
}

/**
 * Every agreement in the field in which one of the given bodies stands: who is bound, what is offered,
 * and what claims to replace it, on the day and after it. Disclosure is read at the head: who may see
 * is decided when he asks. The lateral steps keep to one order, her bodies first: PostgreSQL would begin
 * with every agreement in the field once it plans for any question at all, and read the rows of all
 * agreements for what claims to replace one.
 * @param bodies ids of everybody whose bonds concern the person
 */
export async function readAgreements(
  pool: Pool,
  { graph, counter }: CounterLedgers,
  { bodies, field }: { readonly bodies: readonly string[]; readonly field: string },
  { day, n }: Point,
): Promise<readonly SpanRow[]> {
  const bond = `${escapeIdentifier(graph.schema)}.part_row`;
  const use = `${escapeIdentifier(counter.schema)}.part_row`;
  const current = (it: string) =>
    `(${it}.known @> $3::int8) is true and (upper_inf(${it}.days) or upper(${it}.days) > $4::date)`;
  const row = (it: string) =>
    `${it}.stream, ${it}.part, ${it}.contents, ${it}.pending, true as holds, ${spanOf(it)}`;
  const { rows } = await pool.query<SpanRow>({
    name: `counter agreements ${graph.version}.${counter.version}`,
    text: `
      with mine as materialized (
        select distinct b.stream from unnest($1::text[]) as body cross join lateral (
          select stream from ${bond}
          where part = 'bond:' || body and (known @> $3::int8) is true offset 0) as b
      ), chosen as materialized (
        select mine.stream from mine cross join lateral (
          select from ${bond} f
          where f.stream = mine.stream and f.part = 'field:' || $2 and (f.known @> $3::int8) is true
          limit 1) as about
      )
      select ${row('r')}, null::boolean as disclosed
        from chosen join ${bond} r on r.stream = chosen.stream and r.part in ('core', 'field:' || $2)
        where ${current('r')}
      union all
      select ${row('r')}, null
        from chosen join ${bond} r on r.stream = chosen.stream and r.kind = 'bond'
        where ${current('r')}
      union all
      select ${row('r')}, null
        from chosen join ${bond} r on r.stream = chosen.stream and r.part = 'disclosure'
        where upper_inf(r.known)
      union all
      select ${row('u')}, null
        from chosen join ${use} u on u.stream = chosen.stream and u.part = 'use'
        where ${current('u')}
      union all
      select ${row('s')}, exists (
          select from ${bond} d where d.stream = s.stream and d.part = 'disclosure'
            and upper_inf(d.known) and d.contents @> '[{"content":{"disclosed":true}}]')
        from chosen cross join lateral (
          select * from ${bond} p
          where p.part = 'supersedes:' || chosen.stream and ${current('p')} offset 0) as s`,
    values: [bodies, field, n, postgresDay(day)],
  });
  return rows;
}

/** What facilities are like on the day, and whether they exist. */
export async function readOffered(
  pool: Pool,
  facilities: LedgerState,
  ids: readonly string[],
  { day, n }: Point,
): Promise<readonly RecordRow[]> {
  const { rows } = await pool.query<RecordRow>({
    name: `counter facilities ${facilities.version}`,
    text: `
      select f.stream, f.part, f.contents, f.pending, true as holds
        from unnest($1::uuid[]) as id
        join ${escapeIdentifier(facilities.schema)}.part_row f on f.stream = id
          and f.part in ('facility', 'open')
        where (f.known @> $2::int8) is true and (f.days @> $3::date) is true`,
    values: [ids, n, postgresDay(day)],
  });
  return rows;
}
