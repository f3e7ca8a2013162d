import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { expect, test } from 'vitest';

import { dataDirectory } from '../../src/postgres/data-directory.js';
import { goneFor } from '../../src/postgres/postmaster-process.js';
import { kill, own } from './owner.js';
import { query, scratch, serverPid } from './scratch.js';

test('the server that a killed owner left behind is adopted with all that was committed', async () => {
  const directory = await scratch();
  const killed = await own(directory);
  const pid = await serverPid(directory);
  await query(killed.answer.url, 'create table parties as select 14100 as code');
  await kill(killed, 'SIGKILL');
  expect(await serverPid(directory)).toBe(pid);

  const next = await own(directory);
  expect(next.answer).toEqual({ url: killed.answer.url, created: false });
  expect(await serverPid(directory)).toBe(pid);
  expect(await query(next.answer.url, 'select code from parties')).toEqual([{ code: 14100 }]);

  expect(await kill(next, 'SIGTERM')).toBe(0);
  expect(await serverPid(directory)).toBeUndefined();
});

test('an adopted server that is killed comes back too', async () => {
  const directory = await scratch();
  await kill(await own(directory), 'SIGKILL');
  const next = await own(directory);
  const pid = (await serverPid(directory)) ?? 0;
  process.kill(pid, 'SIGKILL');
  await goneFor(pid);

  await expect.poll(() => serverPid(directory), { timeout: 20_000 }).not.toBe(undefined);
  await expect
    .poll(() => query(next.answer.url, 'select 1 as one').catch(() => []), { timeout: 20_000 })
    .toEqual([{ one: 1 }]);
});

test('a start follows at once on the kill of owner and server together, five times over', async () => {
  const directory = await scratch();
  let { answer } = await own(directory, { how: 'briefly' });
  for (let round = 1; round <= 5; round += 1) {
    const owner = await own(directory);
    answer = owner.answer;
    await query(answer.url, `create table round_${round} as select ${round} as number`);
    process.kill((await serverPid(directory)) ?? 0, 'SIGKILL');
    await kill(owner, 'SIGKILL');
  }

  const last = await own(directory);
  expect(
    await query(
      last.answer.url,
      `select count(*)::int as n from pg_class where relname ~ '^round_'`,
    ),
  ).toEqual([{ n: 5 }]);
}, 120_000);

test("another program that got the dead server's pid is not taken for the server", async () => {
  const directory = await scratch();
  const killed = await own(directory);
  const pid = (await serverPid(directory)) ?? 0;
  await kill(killed, 'SIGKILL');
  process.kill(pid, 'SIGKILL');
  await goneFor(pid);

  const path = join(dataDirectory(directory).cluster, 'postmaster.pid');
  const [, ...rest] = (await readFile(path, 'utf8')).split('\n');
  await writeFile(path, [process.pid, ...rest].join('\n'));

  const next = await own(directory);
  expect(next.answer).toEqual({ url: killed.answer.url, created: false });
});

test('a program that closes and has no more to do ends by itself, everything done', async () => {
  const directory = await scratch();
  const owner = await own(directory, { how: 'briefly' });

  expect(await owner.ended).toBe(0);
  expect(owner.said.at(-1)).toBe(JSON.stringify({ closed: true }));
  expect(await serverPid(directory)).toBeUndefined();
});

test('a program that ends without closing takes its server along', async () => {
  const directory = await scratch();
  const owner = await own(directory, { how: 'carelessly' });

  expect(await owner.ended).toBe(3);
  await expect.poll(() => serverPid(directory), { timeout: 20_000 }).toBeUndefined();
});

test('Ctrl-C reaches the program and not its server, which has to serve until the program is done', async () => {
  const directory = await scratch();
  const owner = await own(directory);
  const pid = await serverPid(directory);
  process.kill(-(owner.process.pid ?? 0), 'SIGINT');

  expect(await owner.ended).toBe('SIGINT');
  expect(await query(owner.answer.url, 'select 1 as one')).toEqual([{ one: 1 }]);
  expect(await serverPid(directory)).toBe(pid);
});
