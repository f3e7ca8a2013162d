import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

export interface LoadOrder {
  /** Asked one after another, over and over. */
  readonly urls: readonly string[];
  readonly connections: number;
  readonly requests: number;
}

export interface LoadAnswer {
  readonly perSecond: number;
  /** Answers with another status than 200. */
  readonly refused: number;
  /** Bytes of an answer's body, on average. */
  readonly bytes: number;
}

/** Another program of the bench, in a process of its own that ends with this one's wish. */
export function forked(program: string, ...args: readonly string[]): ChildProcess {
  return fork(fileURLToPath(new URL(program, import.meta.url)), args, { silent: true });
}

/** The next message of a child. @throws Error when it ends before */
export async function message<T>(child: ChildProcess): Promise<T> {
  const waiting = new AbortController();
  const { signal } = waiting;
  try {
    const [told] = (await Promise.race([
      once(child, 'message', { signal }),
      once(child, 'exit', { signal }).then(() => [undefined]),
    ])) as [T | undefined];
    if (told === undefined) throw new Error('a program of the bench ended without an answer');
    return told;
  } finally {
    waiting.abort();
  }
}

export async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGTERM');
  await once(child, 'exit');
}

/** @throws Error where an answer is refused: its speed would say nothing */
export async function load(generator: ChildProcess, order: LoadOrder): Promise<LoadAnswer> {
  generator.send(order);
  const answer = await message<LoadAnswer>(generator);
  if (answer.refused > 0) throw new Error(`${answer.refused} answers of ${order.urls[0]} refused`);
  return answer;
}
