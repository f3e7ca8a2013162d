import { escapeIdentifier, type Pool } from 'pg';

import type { PartialDate } from '../../src/time/partial-date.js';
import { chosenAgreements, chosenParameters, type Chosen } from './chosen.statement.js';
import type { GraphLedgers } from './neighbourhood.statement.js';

export interface GrowthRead {
  readonly years: readonly YearCounted[];
  /** How many agreements have this day of conclusion; null where none is stated. */
  readonly concluded: readonly { readonly acted: PartialDate | null; readonly count: number }[];
  readonly endedUndated: number;
  readonly practices: number;
}

export interface YearCounted {
  readonly year: number;
  readonly inForce: number;
  readonly maybeInForce: number;
  readonly ended: number;
  readonly maybeEnded: number;
  readonly parties: number;
  readonly maybeParties: number;
}

/**
 * Counts year by year, made where the rows are. What another record of the same keeper replaces is not
 * in force; another keeper's claim leaves it possible (domain § 6).
 */
export async function readGrowth(
  pool: Pool,
  ledgers: GraphLedgers,
  chosen: Chosen,
  years: { readonly from: number; readonly to: number },
  n: number,
): Promise<GrowthRead> {
  const register = `${escapeIdentifier(ledgers.register.schema)}.part_row`;
  const graph = `${escapeIdentifier(ledgers.graph.schema)}.part_row`;
  const { rows } = await pool.query<GrowthRead>({
    name: `growth ${ledgers.register.version}.${ledgers.graph.version}`,
    text: `
      with ${chosenAgreements(register, graph)}, papers as materialized (
        select c.stream, (select p.contents->0->'content'->'parts'->'keeper'->'contents'->0->'content'->>'keeper'
            from ${graph} p where p.part = 'core' and p.stream = c.stream and (p.known @> $1::int8) is true
            limit 1) as keeper
        from chosen c
        where exists (select from ${graph} o where o.part = 'core' and o.stream = c.stream
          and (o.known @> $1::int8) is true
          and o.contents @? '$[*].content.parts.outline.contents[*].content ? (@.kind != "practice" || @.tooMany == true)')
      ), acts as materialized (
        select p.stream, act.value->'contents'->0->'content' as act
        from papers p join ${graph} a on a.part = 'acts' and a.stream = p.stream
        cross join lateral jsonb_each(a.contents->0->'content'->'parts') as act
        where (a.known @> $1::int8) is true
          and act.value->'contents'->0->'content'->>'type'
            in ('AgreementRegistered', 'AgreementConcluded', 'AgreementEnded')
      ), conclusions as (
        select distinct on (stream) stream, act->'acted' as acted from acts
        where act->>'type' <> 'AgreementEnded' order by stream, (act->>'n')::int8 desc
      ), undated_ends as (
        select distinct stream from acts where act->>'type' = 'AgreementEnded'
          and coalesce(act->'effective', act->'acted', '{"tag":"unknown"}') ? 'tag'
      ), claims as (
        select substr(s.part, length('supersedes:') + 1)::uuid as stream, s.days,
          not s.contents @? '$[*].content ? (@.begun != true)' as certain,
          s.contents->0->'content'->>'keeper' as keeper
        from ${graph} s where s.part like 'supersedes:%' and (s.known @> $1::int8) is true
          and s.contents @? '$[*].content ? (@.begun == true)'
      ), ends as (
        select y as year, make_date(y, 12, 31) as day
        from generate_series($6::int - 1, $7::int) as y
      ), bonds as (
        select b.stream, b.subject, b.days,
          jsonb_array_length(b.contents) = 1 and b.contents->0->'content'->>'state' = 'bound' as certain,
          b.contents @? '$[*].content ? (@.state == "bound" || @.state == "unsaid" || @.tooMany == true)' as possible,
          not b.contents @? '$[*].content ? (!(@.state == "ended" || @.state == "left"))' as over,
          b.contents @? '$[*].content ? (@.state == "ended" || @.state == "left" || @.tooMany == true)' as maybe_over
        from papers join ${graph} b on b.stream = papers.stream
        where b.part like 'bond:%' and (b.known @> $1::int8) is true and b.contents <> '[]'
      ), replaced as (
        select ends.year, p.stream, bool_or(c.certain and c.keeper = p.keeper) as certain
        from ends join claims c on c.days @> ends.day join papers p using (stream)
        group by ends.year, p.stream
      ), standing as (
        select e.year, b.stream, b.subject,
          b.certain and r.stream is null as certain,
          b.possible and r.certain is not true as possible,
          b.over or r.certain is true as over,
          b.maybe_over or r.stream is not null as maybe_over
        from ends e join bonds b on b.days @> e.day
        left join replaced r on r.year = e.year and r.stream = b.stream
      ), yearly as (
        select year, stream, bool_or(certain) as certain, bool_or(possible) as possible,
          bool_and(over) as over, bool_and(maybe_over) as maybe_over
        from standing group by year, stream
      ), turned as (
        select year, stream, certain, possible,
          over and not lag(maybe_over) over before as ended,
          maybe_over and not lag(over) over before
            and not exists (select from undated_ends u where u.stream = yearly.stream) as maybe_ended
        from yearly window before as (partition by stream order by year)
      ), agreements as (
        select year, count(*) filter (where certain) as certain, count(*) filter (where possible) as possible,
          count(*) filter (where ended) as ended, count(*) filter (where ended or maybe_ended) as maybe_ended
        from turned group by year
      ), parties as (
        select year, count(distinct subject) filter (where certain) as certain,
          count(distinct subject) filter (where possible) as possible
        from standing group by year
      )
      select
        (select coalesce(json_agg(json_build_object('year', e.year,
            'inForce', coalesce(a.certain, 0), 'maybeInForce', coalesce(a.possible, 0),
            'ended', coalesce(a.ended, 0), 'maybeEnded', coalesce(a.maybe_ended, 0),
            'parties', coalesce(p.certain, 0), 'maybeParties', coalesce(p.possible, 0)) order by e.year), '[]')
          from ends e left join agreements a using (year) left join parties p using (year)
          where e.year >= $6) as years,
        (select coalesce(json_agg(json_build_object('acted', acted, 'count', count) order by acted), '[]')
          from (select c.acted, count(*) from papers left join conclusions c using (stream)
            group by c.acted) as by_day) as concluded,
        (select count(*)::int from undated_ends) as "endedUndated",
        (select count(*)::int from chosen) - (select count(*)::int from papers) as practices`,
    values: [...chosenParameters(chosen, n), years.from, years.to],
  });
  const [counted] = rows;
  if (counted === undefined) throw new Error('one row of counts');
  return counted;
}
