import { spawn } from 'node:child_process';
import { once } from 'node:events';

import { expect, test } from 'vitest';

import { goneFor, isAlive, isServerOf } from '../../src/postgres/postmaster-process.js';
import { killedAtTheEnd, scratch } from './scratch.js';

test('a process is alive until it ends', async () => {
  const child = spawn('sleep', ['60']);
  killedAtTheEnd(child);
  await once(child, 'spawn');
  expect(isAlive(child.pid ?? 0)).toBe(true);

  child.kill('SIGKILL');
  await goneFor(child.pid ?? 0);
  expect(isAlive(child.pid ?? 0)).toBe(false);
});

test('a process that has ended is not alive, although its parent never asks after it', async () => {
  const careless = spawn('sh', ['-c', 'sleep 0.3 & echo $!; exec sleep 60'], { stdio: 'pipe' });
  killedAtTheEnd(careless);
  const [pid] = (await once(careless.stdout, 'data')) as [Buffer];

  await goneFor(Number(pid.toString()));
  expect(process.kill(Number(pid.toString()), 0)).toBe(true);
});

test('a server is known by its cluster, not by its pid', async () => {
  const [mine, other] = [await scratch(), await scratch()];
  const program = spawn('sleep', ['60'], { cwd: mine });
  killedAtTheEnd(program);
  await once(program, 'spawn');

  expect(await isServerOf(program.pid ?? 0, mine)).toBe(true);
  expect(await isServerOf(program.pid ?? 0, other)).toBe(process.platform !== 'linux');
});
