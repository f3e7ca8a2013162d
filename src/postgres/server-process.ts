import { type FileHandle, open, rename, stat } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';

import type { Binaries } from './binaries.js';
import type { DataDirectory } from './data-directory.js';
import { programEnvironment } from './program-environment.js';
import { readPostmaster } from './postmaster-file.js';
import { isAlive } from './postmaster-process.js';
import { type RunAs, spawnAs } from './run-as.js';
import { serverArguments, type ServerSettings } from './server-settings.js';

/** A PostgreSQL server that runs in a cluster, started by this process or by an earlier one. */
export interface ServerProcess {
  readonly pid: number;
  readonly port: number;
  /** Settles when the process is gone, however it went. */
  readonly ended: Promise<void>;
}

/** The server's process ended before it was ready; `log` is what it wrote meanwhile. */
export class StartFailed extends Error {
  constructor(readonly log: string) {
    super(log.trim());
    this.name = 'StartFailed';
  }
}

const pollMilliseconds = 10;
const longestLogBytes = 5_000_000;

/**
 * Starts a server and waits until it takes connections; recovery after a crash may take its time.
 * The server stands in a session of its own, so that Ctrl-C reaches us first and it only through us.
 */
export async function startServer(
  binaries: Binaries,
  who: RunAs,
  data: DataDirectory,
  settings: ServerSettings,
): Promise<ServerProcess> {
  await turnLog(data.log);
  const log = await open(data.log, 'a+', 0o600);
  try {
    const { size } = await log.stat();
    const program = spawnAs(who, binaries.postgres, serverArguments(data.cluster, settings), {
      env: programEnvironment(),
      stdio: ['ignore', log.fd, log.fd],
      detached: true,
      cwd: data.root,
    });
    let gone = false;
    const ended = new Promise<void>((resolve) => {
      const end = () => {
        gone = true;
        resolve();
      };
      program.once('error', end);
      program.once('exit', end);
    });
    program.unref();

    for (;;) {
      const postmaster = await readPostmaster(data.cluster);
      if (postmaster?.pid === program.pid && postmaster?.state === 'ready') {
        return { pid: postmaster.pid, port: settings.port, ended };
      }
      if (gone) throw new StartFailed(await tail(log, size));
      await pause(pollMilliseconds);
    }
  } finally {
    await log.close();
  }
}

/**
 * Stops a server in PostgreSQL's "fast" way: open transactions are rolled back, everything committed is
 * on the disk. One that does not end in time is stopped at once, and recovers at its next start.
 */
export async function stopServer(
  server: ServerProcess,
  patienceMilliseconds = 60_000,
): Promise<void> {
  if (!isAlive(server.pid)) return;
  process.kill(server.pid, 'SIGINT');
  const waiting = new AbortController();
  const late = pause(patienceMilliseconds, true, { signal: waiting.signal }).catch(() => false);
  const stuck = await Promise.race([server.ended.then(() => false), late]);
  waiting.abort();
  if (stuck) {
    process.kill(server.pid, 'SIGQUIT');
    await server.ended;
  }
}

/** The log of a server may grow for years; one earlier log is kept. */
async function turnLog(path: string): Promise<void> {
  const log = await stat(path).catch(() => undefined);
  if (log && log.size > longestLogBytes) await rename(path, `${path}.1`);
}

async function tail(log: FileHandle, from: number): Promise<string> {
  const { size } = await log.stat();
  const buffer = Buffer.alloc(Math.min(size - from, 8_192));
  await log.read(buffer, 0, buffer.length, size - buffer.length);
  return buffer.toString();
}
