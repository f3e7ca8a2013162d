import { escapeIdentifier, type Pool } from 'pg';

import { knownAt } from '../known-at.statement.js';
import type { LedgerState } from '../ledger-states.js';

/** The agreements in which a body stands, by the fields that they are about; whatever the day. */
export type BoundIn = ReadonlyMap<string, readonly string[]>;

/** For each of the bodies, as known at n. */
export async function readBoundIn(
  pool: Pool,
  graph: LedgerState,
  bodies: readonly string[],
  n: number,
): Promise<ReadonlyMap<string, BoundIn>> {
  const table = `${escapeIdentifier(graph.schema)}.part_row`;
  const field = `p.stream = mine.stream and p.part >= 'field:' and p.part < 'field;'`;
  const { rows } = await pool.query<{ body: string; field: string; streams: readonly string[] }>({
    name: `bound in ${graph.version}`,
    text: `
      with mine as materialized (
        select distinct body, b.stream from unnest($1::text[]) as body cross join lateral (
          select stream from ${table}
          where part = 'bond:' || body and (known @> $2::int8) is true offset 0) as b
      )
      select body, f.subject as field, array_agg(distinct f.stream::text) as streams
        from mine cross join lateral (${knownAt(table, graph, field, '$2')} offset 0) as f
        group by body, f.subject`,
    values: [bodies, n],
  });
  const found = new Map(bodies.map((it) => [it, new Map<string, readonly string[]>()]));
  for (const { body, field, streams } of rows) found.get(body)?.set(field, streams);
  return found;
}

/** Everybody whom these agreements bind or ever bound, as known at whatever n. */
export async function readEverBound(
  pool: Pool,
  graph: LedgerState,
  agreements: readonly string[],
): Promise<readonly string[]> {
  const { rows } = await pool.query<{ subject: string }>({
    name: `ever bound ${graph.version}`,
    text: `select distinct subject from ${escapeIdentifier(graph.schema)}.part_row
      where stream = any($1::uuid[]) and kind = 'bond'`,
    values: [agreements],
  });
  return rows.map((it) => it.subject);
}
