import { escapeIdentifier, type Pool } from 'pg';

import type { LedgerState } from '../ledger-states.js';
import type { RecordRow } from '../record-row.js';
import { postgresDay } from '../stored-row.js';

export interface Point {
  readonly day: number;
  readonly n: number;
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
