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

/**
 * What parties are called in an answer: by their name of the day, and who has none yet by that which it
 * will first have.
 */
export async function namesToShow(
  pool: Pool,
  today: ReadonlyMap<string, RecordRow>,
  { schema, n }: OfDay,
): Promise<ReadonlyMap<string, RecordRow>> {
  const unnamed = [...today.values()].filter((it) => !isNamed(it)).map((it) => it.stream);
  if (unnamed.length === 0) return today;
  const { rows } = await pool.query<RecordRow>({
    name: `first names ${schema}`,
    text: `
      select stream, part, true as holds, contents, pending
      from ${escapeIdentifier(schema)}.part_row
      where part = 'name' and stream = any($2::uuid[]) and (known @> $1::int8) is true
      order by stream, days desc`,
    values: [n, unnamed],
  });
  return new Map([...today, ...rows.filter(isNamed).map((it) => [it.stream, it] as const)]);
}

export function isNamed({ contents }: RecordRow): boolean {
  return contents.some(({ content }) => (content as PartyName).name !== undefined);
}

/** The cities of wards and the bodies of organs among name rows. */
export function wholesOf(rows: readonly RecordRow[]): readonly string[] {
  return rows.flatMap(({ contents }) =>
    contents.flatMap(({ content }) => (content as PartyName).partOf ?? []),
  );
}
