import { open, stat } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';

import { Client } from 'pg';

import { dataDirectory } from '../../src/postgres/data-directory.js';
import type { Installation } from '../compiled/installation.js';

/** The application's own connections; those of the projectors go on meanwhile. */
const ofApplication = /^musubi(_musubi read)?\|/;

/** How many queries the application runs for one answer, as PostgreSQL itself logs them. */
export async function countedQueries(
  installation: Installation,
  urls: readonly string[],
): Promise<number> {
  const client = new Client({ connectionString: await installation.database() });
  await client.connect();
  const { log } = dataDirectory(installation.directory);
  const set = async (...settings: readonly string[]) => {
    for (const it of settings) await client.query(`alter system ${it}`);
    await client.query('select pg_reload_conf()');
    await pause(300);
  };
  try {
    await set(`set log_line_prefix = '%a|'`, `set log_statement = 'all'`);
    const { size } = await stat(log);
    for (const url of urls) await (await fetch(url)).text();
    await set('reset log_line_prefix', 'reset log_statement');
    const lines = (await textFrom(log, size)).split('\n');
    const queries = lines.filter((it) => ofApplication.test(it) && it.includes('LOG:  '));
    return Math.round(queries.length / urls.length);
  } finally {
    await client.end();
  }
}

async function textFrom(path: string, from: number): Promise<string> {
  const file = await open(path);
  try {
    const { size } = await file.stat();
    const buffer = Buffer.alloc(size - from);
    await file.read(buffer, 0, buffer.length, from);
    return buffer.toString();
  } finally {
    await file.close();
  }
}
