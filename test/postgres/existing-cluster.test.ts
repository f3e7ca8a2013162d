import { chmod, mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { expect, test } from 'vitest';

import { dataDirectory } from '../../src/postgres/data-directory.js';
import { startEmbeddedServer } from '../../src/postgres/embedded-server.js';
import { own } from './owner.js';
import { query, scratch } from './scratch.js';

async function made(): Promise<string> {
  const directory = await scratch();
  await (await startEmbeddedServer({ directory, durable: false })).close();
  return directory;
}

test('data of another PostgreSQL major are refused by name, and left as they are', async () => {
  const directory = await made();
  const version = join(dataDirectory(directory).cluster, 'PG_VERSION');
  await writeFile(version, '17\n');

  const { answer, ended } = await own(directory);
  expect(answer.code).toBe('database/other-version');
  expect(answer.text).toContain('PostgreSQL 17 のデータ');
  expect(answer.text).toContain('pg_dump');
  expect(await ended).toBe(78);
  expect(await readFile(version, 'utf8')).toBe('17\n');

  await writeFile(version, '18\n');
  await (await startEmbeddedServer({ directory })).close();
});

test("somebody's files in the place of the data are refused, and left as they are", async () => {
  const directory = await scratch();
  const { cluster } = dataDirectory(directory);
  await mkdir(cluster);
  await writeFile(join(cluster, 'memo.txt'), '大切なメモ');

  await expect(startEmbeddedServer({ directory })).rejects.toMatchObject({
    code: 'database/foreign-content',
    message: expect.stringContaining(cluster) as string,
  });
  expect(await readFile(join(cluster, 'memo.txt'), 'utf8')).toBe('大切なメモ');
});

test('an empty directory in the place of the data, as a mounted volume has it, is filled', async () => {
  const directory = await scratch();
  await mkdir(dataDirectory(directory).cluster);
  const server = await startEmbeddedServer({ directory, durable: false });
  expect(server.created).toBe(true);
  await server.close();
});

test('a first start that was killed half-way leaves nothing in the way of the next', async () => {
  const directory = await scratch();
  const { cluster } = dataDirectory(directory);
  await mkdir(join(`${cluster}.draft-4711`, 'base'), { recursive: true });

  const server = await startEmbeddedServer({ directory, durable: false });
  expect(server.created).toBe(true);
  await server.close();
  expect(await readdir(directory)).not.toContain('postgres.draft-4711');
});

test('data that a copy made readable for others are closed again and opened', async () => {
  const directory = await made();
  const { cluster } = dataDirectory(directory);
  await chmod(cluster, 0o755);

  await (await startEmbeddedServer({ directory })).close();
  expect((await stat(cluster)).mode & 0o777).toBe(0o700);
});

test('data without their password are refused, and opened again once it is back', async () => {
  const directory = await made();
  const { password } = dataDirectory(directory);
  await rename(password, `${password}.away`);
  await expect(startEmbeddedServer({ directory })).rejects.toMatchObject({
    code: 'database/password-lost',
    message: expect.stringContaining(password) as string,
  });

  await rename(`${password}.away`, password);
  const server = await startEmbeddedServer({ directory });
  expect(await query(server.url, 'select 1 as one')).toEqual([{ one: 1 }]);
  await server.close();
});

test('data that cannot be served are refused with what PostgreSQL says', async () => {
  const directory = await made();
  await rm(join(dataDirectory(directory).cluster, 'global', 'pg_control'));
  await expect(startEmbeddedServer({ directory })).rejects.toMatchObject({
    code: 'database/start-failed',
    message: expect.stringContaining('pg_control') as string,
  });
});

test('a data directory that cannot be one is refused', async () => {
  const directory = join(await scratch(), 'file');
  await writeFile(directory, '');
  await expect(startEmbeddedServer({ directory })).rejects.toMatchObject({
    code: 'database/directory-unusable',
  });
});
