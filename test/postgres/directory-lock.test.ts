import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { readFile, stat, writeFile } from 'node:fs/promises';

import { expect, test } from 'vitest';

import { dataDirectory } from '../../src/postgres/data-directory.js';
import { lockDirectory } from '../../src/postgres/directory-lock.js';
import { kill, own } from './owner.js';
import { killedAtTheEnd, query, scratch, serverPid } from './scratch.js';

const since = '2026-11-22T05:40:00.000Z';

test('a second process is told who holds the directory and since when, and ends', async () => {
  const directory = await scratch();
  const first = await own(directory);
  const second = await own(directory);

  const holder = JSON.parse(await readFile(dataDirectory(directory).lock, 'utf8')) as {
    since: string;
  };
  expect(second.answer.code).toBe('database/held');
  expect(second.answer.text).toContain(`プロセス ${first.process.pid}`);
  expect(second.answer.text).toContain(holder.since);
  expect(await second.ended).toBe(75);
  expect(await query(first.answer.url, 'select 1 as one')).toEqual([{ one: 1 }]);
});

test('of several that start at once on a new directory exactly one gets it', async () => {
  const directory = await scratch();
  const answers = await Promise.all(
    Array.from({ length: 4 }, async () => (await own(directory)).answer),
  );

  expect(answers.filter((it) => it.created)).toHaveLength(1);
  expect(answers.filter((it) => it.code === 'database/held')).toHaveLength(3);
});

test('of several that start at once after a kill exactly one gets the directory', async () => {
  const directory = await scratch();
  const killed = await own(directory);
  await kill(killed, 'SIGKILL');
  const answers = await Promise.all(
    Array.from({ length: 4 }, async () => (await own(directory)).answer),
  );

  expect(answers.filter((it) => it.url === killed.answer.url)).toHaveLength(1);
  expect(answers.filter((it) => it.code === 'database/held')).toHaveLength(3);
});

test('what a dead holder wrote does not keep anybody out, even when its pid lives on', async () => {
  const { lock } = dataDirectory(await scratch());
  await writeFile(lock, JSON.stringify({ pid: 1, host: 'another', since }));

  const held = await lockDirectory(lock, since);
  await expect(lockDirectory(lock, since)).rejects.toMatchObject({ code: 'database/held' });
  await held.release();
  await (await lockDirectory(lock, since)).release();
});

test.runIf(process.platform === 'linux')(
  'a killed keeper of the lock is replaced at once',
  async () => {
    const { lock } = dataDirectory(await scratch());
    const held = await lockDirectory(lock, since);
    const first = keeper();
    process.kill(first, 'SIGKILL');
    await expect.poll(keeper).not.toBeOneOf([0, first]);

    await expect(lockDirectory(lock, since)).rejects.toMatchObject({ code: 'database/held' });
    await held.release();
  },
);

test.runIf(process.platform === 'linux')(
  'who loses the lock to another process is told',
  async () => {
    const { lock } = dataDirectory(await scratch());
    const held = await lockDirectory(lock, since);
    const rival = spawn('flock', [lock, 'sleep', '60']);
    killedAtTheEnd(rival);
    const waiting = new RegExp(`-> FLOCK.*:${(await stat(lock)).ino} `);
    await expect.poll(() => readFileSync('/proc/locks', 'utf8')).toMatch(waiting);
    process.kill(keeper(), 'SIGKILL');

    await held.lost;
  },
);

test('an orderly end stops the server and gives the directory free', async () => {
  const directory = await scratch();
  const first = await own(directory);
  expect(await kill(first, 'SIGTERM')).toBe(0);
  expect(await serverPid(directory)).toBeUndefined();

  const second = await own(directory);
  expect(second.answer).toEqual({ url: first.answer.url, created: false });
});

/** The pid of the program that holds this process's lock; 0 where there is none. */
function keeper(): number {
  const children = readFileSync(`/proc/${process.pid}/task/${process.pid}/children`, 'utf8');
  const pids = children.trim().split(' ').map(Number);
  return pids.find((pid) => readFileSync(`/proc/${pid}/comm`, 'utf8') === 'cat\n') ?? 0;
}
