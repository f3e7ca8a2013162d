import { type ChildProcess, execFile, spawn, type SpawnOptions } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Under which identity the PostgreSQL programs run; PostgreSQL itself refuses to run as root. */
export type RunAs =
  | { readonly kind: 'self' }
  /** root on Linux: a user namespace in which root's own files belong to an ordinary uid. */
  | { readonly kind: 'namespace' }
  /** root where namespaces are denied: an ordinary account of the machine, which owns the data. */
  | ({ readonly kind: 'account' } & Account);

export interface Account {
  readonly name: string;
  readonly uid: number;
  readonly gid: number;
}

const unshare = ['-U', '--map-user=1000', '--map-group=1000'];

/** Starts a program under an identity. `unshare` executes it in place: the child's pid is the program's. */
export function spawnAs(
  who: RunAs,
  program: string,
  args: readonly string[],
  options: SpawnOptions,
): ChildProcess {
  if (who.kind === 'namespace')
    return spawn('unshare', [...unshare, '--', program, ...args], options);
  const identity = who.kind === 'account' ? { uid: who.uid, gid: who.gid } : {};
  return spawn(program, args, { ...options, ...identity });
}

/** Whether this process may make the user namespace (containers and hardened kernels often deny it). */
export async function namespacesAllowed(): Promise<boolean> {
  return run('unshare', [...unshare, '--', 'true']).then(
    () => true,
    () => false,
  );
}
