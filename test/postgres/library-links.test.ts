import { execFileSync } from 'node:child_process';
import { cp, lstat, mkdir, readdir, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';

import { expect, test } from 'vitest';

import { binariesIn, findBinaries } from '../../src/postgres/binaries.js';
import { startEmbeddedServer } from '../../src/postgres/embedded-server.js';
import { mendLibraryLinks } from '../../src/postgres/library-links.js';
import { disksAllowed, query, scratch, smallDisk } from './scratch.js';

/** The platform package as npm unpacks it when it runs no install script. */
async function withoutLinks(place?: string) {
  const root = join(place ?? (await scratch()), 'package');
  await mkdir(root);
  await cp(join(findBinaries().root, 'native'), join(root, 'native'), {
    recursive: true,
    verbatimSymlinks: true,
  });
  const lib = join(root, 'native', 'lib');
  for (const name of await readdir(lib)) {
    if ((await lstat(join(lib, name))).isSymbolicLink()) await rm(join(lib, name));
  }
  return binariesIn(root);
}

test('installed without install scripts, the server mends its library links and runs', async () => {
  const binaries = await withoutLinks();
  const server = await startEmbeddedServer({
    directory: await scratch(),
    durable: false,
    binaries,
  });
  expect(await query(server.url, 'select 1 as one')).toEqual([{ one: 1 }]);
  await server.close();
});

test('the links are those that the install script makes, made once, by two starts as by one', async () => {
  const binaries = await withoutLinks();
  const lib = join(binaries.root, 'native', 'lib');
  const [one, other] = await Promise.all([mendLibraryLinks(binaries), mendLibraryLinks(binaries)]);

  expect([...one, ...other].map((it) => basename(it)).sort()).toEqual(await linksIn(lib));
  expect(await linksIn(lib)).toEqual(await linksIn(join(findBinaries().root, 'native', 'lib')));
  expect(await mendLibraryLinks(binaries)).toEqual([]);
});

test.runIf(disksAllowed())('links that cannot be made are named, with the way on', async () => {
  const disk = await smallDisk(200);
  const binaries = await withoutLinks(disk);
  execFileSync('mount', ['-o', 'remount,ro', disk]);

  await expect(mendLibraryLinks(binaries)).rejects.toMatchObject({
    code: 'database/links-unwritable',
    message: expect.stringContaining(binaries.root) as string,
  });
});

async function linksIn(lib: string): Promise<string[]> {
  const entries = await readdir(lib, { withFileTypes: true });
  return entries
    .filter((it) => it.isSymbolicLink())
    .map((it) => it.name)
    .sort();
}
