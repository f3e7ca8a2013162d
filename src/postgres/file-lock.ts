import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { constants, open } from 'node:fs/promises';

import { DatabaseFault } from './database-fault.js';

/** A lock that the kernel holds for this process, and drops when the process ends in whatever way. */
export interface FileLock {
  /** Settles when the lock was taken from us: somebody killed its keeper, and another process was faster. */
  readonly lost: Promise<void>;
  release(): Promise<void>;
}

interface Keeper {
  readonly ended: Promise<unknown>;
  release(): Promise<void>;
}

const conflict = 75;
/** O_EXLOCK of macOS, which Node's constants leave out: opens and locks in one step. */
const openLocked = 0x20;

/** Locks a file that exists; undefined when another process has it locked. */
export async function lockFile(path: string): Promise<FileLock | undefined> {
  return process.platform === 'darwin' ? lockByOpening(path) : lockByKeeper(path);
}

async function lockByKeeper(path: string): Promise<FileLock | undefined> {
  const first = await startKeeper(path);
  if (!first) return undefined;
  let keeper = first;
  let released = false;

  const lost = new Promise<void>((resolve) => {
    const watch = async (): Promise<void> => {
      await keeper.ended;
      if (released) return;
      const next = await startKeeper(path).catch(() => undefined);
      if (!next) return resolve();
      keeper = next;
      if (released) return keeper.release();
      return watch();
    };
    void watch();
  });
  const release = async () => {
    released = true;
    await keeper.release();
  };
  return { lost, release };
}

/**
 * Node has no flock(2), so `flock` of util-linux takes the lock and becomes a `cat` on a pipe from us,
 * which ends with us. Unlike a pid in a file it also excludes a process of another container.
 */
async function startKeeper(path: string): Promise<Keeper | undefined> {
  const keeper = spawn(
    'flock',
    ['--nonblock', '--no-fork', `--conflict-exit-code=${conflict}`, path, 'cat'],
    { stdio: ['pipe', 'pipe', 'ignore'], detached: true },
  );
  const ended = new Promise<number | null | Error>((resolve) => {
    keeper.once('error', resolve);
    keeper.once('exit', resolve);
  });
  keeper.stdin.on('error', () => undefined);
  keeper.stdin.write('\n');
  const outcome = await Promise.race([once(keeper.stdout, 'data').then(() => 'locked'), ended]);

  if (outcome === conflict) return undefined;
  if (outcome !== 'locked') throw unavailable(path, outcome);
  keeper.stdout.destroy();
  keeper.unref();
  const release = async () => {
    keeper.ref();
    keeper.stdin.end();
    await ended;
  };
  return { ended, release };
}

async function lockByOpening(path: string): Promise<FileLock | undefined> {
  try {
    const file = await open(path, constants.O_RDWR | constants.O_NONBLOCK | openLocked);
    return { lost: new Promise(() => undefined), release: () => file.close() };
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EAGAIN') return undefined;
    throw error;
  }
}

function unavailable(path: string, outcome: unknown): DatabaseFault {
  return new DatabaseFault(
    'database/lock-unavailable',
    `${path} をロックできません（${String(outcome)}）。util-linux の flock コマンドが使えることと、ファイルシステムがロックに対応していることを確かめてください。`,
  );
}
