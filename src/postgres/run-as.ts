import { type ChildProcess, execFile, spawn, type SpawnOptions } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Under which identity the PostgreSQL programs run; PostgreSQL itself refuses to run as root. */
export type RunAs =
  | { readonly kind: 'self' }
  /** Linux: a user namespace in which this process's own files belong to another uid, which has a name. */
  | { readonly kind: 'namespace'; readonly uid: number }
  /** root where namespaces are denied: an ordinary account of the machine, which owns the data. */
  | ({ readonly kind: 'account' } & Account);

export interface Account {
  readonly name: string;
  readonly uid: number;
  readonly gid: number;
}

/** Starts a program under an identity. `unshare` executes it in place: the child's pid is the program's. */
export function spawnAs(
  who: RunAs,
  program: string,
  args: readonly string[],
  options: SpawnOptions,
): ChildProcess {
  if (who.kind === 'namespace') {
    return spawn('unshare', [...mappedTo(who.uid), program, ...args], options);
  }
  const identity = who.kind === 'account' ? { uid: who.uid, gid: who.gid } : {};
  return spawn(program, args, { ...options, ...identity });
}

/**
 * The namespace that this process may make; undefined where they are denied, as in many containers and
 * on hardened kernels. Its uid is one of this machine's accounts: initdb wants a name for its user.
 */
export async function userNamespace(): Promise<RunAs | undefined> {
  const uid = await namedUid();
  if (uid === undefined) return undefined;
  return run('unshare', [...mappedTo(uid), 'true']).then(
    () => ({ kind: 'namespace', uid }),
    () => undefined,
  );
}

function mappedTo(uid: number): string[] {
  return ['-U', `--map-user=${uid}`, `--map-group=${uid}`, '--'];
}

async function namedUid(): Promise<number | undefined> {
  const accounts = await readFile('/etc/passwd', 'utf8').catch(() => '');
  const uids = accounts.split('\n').map((line) => Number(line.split(':')[2]));
  return uids.find((uid) => uid > 0);
}
