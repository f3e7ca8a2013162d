import { escapeIdentifier, type Pool } from 'pg';

import { recordOn } from '../agreement-record.statement.js';
import type { LedgerState } from '../ledger-states.js';
import { apartOnDay } from '../merged-parts.js';
import type { RecordRow, RecordRows } from '../record-row.js';
import { postgresDay } from '../stored-row.js';

export interface DetailRows extends RecordRows {
  /** The last revision at n; undefined for an agreement that the register did not know then. */
  readonly revision: number | undefined;
}

/** The parts of the day, the names of everybody in them, and how far the stream had come at n. */
export async function readAgreementDetail(
  pool: Pool,
  schemas: Readonly<Record<'register' | 'parties' | 'graph' | 'counter', LedgerState>>,
  stream: { readonly id: string; readonly name: string },
  { day, n }: { readonly day: number; readonly n: number },
): Promise<DetailRows> {
  const agreement = `${escapeIdentifier(schemas.graph.schema)}.part_row`;
  const use = `${escapeIdentifier(schemas.counter.schema)}.part_row`;
  const party = `${escapeIdentifier(schemas.parties.schema)}.part_row`;
  const event = `${escapeIdentifier(schemas.register.schema)}.event`;
  const { rows } = await pool.query<
    RecordRow & { readonly of: 'agreement' | 'party'; readonly revision: number | null }
  >({
    name: `detail ${Object.values(schemas)
      .map(({ ledger, version }) => `${ledger} ${version}`)
      .sort()
      .join()}`,
    text: `
      with chosen as (
        select $1::uuid as stream
      ), mine as (
        ${recordOn({ graph: agreement, counter: use }, { n: '$3', day: '$4' })}
      ), apart as (
        select part, contents from mine where part not in ('core', 'use') and part not like 'acts:%'
        union all
        select it.key, it.value->'contents' from mine
          cross join lateral jsonb_each(mine.contents->0->'content'->'parts') as it
          where part in ('core', 'use')
      ), named as (
        select split_part(part, ':', 2)::uuid as stream from apart
          where part like 'bond:%' or part like 'count:%' or part like 'terms:%' or part like 'contact:%'
        union
        select (p->>'party')::uuid from apart, jsonb_array_elements(contents) c,
          jsonb_array_elements(c->'content'->'parties') p where part = 'outline'
        union
        select (contents->0->'content'->>'keeper')::uuid from apart where part = 'keeper'
      ), reached as (
        select max(revision) as revision from ${event} where stream = $2 and n <= $3::int8
      )
      select 'agreement' as of, mine.*, null as disclosed, reached.revision from mine, reached
      union all
      select 'agreement', s.stream, s.part, s.contents, s.pending, true,
          exists (select from ${agreement} d where d.stream = s.stream and d.part = 'disclosure'
            and upper_inf(d.known) and d.contents @> '[{"content":{"disclosed":true}}]'), null
        from ${agreement} s where s.part = 'supersedes:' || $1
          and (s.known @> $3::int8) is true and (s.days @> $4::date) is true
      union all
      select 'party', p.stream, p.part, p.contents, p.pending, true, null, null
        from named join ${party} p using (stream)
        where p.part = 'name' and (p.known @> $3::int8) is true and (p.days @> $4::date) is true`,
    values: [stream.id, stream.name, n, postgresDay(day)],
  });
  return {
    agreements: apartOnDay(rows.filter((it) => it.of === 'agreement')),
    parties: rows.filter((it) => it.of === 'party'),
    revision: rows.find((it) => it.revision !== null)?.revision ?? undefined,
  };
}
