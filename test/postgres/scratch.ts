import { type ChildProcess, execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { Client } from 'pg';
import { afterEach } from 'vitest';

import { dataDirectory } from '../../src/postgres/data-directory.js';
import { readPostmaster } from '../../src/postgres/postmaster-file.js';
import { goneFor, isServerOf } from '../../src/postgres/postmaster-process.js';

const children: ChildProcess[] = [];
const directories: string[] = [];
const disks: string[] = [];

/** A directory for one test that others may pass; what is left in it, servers too, goes with the test. */
export async function scratch(): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'musubi-edge-'));
  await chmod(directory, 0o711);
  directories.push(directory);
  return directory;
}

/** Whether this machine lets us mount a disk of our own. */
export function disksAllowed(): boolean {
  try {
    const mount = ['--mount', 'mount', '-t', 'tmpfs', '-o', 'size=1m', 'musubi', '/mnt'];
    execFileSync('unshare', mount, { stdio: 'pipe' });
    return true;
  } catch {
    return false;
  }
}

/** A directory for one test that is a disk of this size. */
export async function smallDisk(megabytes: number): Promise<string> {
  const at = await scratch();
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m,mode=0711`, 'musubi', at]);
  disks.push(at);
  return at;
}

export function resize(disk: string, megabytes: number): void {
  execFileSync('mount', ['-o', `remount,size=${megabytes}m`, disk]);
}

/** Has a process of a test killed at the test's end. */
export function killedAtTheEnd(child: ChildProcess): void {
  children.push(child);
}

/** The pid of the server that runs in a data directory. */
export async function serverPid(directory: string): Promise<number | undefined> {
  const { cluster } = dataDirectory(directory);
  const found = await readPostmaster(cluster);
  return found && (await isServerOf(found.pid, cluster)) ? found.pid : undefined;
}

export async function query<Row extends object>(
  url: string | undefined,
  text: string,
): Promise<Row[]> {
  const client = new Client({ connectionString: url ?? 'postgres://the-owner-was-refused' });
  await client.connect();
  try {
    return (await client.query<Row>(text)).rows;
  } finally {
    await client.end();
  }
}

afterEach(async () => {
  for (const child of children.splice(0)) {
    if (child.exitCode !== null || child.signalCode !== null) continue;
    child.kill('SIGKILL');
    await once(child, 'exit');
  }
  for (const directory of directories) {
    const pid = await serverPid(directory);
    if (pid === undefined) continue;
    process.kill(pid, 'SIGQUIT');
    await goneFor(pid);
  }
  for (const disk of disks.splice(0)) execFileSync('umount', ['--lazy', disk]);
  for (const directory of directories.splice(0)) {
    await rm(directory, { recursive: true, force: true, maxRetries: 10 });
  }
});
