import { once } from 'node:events';
import { chown, mkdir, readdir, rename, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';

import type { Binaries } from './binaries.js';
import { DatabaseFault } from './database-fault.js';
import type { DataDirectory } from './data-directory.js';
import { diskFull, noSpaceLeft } from './storage-faults.js';
import { programEnvironment } from './program-environment.js';
import { type RunAs, spawnAs } from './run-as.js';

export const superuser = 'musubi';

/**
 * Makes a cluster whose superuser's password stands in `data.password`. A start killed half-way leaves
 * a draft, never half a cluster; drafts of earlier starts are removed. Call it with the lock held.
 */
export async function initialiseCluster(
  binaries: Binaries,
  who: RunAs,
  data: DataDirectory,
): Promise<void> {
  await removeDrafts(data);
  const draft = `${data.cluster}.draft-${process.pid}`;
  await mkdir(draft, { mode: 0o700 });
  if (who.kind === 'account') {
    await chown(draft, who.uid, who.gid);
    await chown(data.password, who.uid, who.gid);
  }
  const { status, output } = await initdb(binaries, who, draft, data.password);
  if (status === 0) return rename(draft, data.cluster);

  await rm(draft, { recursive: true, force: true });
  if (noSpaceLeft(output)) throw diskFull(data.root);
  throw new DatabaseFault(
    'database/initialisation-failed',
    `データベースの初期化（initdb）に失敗しました（${status}）。\n${output.trim()}`,
  );
}

/** The locale is fixed: a bare environment would give SQL_ASCII, another machine another order of text. */
async function initdb(binaries: Binaries, who: RunAs, directory: string, password: string) {
  const args = [
    `--pgdata=${directory}`,
    `--username=${superuser}`,
    `--pwfile=${password}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    '--locale-provider=builtin',
    '--locale=C.UTF-8',
    '--no-instructions',
  ];
  const program = spawnAs(who, binaries.initdb, args, {
    env: programEnvironment(),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  program.stdout?.on('data', (text: Buffer) => (output += text.toString()));
  program.stderr?.on('data', (text: Buffer) => (output += text.toString()));
  const [status, signal] = (await once(program, 'close')) as [number | null, string | null];
  return { status: status ?? signal, output };
}

async function removeDrafts(data: DataDirectory): Promise<void> {
  const prefix = `${basename(data.cluster)}.draft-`;
  for (const name of await readdir(data.root)) {
    if (name.startsWith(prefix)) await rm(join(data.root, name), { recursive: true, force: true });
  }
}
