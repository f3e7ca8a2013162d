import { type FileHandle, open } from 'node:fs/promises';
import { hostname } from 'node:os';
import { setTimeout as pause } from 'node:timers/promises';

import { DatabaseFault } from './database-fault.js';
import { type FileLock, lockFile } from './file-lock.js';
import { isAlive } from './postmaster-process.js';

/** The process that owns a data directory, as it describes itself in the lock file. */
export interface Holder {
  readonly pid: number;
  readonly host: string;
  /** ISO 8601, UTC. */
  readonly since: string;
}

const tries = 20;
const pauseMilliseconds = 100;

/**
 * Takes the data directory for the life of this process; of two that start at once exactly one gets it,
 * and the other is told who has it (`database/held`). The lock is the kernel's, so it falls with its
 * process; what the file says is only for people. A holder killed a moment ago is waited for.
 */
export async function lockDirectory(path: string, since: string): Promise<FileLock> {
  const file = await open(path, 'a+', 0o600);
  try {
    for (let attempt = 1; ; attempt += 1) {
      const lock = await lockFile(path);
      if (lock) {
        await describe(file, { pid: process.pid, host: hostname(), since });
        return lock;
      }
      const holder = await readHolder(file);
      if (holder && mayBeAlive(holder)) throw held(path, holder);
      if (attempt === tries) throw held(path, undefined);
      await pause(pauseMilliseconds);
    }
  } finally {
    await file.close();
  }
}

/** In place: another file under the same name would be another lock. A full disk only costs the description. */
async function describe(file: FileHandle, holder: Holder): Promise<void> {
  await file.truncate(0);
  await file.write(`${JSON.stringify(holder)}\n`).catch(() => undefined);
}

async function readHolder(file: FileHandle): Promise<Holder | undefined> {
  const buffer = Buffer.alloc(1_024);
  const { bytesRead } = await file.read(buffer, 0, buffer.length, 0);
  try {
    return JSON.parse(buffer.toString('utf8', 0, bytesRead)) as Holder;
  } catch {
    return undefined;
  }
}

/** A pid says nothing in another machine's or container's numbering: there the lock alone speaks. */
function mayBeAlive(holder: Holder): boolean {
  return holder.host !== hostname() || isAlive(holder.pid);
}

function held(path: string, holder: Holder | undefined): DatabaseFault {
  const who = holder
    ? `プロセス ${holder.pid}（${holder.host}、${holder.since} から）`
    : '別のプロセス';
  return new DatabaseFault(
    'database/held',
    `データディレクトリは${who}が使用しています。そのプロセスを終了するか、MUSUBI_DATA に別の場所を指定してください。（${path}）`,
  );
}
