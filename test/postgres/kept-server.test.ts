import { rename } from 'node:fs/promises';
import { join } from 'node:path';

import { Pool } from 'pg';
import { expect, test } from 'vitest';

import { dataDirectory } from '../../src/postgres/data-directory.js';
import { startEmbeddedServer } from '../../src/postgres/embedded-server.js';
import { goneFor } from '../../src/postgres/postmaster-process.js';
import { query, scratch, serverPid } from './scratch.js';

const patience = { timeout: 20_000 };

test('a server killed while we run comes back where it was, and a pool finds it again', async () => {
  const directory = await scratch();
  const log: string[] = [];
  const server = await startEmbeddedServer({ directory, report: (line) => log.push(line) });
  const pool = new Pool({ connectionString: server.url });
  pool.on('error', () => undefined);
  await pool.query('create table events as select 1 as n');

  for (const n of [2, 3]) {
    const pid = (await serverPid(directory)) ?? 0;
    process.kill(pid, 'SIGKILL');
    await goneFor(pid);
    await expect
      .poll(
        () =>
          pool.query('insert into events values ($1)', [n]).then(
            () => 'stored',
            () => 'not yet',
          ),
        patience,
      )
      .toBe('stored');
    await expect.poll(() => server.status(), patience).toBe('running');
  }

  expect((await pool.query('select n from events order by n')).rows).toEqual([
    { n: 1 },
    { n: 2 },
    { n: 3 },
  ]);
  expect(log.filter((it) => it.includes('起動し直'))).toEqual([
    'PostgreSQL が止まりました。起動し直します。',
    'PostgreSQL を起動し直しました。',
    'PostgreSQL が止まりました。起動し直します。',
    'PostgreSQL を起動し直しました。',
  ]);
  await pool.end();
  await server.close();
});

test('a server that cannot start yet is tried again until it can, and says so meanwhile', async () => {
  const directory = await scratch();
  const log: string[] = [];
  const server = await startEmbeddedServer({ directory, report: (line) => log.push(line) });
  const control = join(dataDirectory(directory).cluster, 'global', 'pg_control');
  await rename(control, `${control}.away`);
  process.kill((await serverPid(directory)) ?? 0, 'SIGKILL');

  await expect
    .poll(() => log.filter((it) => it.includes('pg_control')).length, patience)
    .toBeGreaterThan(1);
  expect(server.status()).toBe('restarting');
  await rename(`${control}.away`, control);
  await expect.poll(() => server.status(), patience).toBe('running');
  expect(await query(server.url, 'select 1 as one')).toEqual([{ one: 1 }]);
  await server.close();
});

test('closing while the server is down leaves nothing running', async () => {
  const directory = await scratch();
  const server = await startEmbeddedServer({ directory });
  const pid = (await serverPid(directory)) ?? 0;
  process.kill(pid, 'SIGKILL');
  await expect.poll(() => server.status(), patience).toBe('restarting');
  await server.close();

  expect(server.status()).toBe('stopped');
  expect(await serverPid(directory)).toBeUndefined();
  await (await startEmbeddedServer({ directory })).close();
});
