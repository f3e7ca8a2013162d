import { type ClientBase, escapeIdentifier } from 'pg';

import type { LedgerPoint } from './checkpoint.js';
import { schemaOf, type Ledger } from './ledger.js';

/** How the rows of two versions differ, as both said them up to the same n. */
export interface Comparison {
  readonly n: number;
  /** Of all rows, whatever their order. */
  readonly checksums: { readonly before: string; readonly after: string };
  /** Parts of streams of which some day is told otherwise at some n: past answers that change. */
  readonly changed: number;
  readonly examples: readonly ChangedPart[];
}

export interface ChangedPart {
  readonly stream: string;
  readonly part: string;
  readonly before: readonly RowText[];
  readonly after: readonly RowText[];
}

export interface RowText {
  readonly days: string;
  readonly known: string;
  readonly contents: unknown;
  readonly pending: readonly string[];
}

const EXAMPLES = 10;

export async function compareVersions(
  connection: ClientBase,
  ledger: Ledger,
  before: LedgerPoint,
  after: LedgerPoint,
): Promise<Comparison> {
  const n = Math.min(before.n, after.n);
  const [old, made] = [before, after].map((it) => schemaOf(ledger.name, it.version));
  const checksums = {
    before: await checksum(connection, old!, n),
    after: await checksum(connection, made!, n),
  };
  if (checksums.before === checksums.after) return { n, checksums, changed: 0, examples: [] };
  const { rows } = await connection.query<{ stream: string; part: string; changed: number }>(
    `with old as (${rowsUpTo(old!)}), made as (${rowsUpTo(made!)}),
      differing as (
        (select * from old except all select * from made)
        union all (select * from made except all select * from old)
      ), parts as (select distinct stream, part from differing)
    select stream, part, count(*) over ()::int as changed from parts
    order by stream, part limit ${EXAMPLES}`,
    [n],
  );
  const examples: ChangedPart[] = [];
  for (const { stream, part } of rows) {
    examples.push({
      stream,
      part,
      before: await rowsOf(connection, old!, n, stream, part),
      after: await rowsOf(connection, made!, n, stream, part),
    });
  }
  return { n, checksums, changed: rows[0]?.changed ?? 0, examples };
}

/** Count and sum of the rows' hashes, as they were known up to n. */
async function checksum(connection: ClientBase, schema: string, n: number): Promise<string> {
  const { rows } = await connection.query<{ sum: string }>(
    `select count(*) || ':' || coalesce(sum(hashtextextended(r::text, 0)), 0) as sum
      from (${rowsUpTo(schema)}) as r`,
    [n],
  );
  return rows[0]?.sum ?? '';
}

/** Rows that began by n; what was closed later was open then. */
function rowsUpTo(schema: string): string {
  return `select stream, part, days, contents, pending,
      case when upper(known) <= $1::int8 then known else int8range(lower(known), null) end as known
    from ${escapeIdentifier(schema)}.part_row where lower(known) <= $1::int8`;
}

async function rowsOf(
  connection: ClientBase,
  schema: string,
  n: number,
  stream: string,
  part: string,
): Promise<readonly RowText[]> {
  const { rows } = await connection.query<RowText>(
    `select days::text, known::text, contents, pending from (${rowsUpTo(schema)}) as r
      where stream = $2 and part = $3 order by lower(known), days limit 20`,
    [n, stream, part],
  );
  return rows;
}
