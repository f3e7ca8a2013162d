import { escapeIdentifier, type Pool } from 'pg';

import type { PartyName } from '../../src/parties/domain/party-parts.js';
import { type RecordRow } from '../record-row.js';
import { postgresDay } from '../stored-row.js';

export interface OfDay {
  readonly schema: string;
  readonly day: number;
  readonly n: number;
}

/** The name rows of a day, by party. */
export async function namesOfDay(
  pool: Pool,
  ids: readonly string[],
  { schema, day, n }: OfDay,
): Promise<ReadonlyMap<string, RecordRow>> {
  if (ids.length === 0) return new Map();
  const { rows } = await pool.query<RecordRow>({
    name: `names of day ${schema}`,
    text: `
      select stream, part, true as holds, contents, pending
      from ${escapeIdentifier(schema)}.part_row
      where part = 'name' and stream = any($3::uuid[]) and (known @> $1::int8) is true
        and (days @> $2::date) is true`,
    values: [n, postgresDay(day), [...new Set(ids)]],
  });
  return new Map(rows.map((it) => [it.stream, it]));
}

/** The cities of wards and the bodies of organs among name rows. */
export function wholesOf(rows: readonly RecordRow[]): readonly string[] {
  return rows.flatMap(({ contents }) =>
    contents.flatMap(({ content }) => (content as PartyName).partOf ?? []),
  );
}
