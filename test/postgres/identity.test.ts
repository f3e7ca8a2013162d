import { chmod, mkdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';

import { expect, test } from 'vitest';

import { dataDirectory } from '../../src/postgres/data-directory.js';
import { kill, own } from './owner.js';
import { query, scratch, serverPid } from './scratch.js';
import { as, clerk, isRoot, namespaces, nameless, othersCan, ownedBy } from './users.js';

if (!isRoot) console.warn('NOT RUN: what happens as root, for this run is not root.');
else if (!namespaces) console.warn('NOT RUN: root with user namespaces, for they are denied here.');
if (isRoot && !othersCan) console.warn('NOT RUN: other users, for the project is closed to them.');

test.runIf(namespaces || !isRoot)('whoever starts it owns the data', async () => {
  const directory = await scratch();
  const { answer } = await own(directory);
  expect(await query(answer.url, 'select 1 as one')).toEqual([{ one: 1 }]);
  expect((await stat(dataDirectory(directory).cluster)).uid).toBe(process.getuid?.());
});

test.runIf(process.platform === 'linux')('the server has no privileges', async () => {
  const directory = await scratch();
  await own(directory);
  const status = await readFile(`/proc/${await serverPid(directory)}/status`, 'utf8');
  expect(status).toMatch(/^CapEff:\s+0+$/m);
});

test.runIf(namespaces)(
  'root may keep the data below a directory that is closed to others',
  async () => {
    const closed = join(await scratch(), 'closed');
    await mkdir(closed, { mode: 0o700 });
    const { answer } = await own(join(closed, 'data'));
    expect(await query(answer.url, 'select 1 as one')).toEqual([{ one: 1 }]);
  },
);

test.runIf(isRoot)("root is told when somebody else's closed directory is on the way", async () => {
  const home = await ownedBy(clerk);
  await chmod(home, 0o700);

  const { answer, ended } = await own(join(home, 'data'));
  expect(answer.code).toBe('database/path-closed');
  expect(answer.text).toContain(`${home} を通れず`);
  expect(answer.text).toContain('MUSUBI_DATA');
  expect(await ended).toBe(78);
});

test.runIf(othersCan)('an ordinary user runs it directly, also from a closed home', async () => {
  const home = await ownedBy(clerk);
  await chmod(home, 0o700);
  const directory = join(home, 'data');

  const first = await own(directory, { by: as(clerk) });
  expect(await query(first.answer.url, 'select 1 as one')).toEqual([{ one: 1 }]);
  expect((await stat(dataDirectory(directory).cluster)).uid).toBe(clerk);
  expect(await kill(first, 'SIGTERM')).toBe(0);
  expect((await own(directory, { by: as(clerk) })).answer.created).toBe(false);
});

test.runIf(othersCan && namespaces)('a user without a name runs it too', async () => {
  const directory = await ownedBy(nameless);
  const { answer } = await own(directory, { by: as(nameless) });
  expect(await query(answer.url, 'select 1 as one')).toEqual([{ one: 1 }]);
  expect((await stat(dataDirectory(directory).cluster)).uid).toBe(nameless);
});

test.runIf(othersCan)('an ordinary user is told that root made the lock and the data', async () => {
  const directory = await scratch();
  await chmod(directory, 0o777);
  await kill(await own(directory), 'SIGTERM');

  const { answer, ended } = await own(directory, { by: as(clerk) });
  expect(answer.code).toBe('database/other-owner');
  expect(answer.text).toMatch(/所有者は \S+ です/);
  expect(await ended).toBe(78);
});

test.runIf(othersCan)('root is told which user owns the data', async () => {
  const directory = await ownedBy(clerk);
  await kill(await own(directory, { by: as(clerk) }), 'SIGTERM');

  const { answer, ended } = await own(directory);
  expect(answer.code).toBe('database/other-owner');
  expect(answer.text).toContain('所有者は nobody です');
  expect(await ended).toBe(78);
});
