import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

import type { Account } from './run-as.js';

const run = promisify(execFile);

/** Accounts that may own the data when root cannot use namespaces, the preferred one first. */
const names = ['musubi', 'postgres'];

/** Those of them that this machine has. */
export async function ordinaryAccounts(): Promise<Account[]> {
  const found = await Promise.all(names.map(accountOf));
  return found.filter((it) => it !== undefined && it.uid !== 0) as Account[];
}

/** Makes the first of the accounts, without home or login; undefined where this machine does not allow it. */
export async function createAccount(): Promise<Account | undefined> {
  const [name = ''] = names;
  const login = ['--system', '--user-group', '--no-create-home', '--shell', '/usr/sbin/nologin'];
  await run('useradd', [...login, name]).catch(() => undefined);
  return accountOf(name);
}

/** The name of the account with a uid; undefined where it has none. */
export async function nameOf(uid: number): Promise<string | undefined> {
  return run('id', ['-nu', String(uid)]).then(
    ({ stdout }) => stdout.trim(),
    () => undefined,
  );
}

async function accountOf(name: string): Promise<Account | undefined> {
  try {
    const [uid, gid] = await Promise.all([run('id', ['-u', name]), run('id', ['-g', name])]);
    return { name, uid: Number(uid.stdout), gid: Number(gid.stdout) };
  } catch {
    return undefined;
  }
}
