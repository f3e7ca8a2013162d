import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

import { Client } from 'pg';
import { afterEach } from 'vitest';

import { dataDirectory } from '../../src/postgres/data-directory.js';
import { readPostmaster } from '../../src/postgres/postmaster-file.js';
import { goneFor, isAlive, isServerOf } from '../../src/postgres/postmaster-process.js';

/** What an owner says first: that it serves, or why not. */
export interface Answer {
  readonly url?: string;
  readonly created?: boolean;
  readonly code?: string;
  readonly text?: string;
}

/** A process of its own that owns a data directory, or was refused it. */
export interface Owner {
  readonly answer: Answer;
  readonly process: ChildProcess;
  /** What it said after that. */
  readonly said: readonly string[];
  /** Its exit code, or the signal that ended it. */
  readonly ended: Promise<number | string>;
}

const program = join(import.meta.dirname, '../../dist/test/support/database.owner.js');
const directories: string[] = [];
const owners: Owner[] = [];

/** A directory for one test; what is left in it, servers too, goes with the test. */
export async function scratch(): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'musubi-edge-'));
  directories.push(directory);
  return directory;
}

/** Starts the compiled application's database in a process of its own; `by` is a command that runs it. */
export async function own(
  directory: string,
  { by = [], how = 'until it is told' }: { by?: readonly string[]; how?: string } = {},
): Promise<Owner> {
  const [command, ...args] = [...by, process.execPath, program, directory, how];
  const child = spawn(command, args, { stdio: ['pipe', 'pipe', 'inherit'] });
  const ended = once(child, 'exit').then(
    ([status, signal]: unknown[]) => (status ?? signal) as string,
  );
  const lines = createInterface({ input: child.stdout });
  const [line] = (await Promise.race([
    once(lines, 'line'),
    ended.then((status) => {
      throw new Error(`the owner ended with ${status} before it said anything`);
    }),
  ])) as [string];
  const said: string[] = [];
  lines.on('line', (it) => said.push(it));
  const owner = { answer: JSON.parse(line) as Answer, process: child, said, ended };
  owners.push(owner);
  return owner;
}

export async function kill(owner: Owner, signal: NodeJS.Signals): Promise<number | string> {
  owner.process.kill(signal);
  return owner.ended;
}

/** The pid of the server that runs in a data directory. */
export async function serverPid(directory: string): Promise<number | undefined> {
  const { cluster } = dataDirectory(directory);
  const found = await readPostmaster(cluster);
  return found && (await isServerOf(found.pid, cluster)) ? found.pid : undefined;
}

export async function query<Row extends object>(
  url: string | undefined,
  text: string,
): Promise<Row[]> {
  const client = new Client({ connectionString: url ?? 'the owner was refused' });
  await client.connect();
  try {
    return (await client.query<Row>(text)).rows;
  } finally {
    await client.end();
  }
}

afterEach(async () => {
  for (const owner of owners.splice(0)) await kill(owner, 'SIGKILL');
  for (const directory of directories.splice(0)) {
    const pid = await serverPid(directory);
    if (pid !== undefined && isAlive(pid)) {
      process.kill(pid, 'SIGQUIT');
      await goneFor(pid);
    }
    await rm(directory, { recursive: true, force: true, maxRetries: 10 });
  }
});
