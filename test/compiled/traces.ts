import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { type Client, escapeIdentifier } from 'pg';

/** A text as tables may show it: as it is, as bytes, and escaped in JSON or in a URL. */
export function formsOf(text: string): readonly string[] {
  const escaped = Array.from({ length: text.length }, (_, i) => {
    return `\\u${text.charCodeAt(i).toString(16).padStart(4, '0')}`;
  });
  const bytes = Buffer.from(text).toString('hex');
  return [text, bytes, escaped.join(''), encodeURIComponent(text)];
}

/** The tables, of every schema that is not PostgreSQL's own, with a row that shows one of the forms. */
export async function tablesWith(client: Client, forms: readonly string[]): Promise<string[]> {
  const { rows: tables } = await client.query<{ schema: string; name: string }>(
    `select schemaname as schema, tablename as name from pg_tables
      where schemaname not in ('pg_catalog', 'information_schema') order by 1, 2`,
  );
  const found: string[] = [];
  for (const { schema, name } of tables) {
    const table = `${escapeIdentifier(schema)}.${escapeIdentifier(name)}`;
    const { rowCount } = await client.query(
      `select from ${table} it, unnest($1::text[]) as form
        where strpos(lower(it::text), lower(form)) > 0 limit 1`,
      [forms],
    );
    if (rowCount) found.push(`${schema}.${name}`);
  }
  return found;
}

/** The files below a directory in which a text stands, whatever they are. */
export async function filesWith(directory: string, text: string): Promise<string[]> {
  const sought = Buffer.from(text);
  const found: string[] = [];
  for (const it of await readdir(directory, { withFileTypes: true, recursive: true })) {
    if (!it.isFile()) continue;
    const path = join(it.parentPath, it.name);
    const content = await readFile(path).catch(() => Buffer.alloc(0));
    if (content.includes(sought)) found.push(path);
  }
  return found;
}
