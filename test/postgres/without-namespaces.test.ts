import { mkdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';

import { expect, test } from 'vitest';

import { dataDirectory } from '../../src/postgres/data-directory.js';
import { kill, own } from './owner.js';
import { query, scratch } from './scratch.js';
import {
  accountsWithout,
  as,
  mounts,
  nameless,
  namespaces,
  othersCan,
  ownedBy,
  withoutNamespaces,
} from './users.js';

if (!mounts)
  console.warn('NOT RUN: root without user namespaces, for nothing can be mounted here.');

test.runIf(mounts && othersCan)(
  'root runs it under an ordinary account, and goes on with its data later',
  async () => {
    const directory = join(await scratch(), 'data');
    const first = await own(directory, { by: await withoutNamespaces() });
    expect(first.answer.created).toBe(true);
    expect((await stat(dataDirectory(directory).cluster)).uid).not.toBe(0);
    await query(first.answer.url, 'create table parties as select 1 as n');
    expect(await kill(first, 'SIGTERM')).toBe(0);

    const second = await own(directory);
    expect(second.answer).toEqual({ url: first.answer.url, created: false });
    expect(await query(second.answer.url, 'select n from parties')).toEqual([{ n: 1 }]);
  },
);

test.runIf(mounts && othersCan)(
  'root makes the account where there is none, and says so',
  async () => {
    const directory = join(await scratch(), 'data');
    const accounts = await accountsWithout('musubi', 'postgres');
    const { answer, said } = await own(directory, { by: await withoutNamespaces(accounts) });
    expect(answer.created).toBe(true);
    expect(said).toEqual(['PostgreSQL を利用者 musubi として動かします。']);

    const { uid } = await stat(dataDirectory(directory).cluster);
    const account = new RegExp(`^musubi:x:${uid}:.*nologin$`, 'm');
    expect(await readFile(join(accounts, 'passwd'), 'utf8')).toMatch(account);
  },
);

test.runIf(mounts)('root is told of the closed directory that stops the account', async () => {
  const closed = join(await scratch(), 'closed');
  await mkdir(closed, { mode: 0o700 });
  const { answer, ended } = await own(join(closed, 'data'), { by: await withoutNamespaces() });
  expect(answer.code).toBe('database/path-closed');
  expect(answer.text).toContain(`chmod o+x ${closed}`);
  expect(await ended).toBe(78);
});

test.runIf(mounts && namespaces)(
  'root is told how to hand on data made with namespaces',
  async () => {
    const directory = join(await scratch(), 'data');
    await kill(await own(directory), 'SIGTERM');
    const { answer } = await own(directory, { by: await withoutNamespaces() });
    expect(answer.code).toBe('database/other-owner');
    expect(answer.text).toMatch(/chown -R \S+ /);
  },
);

test.runIf(mounts && othersCan)('a user without a name is told what is missing', async () => {
  const directory = await ownedBy(nameless);
  const by = [...(await withoutNamespaces()), ...as(nameless)];
  const { answer } = await own(directory, { by });
  expect(answer.code).toBe('database/no-ordinary-user');
  expect(answer.text).toContain(`uid ${nameless}`);
});
