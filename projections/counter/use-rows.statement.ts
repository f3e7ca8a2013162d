import { isDeepStrictEqual } from 'node:util';

import { escapeIdentifier, type Pool } from 'pg';

import { knownAt } from '../known-at.statement.js';
import type { LedgerState } from '../ledger-states.js';
import { apart } from '../merged-parts.js';
import { spanOf } from '../obligations/party-rows.statement.js';
import type { SpanRow } from '../obligations/span.js';
import { ANY, certain, isCertain } from '../../src/time/possibility.js';

export interface UseLedgers {
  readonly register: LedgerState;
  readonly graph: LedgerState;
  readonly counter: LedgerState;
}

/** Of fields only which entries wait: what an agreement is about stands in its outline. */
const shownOfGraph = `p.kind in ('core', 'bond', 'disclosure') or p.kind = 'field' and p.pending <> '{}'`;

interface Read extends Omit<SpanRow, 'contents' | 'pending'> {
  readonly contents: string;
  /** Null where nothing waits. */
  readonly pending: readonly string[] | null;
}

/** Who is bound by agreements, what is offered and who may see it, on every day, as known at n. */
export async function readUseRows(
  pool: Pool,
  { graph, counter }: UseLedgers,
  streams: readonly string[],
  n: number,
): Promise<ReadonlyMap<string, readonly SpanRow[]>> {
  const rows = (ledger: LedgerState, kinds: string) => {
    const which = `p.stream = named.stream and (${kinds})`;
    const table = `${escapeIdentifier(ledger.schema)}.part_row`;
    return `
      select r.stream, r.part, r.contents::text as contents, nullif(r.pending, '{}') as pending, ${spanOf('r')}
      from unnest($1::uuid[]) as named(stream)
      cross join lateral (${knownAt(table, ledger, which, '$2')} offset 0) as r`;
  };
  const { rows: read } = await pool.query<Read>({
    name: `use rows ${graph.version}.${counter.version}`,
    text: `${rows(graph, shownOfGraph)}
      union all
      ${rows(counter, `p.kind = 'use'`)}`,
    values: [streams, n],
  });
  const found = new Map<string, SpanRow[]>();
  // What one paper says of forty parties is one text.
  const alike = new Map<string, SpanRow['contents']>();
  for (const { contents, pending, ...row } of read) {
    const mine = found.get(row.stream) ?? [];
    found.set(row.stream, mine);
    const parsed = alike.get(contents) ?? plain(JSON.parse(contents) as SpanRow['contents']);
    alike.set(contents, parsed);
    const span = { ...row, contents: parsed, pending: pending ?? NONE, holds: true };
    mine.push(...(apart(span) as readonly SpanRow[]).map(plainly));
  }
  return new Map([...found].map(([stream, rows]) => [stream, together(rows.sort(inOrder))]));
}

/** Who may see agreements, as the graph says at its own n. */
export async function readDisclosures(
  pool: Pool,
  graph: LedgerState,
  streams: readonly string[],
): Promise<readonly SpanRow[]> {
  const table = `${escapeIdentifier(graph.schema)}.part_row`;
  const which = `p.stream = named.stream and p.part = 'disclosure'`;
  const { rows } = await pool.query<SpanRow>({
    name: `disclosures ${graph.version}`,
    text: `
      select r.stream, r.part, r.contents, r.pending, true as holds, ${spanOf('r')}
      from unnest($1::uuid[]) as named(stream)
      cross join lateral (${knownAt(table, graph, which, '$2')} offset 0) as r`,
    values: [streams, graph.n],
  });
  return rows;
}

function plainly(row: SpanRow): SpanRow {
  return { ...row, contents: plain(row.contents) };
}

/** Contents that leave nothing open share their one world. */
function plain(contents: SpanRow['contents']): SpanRow['contents'] {
  const [only] = contents;
  if (only === undefined || !isCertain(contents)) return contents;
  return only.worlds === ANY ? contents : certain(only.content);
}

const NONE: readonly string[] = [];

function inOrder(a: SpanRow, b: SpanRow): number {
  if (a.part !== b.part) return a.part < b.part ? -1 : 1;
  return a.from - b.from;
}

/** Merged rows break for each of their parts: a part that goes on as it was is one row. */
function together(rows: readonly SpanRow[]): readonly SpanRow[] {
  const found: SpanRow[] = [];
  for (const row of rows) {
    const last = found.at(-1);
    const goesOn =
      last?.part === row.part &&
      last.to === row.from &&
      isDeepStrictEqual(last.contents, row.contents) &&
      isDeepStrictEqual(last.pending, row.pending);
    if (goesOn) found[found.length - 1] = { ...last, to: row.to };
    else found.push(row);
  }
  return found;
}
