import { execFileSync } from 'node:child_process';
import { chown, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { closedDirectory } from '../../src/postgres/closed-path.js';
import { userNamespace } from '../../src/postgres/run-as.js';
import { disksAllowed, scratch } from './scratch.js';

const onLinux = process.platform === 'linux';

/** A user with a name, and one without, as containers have them. */
export const clerk = Number(execFileSync('id', ['-u', 'nobody']).toString());
export const nameless = 54_321;

/** Runs a program as an ordinary user. */
export const as = (uid: number): string[] => [
  'setpriv',
  `--reuid=${uid}`,
  `--regid=${uid}`,
  '--clear-groups',
];

export const isRoot = process.getuid?.() === 0;

/** Whether root may make user namespaces here, as in most places but containers. */
export const namespaces = isRoot && onLinux && (await userNamespace()) !== undefined;

/** Whether root may be put where namespaces are denied, and accounts taken away, without harm to the machine. */
export const mounts = isRoot && onLinux && disksAllowed();

/** Whether other users can run what is tested here: not from a clone below /root. */
export const othersCan = isRoot && onLinux && (await openToOthers());

/** Root without namespaces, as in many containers: the kernel makes none for a program under chroot. */
export async function withoutNamespaces(etc = '/etc'): Promise<string[]> {
  const mount = 'mount --rbind / "$0" && mount --bind "$1" "$0/etc" && shift';
  const chroot = `${mount} && exec chroot "$0" "$@"`;
  return ['unshare', '--mount', 'sh', '-c', chroot, await scratch(), etc];
}

/** A copy of this machine's /etc whose accounts lack these. */
export async function accountsWithout(...names: string[]): Promise<string> {
  const etc = join(await scratch(), 'etc');
  execFileSync('cp', ['-a', '/etc', etc]);
  for (const file of ['passwd', 'group', 'shadow', 'gshadow']) {
    const lines = (await readFile(join(etc, file), 'utf8')).split('\n');
    const rest = lines.filter((line) => !names.some((name) => line.startsWith(`${name}:`)));
    await writeFile(join(etc, file), rest.join('\n'));
  }
  return etc;
}

/** A scratch directory of a user's own. */
export async function ownedBy(uid: number): Promise<string> {
  const directory = await scratch();
  await chown(directory, uid, uid);
  return directory;
}

async function openToOthers(): Promise<boolean> {
  const ways = [join(import.meta.dirname, '../..'), process.execPath];
  const closed = ways.map((it) => closedDirectory(it, { uid: clerk, gid: clerk }));
  return (await Promise.all(closed)).every((it) => it === undefined);
}
