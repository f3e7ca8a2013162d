import { escapeIdentifier, type Pool } from 'pg';

import { spanOf } from '../obligations/party-rows.statement.js';
import type { SpanRow } from '../obligations/span.js';
import type { LedgerState } from '../ledger-states.js';
import type { RecordRow } from '../record-row.js';
import { postgresDay } from '../stored-row.js';

/** A council with more members on the day is a partner as a whole. */
const MOST_MEMBERS = 100;

export interface CounterLedgers {
  readonly graph: LedgerState;
  readonly counter: LedgerState;
  readonly parties: LedgerState;
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
  { graph, counter }: Pick<CounterLedgers, 'graph' | 'counter'>,
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

export interface BodiesRead {
  readonly rows: readonly SpanRow[];
  /** Councils with too many members on the day to tell them apart. */
  readonly crowded: readonly string[];
}

/**
 * What bodies say of themselves and of their members: their names, rules and coverages of the field
 * on the day and after it. Beside the named ones: members of councils, also through councils
 * that are members, and whoever succeeded any of them; those whose rules let in anybody; and those that
 * state coverage on the day in the prefecture of her first body, by the first two digits of its code.
 */
export async function readBodies(
  pool: Pool,
  { parties }: Pick<CounterLedgers, 'parties'>,
  asked: {
    readonly ids: readonly string[];
    readonly field: string;
    readonly home: string | null;
  },
  { day, n }: Point,
): Promise<BodiesRead> {
  const party = `${escapeIdentifier(parties.schema)}.part_row`;
  const current = (it: string) =>
    `(${it}.known @> $3::int8) is true and (upper_inf(${it}.days) or upper(${it}.days) > $4::date)`;
  const row = (it: string) =>
    `${it}.stream, ${it}.part, ${it}.contents, ${it}.pending, true as holds, ${spanOf(it)}`;
  const { rows } = await pool.query<SpanRow & { readonly crowded: boolean }>({
    name: `counter bodies ${parties.version}`,
    text: `
      with recursive reached(id) as (
        select unnest($1::uuid[])
        union
        select next.id from reached r cross join lateral (
          select joined.id from (
            select m.subject::uuid as id, count(*) over () as members from ${party} m
            where m.stream = r.id and m.kind = 'member'
              and (m.known @> $3::int8) is true and (m.days @> $4::date) is true
          ) as joined where joined.members <= ${MOST_MEMBERS}
          union all
          select s.stream from ${party} s
          where s.part = 'succession:' || r.id and (s.known @> $3::int8) is true
            and (s.days @> $4::date) is true
        ) as next
      ), joined as materialized (
        select m.*, count(*) filter (where m.days @> $4::date) over (partition by m.stream) as members
        from reached join ${party} m on m.stream = reached.id and m.kind = 'member'
        where ${current('m')}
      ), ids as (
        select id from reached
        union
        select stream from ${party}
          where part = 'rules:' || $2 and (known @> $3::int8) is true and (days @> $4::date) is true
            and contents @> '[{"content":{"stated":{"eligibility":[{"basis":"anyone"}]}}}]'
        union
        select c.stream from ${party} c
          join ${party} name on name.part = 'name' and name.stream = c.stream
            and (name.known @> $3::int8) is true and (name.days @> $4::date) is true
          where c.part = 'coverage:' || $2 and (c.known @> $3::int8) is true
            and (c.days @> $4::date) is true
            and left(name.contents -> 0 -> 'content' ->> 'code', 2) = (
              select left(home.contents -> 0 -> 'content' ->> 'code', 2) from ${party} home
              where home.part = 'name' and home.stream = $5::uuid
                and (home.known @> $3::int8) is true and (home.days @> $4::date) is true)
      )
      select ${row('p')}, false as crowded from joined p join ids on ids.id = p.subject::uuid
      union all
      select ${row('p')}, false
        from reached join ${party} p on p.part = 'succession:' || reached.id
        where ${current('p')}
      union all
      select ${row('p')}, false
        from ids join ${party} p on p.stream = ids.id and p.kind = 'partOf'
        where (p.known @> $3::int8) is true
      union all
      select ${row('p')}, p.part = 'name' and p.stream in (
          select stream from joined where members > ${MOST_MEMBERS})
        from ids join ${party} p on p.stream = ids.id
          and p.part in ('name', 'rules:' || $2, 'coverage:' || $2)
        where ${current('p')}`,
    values: [asked.ids, asked.field, n, postgresDay(day), asked.home],
  });
  const crowded = rows.filter((it) => it.crowded).map((it) => it.stream);
  return { rows, crowded };
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
