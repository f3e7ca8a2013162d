import { execFileSync } from 'node:child_process';
import { chmod, chown, mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { beforeAll, expect, test } from 'vitest';

import { dataDirectory } from '../../src/postgres/data-directory.js';
import { own, kill } from './owner.js';
import { query, scratch, serverPid } from './scratch.js';

const isRoot = process.getuid?.() === 0;
const onLinux = process.platform === 'linux';
/** A user with a name and a home of its own, and one without a name, as containers have them. */
const clerk = uidOf('nobody');
const nameless = 54_321;

function uidOf(name: string): number {
  return Number(execFileSync('id', ['-u', name]).toString());
}

/** Runs a program as an ordinary user. */
const as = (uid: number) => ['setpriv', `--reuid=${uid}`, `--regid=${uid}`, '--clear-groups'];

/** The kernel makes no user namespace for a program under chroot: root without namespaces, as in many containers. */
async function withoutNamespaces(etc = '/etc'): Promise<string[]> {
  const mounts = 'mount --rbind / "$0" && mount --bind "$1" "$0/etc" && shift';
  return [
    'unshare',
    '--mount',
    'sh',
    '-c',
    `${mounts} && exec chroot "$0" "$@"`,
    await scratch(),
    etc,
  ];
}

/** A copy of this machine's /etc whose accounts lack these. */
async function accountsWithout(...names: string[]): Promise<string> {
  const etc = join(await openScratch(), 'etc');
  execFileSync('cp', ['-a', '/etc', etc]);
  for (const file of ['passwd', 'group', 'shadow', 'gshadow']) {
    const lines = (await readFile(join(etc, file), 'utf8')).split('\n');
    const rest = lines.filter((line) => !names.some((name) => line.startsWith(`${name}:`)));
    await writeFile(join(etc, file), rest.join('\n'));
  }
  return etc;
}

async function ownedBy(uid: number): Promise<string> {
  const directory = await scratch();
  await chown(directory, uid, uid);
  return directory;
}

beforeAll(() => {
  if (!isRoot) console.warn('NOT RUN: what happens as root, for this run is not root.');
});

test('whoever runs it owns the data, and the server has no privileges', async () => {
  const directory = await scratch();
  const { answer } = await own(directory);
  expect(await query(answer.url, 'select 1 as one')).toEqual([{ one: 1 }]);
  expect((await stat(dataDirectory(directory).cluster)).uid).toBe(process.getuid?.());
  if (onLinux) {
    const status = execFileSync('cat', [`/proc/${await serverPid(directory)}/status`]).toString();
    expect(status).toMatch(/^CapEff:\s+0+$/m);
  }
});

test.runIf(isRoot)(
  'root may keep the data below a directory that is closed to others',
  async () => {
    const closed = join(await scratch(), 'closed');
    await mkdir(closed, { mode: 0o700 });
    const { answer } = await own(join(closed, 'data'));
    expect(await query(answer.url, 'select 1 as one')).toEqual([{ one: 1 }]);
  },
);

test.runIf(isRoot)("root is told when somebody else's closed directory is on the way", async () => {
  const home = await ownedBy(clerk);

  const { answer, ended } = await own(join(home, 'data'));
  expect(answer.code).toBe('database/path-closed');
  expect(answer.text).toContain(`${home} を通れず`);
  expect(answer.text).toContain('MUSUBI_DATA');
  expect(await ended).toBe(78);
});

test.runIf(isRoot)('an ordinary user runs it directly, also from a closed home', async () => {
  const home = await ownedBy(clerk);
  await chmod(home, 0o700);
  const directory = join(home, 'data');

  const first = await own(directory, { by: as(clerk) });
  expect(await query(first.answer.url, 'select 1 as one')).toEqual([{ one: 1 }]);
  expect((await stat(dataDirectory(directory).cluster)).uid).toBe(clerk);
  expect(await kill(first, 'SIGTERM')).toBe(0);
  expect((await own(directory, { by: as(clerk) })).answer.created).toBe(false);
});

test.runIf(isRoot && onLinux)('a user without a name runs it too', async () => {
  const directory = await ownedBy(nameless);
  const { answer } = await own(directory, { by: as(nameless) });
  expect(await query(answer.url, 'select 1 as one')).toEqual([{ one: 1 }]);
  expect((await stat(dataDirectory(directory).cluster)).uid).toBe(nameless);
});

test.runIf(isRoot && onLinux)(
  'a user without a name or namespaces is told what is missing',
  async () => {
    const directory = await ownedBy(nameless);
    const by = [...(await withoutNamespaces()), ...as(nameless)];
    const { answer } = await own(directory, { by });
    expect(answer.code).toBe('database/no-ordinary-user');
    expect(answer.text).toContain(`uid ${nameless}`);
  },
);

test.runIf(isRoot)(
  'an ordinary user is told that root owns the data of an earlier start',
  async () => {
    const directory = await scratch();
    await chmod(directory, 0o777);
    await kill(await own(directory), 'SIGTERM');

    const { answer, ended } = await own(directory, { by: as(clerk) });
    expect(answer.code).toBe('database/other-owner');
    expect(answer.text).toContain('所有者は root です');
    expect(await ended).toBe(78);
  },
);

test.runIf(isRoot)('root is told which user owns the data', async () => {
  const directory = await ownedBy(clerk);
  await kill(await own(directory, { by: as(clerk) }), 'SIGTERM');
  await chmod(directory, 0o755);

  const { answer, ended } = await own(directory);
  expect(answer.code).toBe('database/other-owner');
  expect(answer.text).toContain('所有者は nobody です');
  expect(await ended).toBe(78);
});

test.runIf(isRoot && onLinux)(
  'root without namespaces runs it under an ordinary account, and goes on with its data later',
  async () => {
    const directory = join(await openScratch(), 'data');
    const by = await withoutNamespaces();
    const first = await own(directory, { by });
    expect(first.answer.created).toBe(true);
    expect((await stat(dataDirectory(directory).cluster)).uid).not.toBe(0);
    await query(first.answer.url, 'create table parties as select 1 as n');
    expect(await kill(first, 'SIGTERM')).toBe(0);

    const second = await own(directory);
    expect(second.answer).toEqual({ url: first.answer.url, created: false });
    expect(await query(second.answer.url, 'select n from parties')).toEqual([{ n: 1 }]);
  },
);

test.runIf(isRoot && onLinux)(
  'root without namespaces makes the account where there is none',
  async () => {
    const directory = join(await openScratch(), 'data');
    const accounts = await accountsWithout('musubi', 'postgres');
    const { answer } = await own(directory, { by: await withoutNamespaces(accounts) });
    expect(answer.created).toBe(true);

    const { uid } = await stat(dataDirectory(directory).cluster);
    expect(await readFile(join(accounts, 'passwd'), 'utf8')).toMatch(
      new RegExp(`^musubi:x:${uid}:.*nologin$`, 'm'),
    );
  },
);

test.runIf(isRoot && onLinux)(
  'root without namespaces is told of the closed directory that stops the account',
  async () => {
    const closed = join(await openScratch(), 'closed');
    await mkdir(closed, { mode: 0o700 });
    const { answer, ended } = await own(join(closed, 'data'), { by: await withoutNamespaces() });
    expect(answer.code).toBe('database/path-closed');
    expect(answer.text).toContain(`chmod o+x ${closed}`);
    expect(await ended).toBe(78);
  },
);

test.runIf(isRoot && onLinux)(
  'root without namespaces is told how to hand on data that root made with them',
  async () => {
    const directory = join(await openScratch(), 'data');
    await kill(await own(directory), 'SIGTERM');
    const { answer } = await own(directory, { by: await withoutNamespaces() });
    expect(answer.code).toBe('database/other-owner');
    expect(answer.text).toMatch(/chown -R \S+ /);
  },
);

/** A scratch directory that others may pass. */
async function openScratch(): Promise<string> {
  const directory = await scratch();
  await chmod(directory, 0o755);
  return directory;
}
