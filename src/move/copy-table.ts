import { createHash } from 'node:crypto';
import { Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

import type { ClientBase } from 'pg';
import { from as copyFrom, to as copyTo } from 'pg-copy-streams';

/** A table whose rows go along where a register moves to another database. */
export interface MovedTable {
  /** With its schema, as SQL says it. */
  readonly name: string;
  readonly columns: readonly string[];
  readonly order: string;
  /** Brings the rows of the temporary table `coming` in; running it twice is running it once. */
  readonly merge: string;
}

/** COPY says a row in the same characters wherever these two are alike. */
export const sameText = `set time zone 'UTC'; set datestyle = 'ISO, MDY'`;

/** Copies the rows over and merges them, within the transaction that is open at the target. */
export async function copyTable(
  source: ClientBase,
  target: ClientBase,
  table: MovedTable,
): Promise<void> {
  const columns = table.columns.join(', ');
  await target.query(`
    drop table if exists pg_temp.coming;
    create temporary table coming on commit drop as select ${columns} from ${table.name} limit 0`);
  await pipeline(
    source.query(copyTo(`copy (${selection(table)}) to stdout`)),
    target.query(copyFrom(`copy pg_temp.coming (${columns}) from stdin`)),
  );
  await target.query(table.merge);
}

/** Rows, and the SHA-256 in hex over them as COPY writes them, in the order of the key. */
export interface TableDigest {
  readonly rows: number;
  readonly digest: string;
}

export async function digestTable(connection: ClientBase, table: MovedTable): Promise<TableDigest> {
  const hash = createHash('sha256');
  let rows = 0;
  const hashing = new Writable({
    write(chunk: Buffer, _, done) {
      hash.update(chunk);
      // COPY writes line feeds of values as \n in two characters: each byte 10 ends a row.
      for (let at = chunk.indexOf(10); at >= 0; at = chunk.indexOf(10, at + 1)) rows += 1;
      done();
    },
  });
  await pipeline(connection.query(copyTo(`copy (${selection(table)}) to stdout`)), hashing);
  return { rows, digest: hash.digest('hex') };
}

function selection({ name, columns, order }: MovedTable): string {
  return `select ${columns.join(', ')} from ${name} order by ${order}`;
}
