import { escapeIdentifier, type Pool } from 'pg';

import { recordOn } from '../agreement-record.statement.js';
import { claimsOn } from '../claims.statement.js';
import type { LedgerState } from '../ledger-states.js';
import { apartOnDay } from '../merged-parts.js';
import { byRecord, type RecordRows, type RowOf } from '../record-row.js';
import { postgresDay } from '../stored-row.js';

export interface Ledgers {
  readonly graph: LedgerState;
  readonly counter: LedgerState;
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
  { graph, counter, parties }: Ledgers,
  asked: { readonly with: string; readonly field: string },
  { day, n }: Point,
): Promise<RecordRows> {
  const agreement = `${escapeIdentifier(graph.schema)}.part_row`;
  const use = `${escapeIdentifier(counter.schema)}.part_row`;
  const party = `${escapeIdentifier(parties.schema)}.part_row`;
  const { rows } = await pool.query<RowOf>({
    name: `mutual use ${graph.version}.${counter.version}.${parties.version}`,
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
        ${recordOn({ graph: agreement, counter: use }, { n: '$3', day: '$4' })}
      )
      select 'agreement' as of, stream, part, contents, pending, holds, null as disclosed from found
      union all
      ${claimsOn(agreement, '$3', '$4')}
      union all
      select 'party', p.stream, p.part, p.contents, p.pending, true, null
        from (select distinct substr(part, 6)::uuid as stream from found where part like 'bond:%') as named
        join ${party} p using (stream)
        where p.part = 'name' and (p.known @> $3::int8) is true and (p.days @> $4::date) is true
      union all
      select 'party', p.stream, p.part, p.contents, p.pending, true, null
        from ${party} p where p.part = 'partOf:' || $1 and (p.known @> $3::int8) is true`,
    values: [asked.with, asked.field, n, postgresDay(day)],
  });
  const { agreements, parties: named } = byRecord(rows);
  return { agreements: apartOnDay(agreements), parties: named };
}
