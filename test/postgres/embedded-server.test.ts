import { readFile, stat, writeFile } from 'node:fs/promises';
import { networkInterfaces } from 'node:os';
import { connect } from 'node:net';
import { once } from 'node:events';
import { join } from 'node:path';

import { expect, test } from 'vitest';

import { dataDirectory } from '../../src/postgres/data-directory.js';
import { startEmbeddedServer } from '../../src/postgres/embedded-server.js';
import { query, scratch, serverPid } from './scratch.js';

test('a new directory becomes a database, an old one is opened with what it holds', async () => {
  const directory = join(await scratch(), 'not', 'yet', 'there');

  const first = await startEmbeddedServer({ directory });
  await query(first.url, `create table parties as select '横浜市' as name`);
  expect([first.created, first.status()]).toEqual([true, 'running']);
  await first.close();
  expect(first.status()).toBe('stopped');
  expect(await serverPid(directory)).toBeUndefined();

  const second = await startEmbeddedServer({ directory });
  expect(second.created).toBe(false);
  expect(second.url).toBe(first.url);
  expect(await query(second.url, 'select name from parties')).toEqual([{ name: '横浜市' }]);
  await second.close();
});

test('text is UTF-8 in the order of code points, times are UTC, writes are durable', async () => {
  const server = await startEmbeddedServer({ directory: await scratch() });
  const [found] = await query(
    server.url,
    `select datlocprovider as provider, datlocale as locale, pg_encoding_to_char(encoding) as encoding,
            current_setting('server_version') as version, current_setting('timezone') as timezone,
            current_setting('fsync') as fsync, current_setting('synchronous_commit') as commit,
            current_setting('full_page_writes') as pages, current_setting('wal_recycle') as recycle
       from pg_database where datname = current_database()`,
  );
  await server.close();

  expect(found).toEqual({
    provider: 'b',
    locale: 'C.UTF-8',
    encoding: 'UTF8',
    version: expect.stringMatching(/^18\./) as string,
    timezone: 'UTC',
    fsync: 'on',
    commit: 'on',
    pages: 'on',
    recycle: 'off',
  });
});

test('each directory has a password of its own, in files that only the owner reads', async () => {
  const [one, other] = [await scratch(), await scratch()];
  const [first, second] = [
    await startEmbeddedServer({ directory: one }),
    await startEmbeddedServer({ directory: other }),
  ];
  const { password, connection, lock, log, cluster } = dataDirectory(one);

  expect(new URL(first.url).password).not.toBe(new URL(second.url).password);
  expect(new URL(first.url).password.length).toBeGreaterThanOrEqual(32);
  for (const path of [password, connection, lock, log]) {
    expect([path, (await stat(path)).mode & 0o777]).toEqual([path, 0o600]);
  }
  expect((await stat(cluster)).mode & 0o777).toBe(0o700);

  const wrong = new URL(first.url);
  wrong.password = new URL(second.url).password;
  await expect(query(wrong.href, 'select 1')).rejects.toThrow('password authentication failed');
  await Promise.all([first.close(), second.close()]);
});

test('the server listens on the loopback address alone', async () => {
  const server = await startEmbeddedServer({ directory: await scratch() });
  const [settings] = await query(
    server.url,
    `select current_setting('listen_addresses') as tcp, current_setting('unix_socket_directories') as unix`,
  );
  expect(settings).toEqual({ tcp: '127.0.0.1', unix: '' });

  const elsewhere = Object.values(networkInterfaces())
    .flatMap((it) => it ?? [])
    .filter((it) => it.address !== '127.0.0.1' && it.family === 'IPv4');
  for (const { address } of elsewhere) {
    const socket = connect(Number(new URL(server.url).port), address);
    await expect(once(socket, 'connect')).rejects.toThrow('ECONNREFUSED');
  }
  await server.close();
});

test('the values of a failed statement do not reach the server log', async () => {
  const directory = await scratch();
  const server = await startEmbeddedServer({ directory });
  await query(server.url, 'create table sealed (value text primary key)');
  await query(server.url, `insert into sealed values ('秘密の電話番号')`);
  await expect(query(server.url, `insert into sealed values ('秘密の電話番号')`)).rejects.toThrow(
    'duplicate key',
  );
  await expect(query(server.url, `select '秘密の電話番号'::int`)).rejects.toThrow('invalid input');
  await server.close();

  const log = await readFile(dataDirectory(directory).log, 'utf8');
  expect(log).toContain('database system is ready');
  expect(log).not.toContain('秘密');
});

test('a log that has grown large is set aside', async () => {
  const directory = await scratch();
  const { log } = dataDirectory(directory);
  await writeFile(log, 'x'.repeat(5_000_001));
  await (await startEmbeddedServer({ directory, durable: false })).close();

  expect((await stat(`${log}.1`)).size).toBe(5_000_001);
  expect(await readFile(log, 'utf8')).toMatch(/^\d{4}-.* starting PostgreSQL 18/);
});
