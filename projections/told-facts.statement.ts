import { escapeIdentifier, type Pool } from 'pg';

import { padded } from '../src/entries/domain/told-fact.js';
import type { LedgerState } from './ledger-states.js';
import type { RecordRow } from './record-row.js';
import { postgresDay } from './stored-row.js';

/** Which facts of a kind: by the keys that they are found by, by their streams, or all of them. */
export interface ToldAsked {
  /** `measure`, `meeting`, `figures`, `count`, `proposal`. */
  readonly kind: string;
  /** Any of these keys: `of:<party>`. */
  readonly keys?: readonly string[];
  /** And any of these. */
  readonly andKeys?: readonly string[];
  readonly streams?: readonly string[];
  /** A member that one of a fact's possible contents has. */
  readonly saying?: Readonly<Record<string, unknown>>;
  /** The n of the last fact of the page before. */
  readonly after?: number;
  readonly limit: number;
}

/** Rows of facts, each with its stream, in the order of n; one more than asked for where there are more. */
export async function readTold(
  pool: Pool,
  measures: LedgerState,
  asked: ToldAsked,
  { day, n }: { readonly day: number; readonly n: number },
  /** A condition on `m`, and its parameters from `$10` on. */
  visible?: { readonly sql: string; readonly values: readonly unknown[] },
): Promise<readonly RecordRow[]> {
  const table = `${escapeIdentifier(measures.schema)}.part_row`;
  const { kind, keys, andKeys, streams, saying, after = -1, limit } = asked;
  const prefixes = (of: readonly string[]) => of.map((it) => `${kind}-${it}:`);
  const found = keys === undefined ? [`${kind}:`] : prefixes(keys);
  const { rows } = await pool.query<RecordRow>({
    text: `
      with found as (
        select distinct k.stream, right(k.part, 12) as place
        from unnest($1::text[]) as sought(prefix)
        join ${table} k on k.part > prefix || $2 and k.part < prefix || '~'
        where (k.known @> $3::int8) is true
          and ($5::uuid[] is null or k.stream = any($5::uuid[]))
      )
      select m.stream, m.part, true as holds, m.contents, m.pending
      from found join ${table} m on m.part = $6 || found.place and m.stream = found.stream
      where (m.known @> $3::int8) is true and (m.days @> $4::date) is true
        and ($7::jsonb is null or m.contents @> $7::jsonb)
        and ($8::text[] is null or exists (
          select from unnest($8::text[]) as other(prefix)
          join ${table} o on o.part = prefix || found.place and o.stream = found.stream
          where (o.known @> $3::int8) is true))
        ${visible === undefined ? '' : `and ${visible.sql}`}
      order by found.place limit $9`,
    values: [
      found,
      after < 0 ? '' : padded(after),
      n,
      postgresDay(day),
      streams ?? null,
      `${kind}:`,
      saying === undefined ? null : JSON.stringify([{ content: saying }]),
      andKeys === undefined ? null : prefixes(andKeys),
      limit + 1,
      ...(visible?.values ?? []),
    ],
  });
  return rows;
}
