import { chmod, mkdir } from 'node:fs/promises';
import { join } from 'node:path';

import { expect, test } from 'vitest';

import { closedDirectory } from '../../src/postgres/closed-path.js';
import { scratch } from './scratch.js';

const me = { uid: process.getuid?.() ?? 0, gid: process.getgid?.() ?? 0 };
const stranger = { uid: 54_321, gid: 54_321 };
const colleague = { uid: 54_321, gid: me.gid };

test('the way ends for others at the first directory that is closed to them', async () => {
  const root = await scratch();
  const path = join(root, 'group', 'owner', 'data');
  await mkdir(path, { recursive: true });
  await chmod(join(root, 'group'), 0o750);
  await chmod(join(root, 'group', 'owner'), 0o700);

  expect(await closedDirectory(path, stranger)).toBe(join(root, 'group'));
  expect(await closedDirectory(path, colleague)).toBe(join(root, 'group', 'owner'));
  expect(await closedDirectory(path, me)).toBeUndefined();
});

test('what does not exist yet closes no way', async () => {
  const root = await scratch();
  expect(await closedDirectory(join(root, 'not', 'yet'), stranger)).toBeUndefined();
});
