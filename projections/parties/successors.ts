import { escapeIdentifier, type Pool } from 'pg';

import type { Succession } from '../../src/parties/domain/succession.js';
import { isTooMany, type TooMany } from '../../src/time/possibility.js';
import { inOrder, type RecordRow, subjectOf } from '../record-row.js';
import { postgresDay } from '../stored-row.js';
import type { OfDay } from './names-of-day.js';

/** Rows of a day that say who has succeeded these parties, by predecessor. */
export async function successorsOfDay(
  pool: Pool,
  ids: readonly string[],
  { schema, day, n }: OfDay,
): Promise<ReadonlyMap<string, readonly RecordRow[]>> {
  const found = new Map<string, RecordRow[]>();
  if (ids.length === 0) return found;
  const { rows } = await pool.query<RecordRow>({
    name: `successors ${schema}`,
    text: `
      select stream, part, true as holds, contents, pending
      from ${escapeIdentifier(schema)}.part_row
      where part = any($3::text[]) and (known @> $1::int8) is true and (days @> $2::date) is true`,
    values: [n, postgresDay(day), [...new Set(ids)].map((it) => `succession:${it}`)],
  });
  for (const row of rows.sort(inOrder)) {
    const predecessor = subjectOf(row.part);
    found.set(predecessor, [...(found.get(predecessor) ?? []), row]);
  }
  return found;
}

/** Whether some row says so in each of its possibilities. */
export function hasCeased(rows: readonly RecordRow[]): boolean {
  return rows.some(
    ({ contents }) =>
      contents.length > 0 &&
      contents.every(({ content }) => {
        const it = content as Succession | TooMany;
        return !isTooMany(it) && it.state === 'succeeded' && it.ceased;
      }),
  );
}

/** Those that have succeeded it on the day, or may have. */
export function successorsAmong(rows: readonly RecordRow[]): readonly string[] {
  return rows
    .filter(({ contents }) =>
      contents.some(({ content }) => {
        const it = content as Succession | TooMany;
        return isTooMany(it) || it.state === 'succeeded';
      }),
    )
    .map(({ stream }) => stream);
}
