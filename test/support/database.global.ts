import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { findBinaries } from '../../src/postgres/binaries.js';
import { dataDirectory } from '../../src/postgres/data-directory.js';
import { freePort } from '../../src/postgres/free-port.js';
import { initialiseCluster, superuser } from '../../src/postgres/initialise-cluster.js';
import { mendLibraryLinks } from '../../src/postgres/library-links.js';
import { writePrivately } from '../../src/postgres/private-file.js';
import { startServer, stopServer } from '../../src/postgres/server-process.js';

/** One PostgreSQL server for the whole run, thrown away afterwards; `TEST_DATABASE_URL` names another. */
export async function setup(): Promise<(() => Promise<void>) | undefined> {
  if (process.env['TEST_DATABASE_URL']) return undefined;

  const data = dataDirectory(await mkdtemp(join(tmpdir(), 'musubi-test-')));
  const password = randomBytes(24).toString('base64url');
  await writePrivately(data.password, password);
  const binaries = findBinaries();
  await mendLibraryLinks(binaries);
  const who = { kind: process.getuid?.() === 0 ? 'namespace' : 'self' } as const;
  await initialiseCluster(binaries, who, data);
  const port = await freePort();
  const server = await startServer(binaries, who, data, { port, durable: false });
  process.env['TEST_DATABASE_URL'] = `postgres://${superuser}:${password}@127.0.0.1:${port}/postgres`;

  return async () => {
    await stopServer(server);
    await rm(data.root, { recursive: true, force: true });
  };
}
