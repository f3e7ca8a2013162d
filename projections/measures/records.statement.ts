import { escapeIdentifier, type Pool } from 'pg';

import { AgreementRecord } from '../agreement-record.js';
import type { LedgerState } from '../ledger-states.js';
import { sees, type Reader } from '../reader.js';
import { byStream, subjectOf, type RecordRow } from '../record-row.js';
import { postgresDay } from '../stored-row.js';
import { sightParameters } from '../visible.statement.js';

/** Records that facts stand under, the ones that these relate to, and who may see each. */
export class Records {
  private readonly rows: ReadonlyMap<string, readonly RecordRow[]>;

  constructor(
    rows: readonly RecordRow[],
    private readonly reader: Reader,
  ) {
    this.rows = byStream(rows);
  }

  record(id: string): AgreementRecord {
    return new AgreementRecord(id, this.rows.get(id) ?? []);
  }

  visible(id: string): boolean {
    const record = this.record(id);
    const named = (this.rows.get(id) ?? []).filter((it) => it.part.startsWith('party:'));
    const { disclosure, keeper } = record;
    return sees(this.reader, {
      disclosure,
      keeper,
      parties: named.map((it) => subjectOf(it.part)),
    });
  }

  relations(id: string): RecordRow | undefined {
    return this.rows.get(id)?.find((it) => it.part === 'relations');
  }
}

export async function readRecords(
  pool: Pool,
  ledgers: { readonly register: LedgerState; readonly measures: LedgerState },
  streams: readonly string[],
  reader: Reader,
  { day, n }: { readonly day: number; readonly n: number },
): Promise<Records> {
  const register = `${escapeIdentifier(ledgers.register.schema)}.part_row`;
  const measures = `${escapeIdentifier(ledgers.measures.schema)}.part_row`;
  const { rows } = await pool.query<RecordRow>({
    name: `records ${ledgers.register.version}.${ledgers.measures.version}`,
    text: `
      with related as (
        select r.stream, r.part, r.contents, r.pending
        from unnest($1::uuid[]) as asked(stream)
        join ${measures} r on r.part = 'relations' and r.stream = asked.stream
        where (r.known @> $2::int8) is true and (r.days @> $3::date) is true
      ), chosen as (
        select unnest($1::uuid[]) as stream
        union
        select (jsonb_path_query(contents, '$[*].content.all[*].to') #>> '{}')::uuid from related
      )
      select stream, part, true as holds, contents, pending from related
      union all
      select r.stream, r.part, (r.days @> $3::date) is true, r.contents, r.pending
        from chosen join ${register} r on r.stream = chosen.stream
          and r.part = any($4::text[] || array['outline', 'keeper', 'disclosure'])
        where case when r.part = 'disclosure' then upper_inf(r.known) else (r.known @> $2::int8) is true end`,
    values: [[...new Set(streams)], n, postgresDay(day), sightParameters(reader)[1]],
  });
  return new Records(rows, reader);
}
