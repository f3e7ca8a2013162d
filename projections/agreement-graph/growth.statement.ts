import { escapeIdentifier, type Pool } from 'pg';

import type { PartialDate } from '../../src/time/partial-date.js';
import type { Incomplete } from '../incomplete.js';
import { bodiesOf } from '../reader.js';
import { chosenAgreements, chosenParameters, type Chosen } from './chosen.statement.js';
import { yearsCounted } from './growth-years.statement.js';
import type { GraphLedgers } from './neighbourhood.statement.js';
import { timedRead } from './timed-read.js';

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
 * in force; another keeper's claim leaves it possible (domain § 6), and so does one that the reader may
 * not see. While streams wait, a no of any other is open, and all that theirs say (as `Incomplete.weaken`).
 * @throws Refusal graph/too-large
 */
export async function readGrowth(
  pool: Pool,
  ledgers: GraphLedgers,
  chosen: Chosen,
  years: { readonly from: number; readonly to: number },
  { n, incomplete }: { readonly n: number; readonly incomplete: Incomplete },
): Promise<GrowthRead> {
  const register = `${escapeIdentifier(ledgers.register.schema)}.part_row`;
  const graph = `${escapeIdentifier(ledgers.graph.schema)}.part_row`;
  const [counted] = await timedRead<GrowthRead>(pool, {
    name: `growth ${ledgers.register.version}.${ledgers.graph.version}`,
    text: `
      with ${chosenAgreements(register, graph)}, papers as materialized (
        select c.stream,
          max(p.contents->0->'content'->'parts'->'keeper'->'contents'->0->'content'->>'keeper') as keeper
        from chosen c join ${graph} p on p.part = 'core' and p.stream = c.stream
        where (p.known @> $1::int8) is true
        group by c.stream
        having bool_or(p.contents @? '$[*].content.parts.outline.contents[*].content ? (@.kind != "practice" || @.tooMany == true)')
      ), acts as materialized (
        select p.stream, act.value->'contents'->0->'content' as act
        from papers p join ${graph} a on a.kind = 'acts' and a.stream = p.stream
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
      ), ${yearsCounted(graph)}
      select
        (select json_agg(json_build_object('year', year,
            'inForce', in_force, 'maybeInForce', maybe_in_force, 'ended', ended, 'maybeEnded', maybe_ended,
            'parties', parties, 'maybeParties', maybe_parties) order by year)
          from counted where year >= $6) as years,
        (select coalesce(json_agg(json_build_object('acted', acted, 'count', count) order by acted), '[]')
          from (select case when papers.stream <> all($10::uuid[]) then c.acted end as acted, count(*) from papers left join conclusions c using (stream)
            group by 1) as by_day) as concluded,
        (select count(*)::int from undated_ends) as "endedUndated",
        (select count(*)::int from chosen) - (select count(*)::int from papers) as practices`,
    values: [
      ...chosenParameters(chosen, n),
      years.from,
      years.to,
      [...bodiesOf(chosen.reader)],
      incomplete.any,
      incomplete.streams,
    ],
  });
  if (counted === undefined) throw new Error('one row of counts');
  return counted;
}
