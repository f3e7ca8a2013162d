import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** What a PostgreSQL server writes about itself into `postmaster.pid` (miscadmin.h, LOCK_FILE_LINE_*). */
export interface Postmaster {
  readonly pid: number;
  readonly directory: string;
  /** Seconds since 1970. */
  readonly since: number;
  readonly port: number;
  readonly state: 'starting' | 'ready' | 'stopping' | 'unknown';
}

/** Reads the file of the server that runs, or was killed, in a cluster; undefined when there is none. */
export async function readPostmaster(cluster: string): Promise<Postmaster | undefined> {
  const text = await readFile(join(cluster, 'postmaster.pid'), 'utf8').catch(() => '');
  return parsePostmaster(text);
}

/**
 * Lets a server start although another program, or a process that nobody reaps, has the dead server's
 * pid. The file stays, with our own
 * pid in it: a server takes its parent's pid for a leftover, yet still finds the shared memory block by
 * which it refuses to start beside the dead server's children.
 */
export async function disownPostmaster(cluster: string): Promise<void> {
  const path = join(cluster, 'postmaster.pid');
  const [, ...rest] = (await readFile(path, 'utf8')).split('\n');
  await writeFile(path, [process.pid, ...rest].join('\n'));
}

/** Lines are written one after another while the server starts: a short file is one that is starting. */
export function parsePostmaster(text: string): Postmaster | undefined {
  const [pid, directory = '', since, port, , , , state = ''] = text.split('\n');
  if (!Number.isSafeInteger(Number(pid)) || Number(pid) === 0) return undefined;
  return {
    pid: Math.abs(Number(pid)),
    directory,
    since: Number(since ?? 0),
    port: Number(port ?? 0),
    state: stateOf(state.trim()),
  };
}

function stateOf(word: string): Postmaster['state'] {
  return word === 'ready' || word === 'starting' || word === 'stopping' ? word : 'unknown';
}
