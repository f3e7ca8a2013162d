import { escapeIdentifier, type Pool } from 'pg';

import { claimsOn } from '../claims.statement.js';
import type { LedgerState } from '../ledger-states.js';
import { byRecord, type RecordRows, type RowOf } from '../record-row.js';
import { postgresDay } from '../stored-row.js';

export interface Ledgers {
  readonly mutualUse: LedgerState;
  readonly parties: LedgerState;
}

export interface Point {
  readonly day: number;
  readonly n: number;
}

/**
 * Everything that the answer needs, in one statement. Disclosure is read at the head: who may see is
 * decided when he asks. A part of a stream is found by its name, and its few rows are looked through.
 */
export async function readMutualUse(
  pool: Pool,
  { mutualUse, parties }: Ledgers,
  asked: { readonly with: string; readonly field: string },
  { day, n }: Point,
): Promise<RecordRows> {
  const agreement = `${escapeIdentifier(mutualUse.schema)}.part_row`;
  const party = `${escapeIdentifier(parties.schema)}.part_row`;
  const { rows } = await pool.query<RowOf>({
    name: `mutual use ${mutualUse.version}.${parties.version}`,
    text: `
      with ours as (
        select $1::text as id
        union
        select stream::text from ${party} where part = 'partOf:' || $1 and (known @> $3::int8) is true
      ), chosen as (
        select distinct b.stream from ours
        join ${agreement} b on b.part = 'bond:' || ours.id and (b.known @> $3::int8) is true
        where exists (
          select from ${agreement} f
          where f.stream = b.stream and f.part = 'field:' || $2 and (f.known @> $3::int8) is true)
      ), found as (
        select r.stream, r.part, r.subject, r.contents, r.pending, r.days @> $4::date as holds
        from chosen join ${agreement} r using (stream)
        where case when r.part = 'disclosure' then upper_inf(r.known)
          else (r.known @> $3::int8) is true and ((r.days @> $4::date) is true or r.part = 'outline') end
      )
      select 'agreement' as of, stream, part, contents, pending, holds, null as disclosed from found
        where part not like 'supersedes:%'
      union all
      ${claimsOn(agreement, '$3', '$4')}
      union all
      select 'party', p.stream, p.part, p.contents, p.pending, true, null
        from (select distinct subject::uuid as stream from found where part like 'bond:%') as named
        join ${party} p using (stream)
        where p.part = 'name' and (p.known @> $3::int8) is true and (p.days @> $4::date) is true
      union all
      select 'party', p.stream, p.part, p.contents, p.pending, true, null
        from ${party} p where p.part = 'partOf:' || $1 and (p.known @> $3::int8) is true`,
    values: [asked.with, asked.field, n, postgresDay(day)],
  });
  return byRecord(rows);
}
