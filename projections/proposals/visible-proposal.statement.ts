import { escapeIdentifier, type Pool } from 'pg';

import { undecided, type Disclosure } from '../disclosure.js';
import type { LedgerState } from '../ledger-states.js';

/**
 * SQL: whether a proposal is disclosed, or the reader's own bodies received or made it (`$10`). It is
 * 非公開 until decided.
 */
export function disclosedProposal(measures: LedgerState): string {
  const table = `${escapeIdentifier(measures.schema)}.part_row`;
  return `(exists (select from ${table} d where d.part = 'disclosure' and d.stream = m.stream
      and upper_inf(d.known) and d.contents @> '[{"content":{"disclosed":true}}]')
    or exists (select from unnest($10::text[]) as body(id)
      join ${table} s on s.stream = m.stream
        and s.part in ('proposal-of:' || body.id || ':' || found.place,
          'proposal-by:' || body.id || ':' || found.place)
      where (s.known @> $3::int8) is true))`;
}

/** SQL: a published total is open unless somebody decided that it is not; its receiver sees it (`$10`). */
export function openTotal(measures: LedgerState): string {
  const table = `${escapeIdentifier(measures.schema)}.part_row`;
  return `(not exists (select from ${table} d where d.part = 'disclosure' and d.stream = m.stream
      and upper_inf(d.known) and d.contents @> '[{"content":{"disclosed":false}}]'
      and d.contents->0->'content'->>'by' is not null)
    or exists (select from unnest($10::text[]) as body(id)
      join ${table} s on s.stream = m.stream and s.part = 'count-of:' || body.id || ':' || found.place
      where (s.known @> $3::int8) is true))`;
}

/** 公開区分 of proposals, read at the head. */
export async function readDisclosures(
  pool: Pool,
  measures: LedgerState,
  streams: readonly string[],
): Promise<(stream: string) => Disclosure> {
  const { rows } = await pool.query<{ stream: string; disclosure: Disclosure }>({
    name: `proposal disclosures ${measures.schema}`,
    text: `
      select d.stream, d.contents->0->'content' as disclosure
      from unnest($1::uuid[]) as asked(stream)
      join ${escapeIdentifier(measures.schema)}.part_row d on d.part = 'disclosure' and d.stream = asked.stream
      where upper_inf(d.known)`,
    values: [streams],
  });
  const found = new Map(rows.map((it) => [it.stream, it.disclosure]));
  return (stream) => found.get(stream) ?? undecided;
}
