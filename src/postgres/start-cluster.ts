import { setTimeout as pause } from 'node:timers/promises';

import type { Binaries } from './binaries.js';
import { DatabaseFault } from './database-fault.js';
import type { DataDirectory } from './data-directory.js';
import { diskFull, isFull, noSpaceLeft } from './storage-faults.js';
import { disownPostmaster, readPostmaster } from './postmaster-file.js';
import { goneFor, isServerOf } from './postmaster-process.js';
import type { RunAs } from './run-as.js';
import { type ServerProcess, StartFailed, startServer } from './server-process.js';

/** What a cluster needs to be served. */
export interface Serving {
  readonly binaries: Binaries;
  readonly who: RunAs;
  readonly data: DataDirectory;
  readonly durable: boolean;
}

const tries = 20;
const pauseMilliseconds = 250;

/**
 * Serves a cluster: adopts the server that an earlier process left behind, or starts one on a port that
 * `choosePort` gives for each try. Call it with the directory's lock held.
 */
export async function startCluster(
  serving: Serving,
  choosePort: () => Promise<number>,
): Promise<ServerProcess> {
  const orphan = await leftBehind(serving.data.cluster);
  return orphan ?? startAnew(serving, choosePort);
}

/** Waits for a server that is starting or stopping to make up its mind. */
async function leftBehind(cluster: string): Promise<ServerProcess | undefined> {
  for (;;) {
    const found = await readPostmaster(cluster);
    if (!found) return undefined;
    if (!(await isServerOf(found.pid, cluster))) {
      await disownPostmaster(cluster);
      return undefined;
    }
    if (found.state === 'ready') {
      return { pid: found.pid, port: found.port, ended: goneFor(found.pid) };
    }
    await pause(pauseMilliseconds);
  }
}

/** After a kill the dead server's children may hold its shared memory, and another may take the port, for a moment. */
async function startAnew(
  serving: Serving,
  choosePort: () => Promise<number>,
): Promise<ServerProcess> {
  const { binaries, who, data, durable } = serving;
  for (let attempt = 1; ; attempt += 1) {
    const port = await choosePort();
    try {
      return await startServer(binaries, who, data, { port, durable });
    } catch (error) {
      if (!(error instanceof StartFailed)) throw error;
      if (noSpaceLeft(error.log) || (await isFull(data.root))) throw diskFull(data.root, error);
      if (attempt === tries || !passes(error.log)) throw startFailed(data, error);
      await pause(pauseMilliseconds);
    }
  }
}

function passes(log: string): boolean {
  return /shared memory block|could not bind|could not create any TCP\/IP sockets/.test(log);
}

function startFailed(data: DataDirectory, cause: StartFailed): DatabaseFault {
  return new DatabaseFault(
    'database/start-failed',
    `PostgreSQL を起動できません。記録は ${data.log} にあります。\n${cause.log.trim()}`,
    { cause },
  );
}
