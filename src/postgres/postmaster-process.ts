import { readFileSync } from 'node:fs';
import { readlink, realpath } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';

const pollMilliseconds = 100;

/** Whether a process runs. One that has ended and whose parent never asks after it, as in containers, does not. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
  return !isZombie(pid);
}

function isZombie(pid: number): boolean {
  if (process.platform !== 'linux') return false;
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return text.startsWith('Z', text.lastIndexOf(')') + 2);
  } catch {
    return true;
  }
}

/**
 * Whether the process is the server of this cluster. A killed server leaves its pid behind, which the
 * system gives to another program sooner or later; a server's working directory is its cluster.
 */
export async function isServerOf(pid: number, cluster: string): Promise<boolean> {
  if (!isAlive(pid)) return false;
  if (process.platform !== 'linux') return true;
  const [there, here] = await Promise.all([
    readlink(`/proc/${pid}/cwd`).catch(() => ''),
    realpath(cluster),
  ]);
  return there === here;
}

/** Settles when a process that is not our child has gone. Does not keep this process running. */
export async function goneFor(pid: number): Promise<void> {
  while (isAlive(pid)) await pause(pollMilliseconds, undefined, { ref: false });
}
