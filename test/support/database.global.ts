import { chmod, mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { dataDirectory } from '../../src/postgres/data-directory.js';
import { startEmbeddedServer } from '../../src/postgres/embedded-server.js';
import { lockFile } from '../../src/postgres/file-lock.js';
import { readPostmaster } from '../../src/postgres/postmaster-file.js';
import { isServerOf } from '../../src/postgres/postmaster-process.js';

const prefix = 'musubi-test-';

/** One PostgreSQL server for the whole run, thrown away afterwards; `TEST_DATABASE_URL` names another. */
export async function setup(): Promise<(() => Promise<void>) | undefined> {
  if (process.env['TEST_DATABASE_URL']) return undefined;

  await sweepKilledRuns();
  const directory = await mkdtemp(join(tmpdir(), prefix));
  // Where root may not use namespaces the server runs under an account, which has to pass here.
  await chmod(directory, 0o711);
  const server = await startEmbeddedServer({ directory, durable: false });
  process.env['TEST_DATABASE_URL'] = server.url;

  return async () => {
    await server.close();
    await rm(directory, { recursive: true, force: true });
  };
}

/** A run that was killed leaves its server and directory behind; the lock tells it from one that goes on or begins. */
async function sweepKilledRuns(): Promise<void> {
  for (const name of await readdir(tmpdir())) {
    if (!name.startsWith(prefix)) continue;
    const { root, cluster, lock } = dataDirectory(join(tmpdir(), name));
    const begun = await stat(lock).catch(() => undefined);
    const free = begun?.size ? await lockFile(lock) : undefined;
    if (!free) continue;
    const left = await readPostmaster(cluster);
    if (left && (await isServerOf(left.pid, cluster))) process.kill(left.pid, 'SIGKILL');
    await rm(root, { recursive: true, force: true, maxRetries: 10 });
    await free.release();
  }
}
