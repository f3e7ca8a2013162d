import { createServer } from 'node:net';
import { once } from 'node:events';
import { resolve } from 'node:path';

import { Client } from 'pg';
import { expect, test } from 'vitest';

import { readConfig } from '../../src/config.js';
import { freePort } from '../../src/postgres/free-port.js';
import { openDatabase, reachDatabase } from '../../src/postgres/open-database.js';
import { freshDatabase, serverUrl } from '../support/database.js';
import { own } from './owner.js';
import { query, scratch, serverPid } from './scratch.js';

test('a configured database is used as it is, and left running', async () => {
  const fresh = await freshDatabase('configured');
  const directory = resolve(await scratch(), 'untouched');
  const opened = await openDatabase(
    readConfig({ DATABASE_URL: fresh.url, MUSUBI_DATA: directory }),
  );

  expect(opened).toMatchObject({ url: fresh.url, embedded: false, created: false });
  expect(opened.status()).toBe('external');
  await opened.close();
  expect(await query(fresh.url, 'select 1 as one')).toEqual([{ one: 1 }]);
  expect(await serverPid(directory)).toBeUndefined();
  await fresh.dispose();
});

test('without one, the application runs its own', async () => {
  const opened = await openDatabase(readConfig({ MUSUBI_DATA: await scratch() }));
  expect([opened.embedded, opened.created, opened.status()]).toEqual([true, true, 'running']);
  expect(await query(opened.url, 'select 1 as one')).toEqual([{ one: 1 }]);
  await opened.close();
});

test('a configured database that cannot be reached is refused without its password', async () => {
  const url = `postgres://clerk:geheim@127.0.0.1:${await freePort()}/register`;
  const refused = expect(openDatabase({ data: '', databaseUrl: url })).rejects;
  await refused.toMatchObject({ code: 'database/unreachable', exitCode: 75 });
  await expect(openDatabase({ data: '', databaseUrl: url })).rejects.not.toThrow('geheim');
});

test('a server that speaks another protocol is refused', async () => {
  const impostor = createServer((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'));
  impostor.listen(await freePort(), '127.0.0.1');
  await once(impostor, 'listening');
  const address = impostor.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  const url = `postgres://127.0.0.1:${port}/register`;

  await expect(openDatabase({ data: '', databaseUrl: url })).rejects.toMatchObject({
    code: 'database/unreachable',
  });
  impostor.close();
});

test('a configured database that would not keep every character is refused', async () => {
  const server = new Client({ connectionString: serverUrl() });
  await server.connect();
  await server.query(
    `create database latin encoding 'SQL_ASCII' locale 'C' locale_provider libc template template0`,
  );
  const url = new URL(serverUrl());
  url.pathname = '/latin';

  await expect(openDatabase({ data: '', databaseUrl: url.href })).rejects.toMatchObject({
    code: 'database/encoding',
    message: expect.stringContaining('SQL_ASCII') as string,
  });
  await server.query('drop database latin');
  await server.end();
});

test('a program beside the application reaches the same database through it', async () => {
  const directory = await scratch();
  const owner = await own(directory);
  await query(owner.answer.url, 'create table parties as select 14100 as code');

  const reached = await reachDatabase(readConfig({ MUSUBI_DATA: directory }));
  expect(reached).toMatchObject({ url: owner.answer.url, embedded: true, created: false });
  await reached.close();
  expect(await query(owner.answer.url, 'select code from parties')).toEqual([{ code: 14100 }]);
});

test('a program without the application beside it runs the database for as long as it needs', async () => {
  const directory = await scratch();
  const reached = await reachDatabase(readConfig({ MUSUBI_DATA: directory }));
  expect(await query(reached.url, 'select 1 as one')).toEqual([{ one: 1 }]);
  await reached.close();
  expect(await serverPid(directory)).toBeUndefined();
});
