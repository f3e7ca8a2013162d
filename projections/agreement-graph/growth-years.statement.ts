/**
 * SQL: the CTE `counted`, a row of counts for each year from the one before `$6` to `$7`, of the
 * agreements `papers` (stream, keeper) as known at `$1`; `undated_ends` names those whose end has no day.
 * A year counts what holds on its December 31. A run of days is the run of years `[since, until)` whose
 * last days lie in it; it adds to its first year and takes away from the first one after, and sums of
 * these steps are the counts: what it costs grows with the rows and with the years, never with both.
 * @param graph the ledger's rows, quoted; `$8` holds the bodies of the reader, `$9` whether streams wait, and `$10` which
 */
export function yearsCounted(graph: string): string {
  return `
      bonds as materialized (
        select b.stream, b.subject, since, until, (state is not distinct from 'bound' and not waits)::int as certain,
          ($9::bool or case when state is null then b.contents @? '$[*].content ? (@.state == "bound" || @.state == "unsaid" || @.tooMany == true)'
            else state in ('bound', 'unsaid') end)::int as possible,
          (not $9::bool and case when state is null then not b.contents @? '$[*].content ? (!(@.state == "ended" || @.state == "left"))'
            else state in ('ended', 'left') end)::int as over,
          (case when $9::bool then waits or state is distinct from 'bound'
            when state is null then b.contents @? '$[*].content ? (@.state == "ended" || @.state == "left" || @.tooMany == true)'
            else state in ('ended', 'left') end)::int as maybe_over
        from papers join ${graph} b on b.stream = papers.stream
        cross join lateral (select ${yearsOf('b.days')} offset 0) as years
        cross join lateral (select case when jsonb_array_length(b.contents) = 1
          then b.contents->0->'content'->>'state' end as state offset 0) as told
        cross join lateral (select b.stream = any($10::uuid[]) or b.subject = any($10::text[]) as waits offset 0) as own
        where b.kind = 'bond' and (b.known @> $1::int8) is true and b.contents <> '[]' and since < until
      ), claims as materialized (
        select p.stream, ${yearsOf('s.days')},
          (not $9::bool and not s.contents @? '$[*].content ? (@.begun != true)'
            and s.contents->0->'content'->>'keeper' = p.keeper
            and (s.contents->0->'content'->>'keeper' = any($8::text[]) or exists (
              select from ${graph} d where d.stream = s.stream and d.part = 'disclosure'
                and upper_inf(d.known) and d.contents @> '[{"content":{"disclosed":true}}]')))::int as sure
        from papers p join ${graph} s on s.part = 'supersedes:' || p.stream
        where s.kind = 'supersedes' and (s.known @> $1::int8) is true
          and s.contents @? '$[*].content ? (@.begun == true)'
      ), steps as (
        select stream, year, sum(bonds)::int as bonds, sum(certain)::int as certain,
          sum(possible)::int as possible, sum(over)::int as over, sum(maybe_over)::int as maybe_over,
          sum(claimed)::int as claimed, sum(sure)::int as sure
        from (
          select stream, since as year, 1 as bonds, certain, possible, over, maybe_over, 0 as claimed, 0 as sure
            from bonds
          union all
          select stream, until, -1, -certain, -possible, -over, -maybe_over, 0, 0 from bonds
          union all
          select stream, since, 0, 0, 0, 0, 0, 1, sure from claims where since < until
          union all
          select stream, until, 0, 0, 0, 0, 0, -1, -sure from claims where since < until) as step
        group by stream, year
      ), sums as materialized (
        select stream, year as since, lead(year, 1, year) over run as until,
          sum(bonds) over run as bonds, sum(certain) over run as certain, sum(possible) over run as possible,
          sum(over) over run as over, sum(maybe_over) over run as maybe_over,
          sum(claimed) over run as claimed, sum(sure) over run as sure
        from steps window run as (partition by stream order by year)
      ), runs as (
        select stream, since, until, certain > 0 and claimed = 0 as certain, possible > 0 and sure = 0 as possible,
          over = bonds or sure > 0 as over, maybe_over = bonds or claimed > 0 as maybe_over
        from sums where bonds > 0
      ), turned as (
        select r.*, over and not lag(maybe_over) over before as ended, not lag(over) over before as turns
        from runs r window before as (partition by stream order by since)
      ), agreement_steps as (
        select since as year, certain::int as certain, possible::int as possible, 0 as ended, 0 as maybe_ended
          from turned
        union all
        select until, -certain::int, -possible::int, 0, 0 from turned
        union all
        select s.year, 0, 0, s.ended, s.maybe_ended from (
          select t.since, t.ended, case when t.turns then t.since else t.since + 1 end as first,
            case when t.over or u.stream is not null then t.since + 1 else t.until end as last
          from turned t left join undated_ends u using (stream)
          where t.maybe_over and (u.stream is null or t.ended)) as e
        cross join lateral (values
          (since, (ended is true)::int, 0), (since + 1, -(ended is true)::int, 0),
          (first, 0, (first < last)::int), (last, 0, -(first < last)::int)) as s(year, ended, maybe_ended)
      ), party_steps as (
        select subject, since as year, certain, possible from bonds
        union all
        select subject, until, -certain, -possible from bonds
        union all
        select b.subject, s.year, -s.sign * b.certain, -s.sign * (c.sure > 0)::int * b.possible
        from bonds b join sums c on c.stream = b.stream and c.claimed > 0
          and c.since < b.until and b.since < c.until
        cross join lateral (values (greatest(b.since, c.since), 1), (least(b.until, c.until), -1)) as s(year, sign)
      ), party_sums as (
        select subject, year, sum(sum(certain)::int) over run > 0 as certain, sum(sum(possible)::int) over run > 0 as possible
        from party_steps group by subject, year window run as (partition by subject order by year)
      ), party_turns as (
        select year, certain::int - lag(certain::int, 1, 0) over before as certain,
          possible::int - lag(possible::int, 1, 0) over before as possible
        from party_sums window before as (partition by subject order by year)
      ), all_steps as (
        select year, sum(certain) as certain, sum(possible) as possible, sum(ended) as ended,
          sum(maybe_ended) as maybe_ended, 0 as parties, 0 as maybe_parties
        from agreement_steps group by year
        union all
        select year, 0, 0, 0, 0, sum(certain), sum(possible) from party_turns group by year
        union all
        select y, 0, 0, 0, 0, 0, 0 from generate_series($6::int - 1, $7::int) as y
      ), counted as (
        select year, sum(sum(certain)) over run as in_force, sum(sum(possible)) over run as maybe_in_force,
          sum(sum(ended)) over run as ended, sum(sum(maybe_ended)) over run as maybe_ended,
          sum(sum(parties)) over run as parties, sum(sum(maybe_parties)) over run as maybe_parties
        from all_steps where year <= $7 group by year window run as (order by year)
      )`;
}

function yearsOf(days: string): string {
  const year = (bound: string) => `extract(year from ${bound}(${days}))::int`;
  return `greatest(coalesce(${year('lower')}, $6::int - 1), $6::int - 1) as since,
          least(coalesce(${year('upper')}, $7::int + 1), $7::int + 1) as until`;
}
