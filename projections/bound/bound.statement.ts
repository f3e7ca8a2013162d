import { escapeIdentifier, type Pool } from 'pg';

import { claimsOn } from '../claims.statement.js';
import type { Ledgers, Point } from '../mutual-use/mutual-use.statement.js';
import { byRecord, type RecordRows, type RowOf } from '../record-row.js';
import { postgresDay } from '../stored-row.js';
import type { Asked } from './found-path.js';

/**
 * Everything that the answer needs, in one statement: agreements in the field in which both stand or
 * that name `from` as a provider through an umbrella, the councils of both, coverages and names.
 */
export async function readBound(
  pool: Pool,
  { mutualUse, parties }: Ledgers,
  { from, to, field }: Asked,
  { day, n }: Point,
): Promise<RecordRows> {
  const agreement = `${escapeIdentifier(mutualUse.schema)}.part_row`;
  const party = `${escapeIdentifier(parties.schema)}.part_row`;
  const { rows } = await pool.query<RowOf>({
    name: `bound ${mutualUse.version}.${parties.version}`,
    text: `
      with named as (
        select a.stream from ${agreement} a join ${agreement} b using (stream)
        where a.part = 'bond:' || $1 and (a.known @> $4::int8) is true
          and b.part = 'bond:' || $2 and (b.known @> $4::int8) is true
        union
        select stream from ${agreement} where part = 'provides:' || $1 and (known @> $4::int8) is true
      ), chosen as (
        select stream from named where exists (
          select from ${agreement} f
          where f.stream = named.stream and f.part = 'field:' || $3 and (f.known @> $4::int8) is true)
      ), councils as (
        select distinct stream from ${party}
        where part in ('member:' || $1, 'member:' || $2) and (known @> $4::int8) is true
        union
        select distinct r.subject::uuid from chosen join ${agreement} r using (stream)
        where r.part like 'bond:%' and (r.known @> $4::int8) is true
        union values ($1::uuid), ($2::uuid)
      )
      select 'agreement' as of, r.stream, r.part, r.contents, r.pending, r.days @> $5::date as holds,
          null as disclosed
        from chosen join ${agreement} r using (stream)
        where r.part not like 'supersedes:%' and case when r.part = 'disclosure'
          then upper_inf(r.known)
          else (r.known @> $4::int8) is true and ((r.days @> $5::date) is true or r.part = 'outline') end
      union all
      ${claimsOn(agreement, '$4', '$5')}
      union all
      select 'party', p.stream, p.part, p.contents, p.pending, true, null
        from councils join ${party} p using (stream)
        where (p.known @> $4::int8) is true and (p.days @> $5::date) is true
          and (p.part in ('name', 'member:' || $1, 'member:' || $2, 'coverage:' || $3)
            or p.kind = 'act')`,
    values: [from, to, field, n, postgresDay(day)],
  });
  return byRecord(rows);
}
