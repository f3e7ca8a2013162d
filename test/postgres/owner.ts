import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

import { killedAtTheEnd } from './scratch.js';

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
  /** What it said besides, its log among it. */
  readonly said: readonly string[];
  /** Its exit code, or the signal that ended it. */
  readonly ended: Promise<number | string>;
}

const program = join(import.meta.dirname, '../../dist/test/support/database.owner.js');

/** Starts the compiled application's database in a process of its own; `by` is a command that runs it. */
export async function own(
  directory: string,
  { by = [], how = 'until it is told' }: { by?: readonly string[]; how?: string } = {},
): Promise<Owner> {
  const [command, ...args] = [...by, process.execPath, program, directory, how];
  const child = spawn(command, args, { stdio: ['pipe', 'pipe', 'inherit'], detached: true });
  killedAtTheEnd(child);
  const ended = once(child, 'exit').then(
    ([status, signal]: (number | string)[]) => status ?? signal ?? 'no status',
  );
  const said: string[] = [];
  const answer = await new Promise<Answer>((resolve, reject) => {
    createInterface({ input: child.stdout }).on('line', (line) => {
      const it = JSON.parse(line) as Answer & { readonly log?: string };
      if (it.url ?? it.code) resolve(it);
      else said.push(it.log ?? line);
    });
    child.once('close', (status) => reject(new Error(`the owner ended with ${status}, no answer`)));
  });
  return { answer, process: child, said, ended };
}

export async function kill(owner: Owner, signal: NodeJS.Signals): Promise<number | string> {
  owner.process.kill(signal);
  return owner.ended;
}
