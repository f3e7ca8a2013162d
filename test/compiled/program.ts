import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';

/** How a process ended: its exit code, or the signal that ended it. */
export type Ending = number | NodeJS.Signals;

const listening = /待ち受けています/;

/** Options that `npm start` gives to Node. */
export function optionsOfStart(): readonly string[] {
  const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as {
    readonly scripts: { readonly start: string };
  };
  return scripts.start.split(' ').slice(1, -1);
}

/** A compiled program of `dist`, run by a Node of its own with no environment but the given one. */
export class Program {
  readonly ended: Promise<Ending>;
  private written = '';
  private readonly child: ChildProcess;

  constructor(
    entry: 'src/main.js' | 'cli/main.js',
    environment: Readonly<Record<string, string>>,
    args: readonly string[] = [],
  ) {
    const options = entry === 'src/main.js' ? optionsOfStart() : [];
    this.child = spawn(process.execPath, [...options, resolve('dist', entry), ...args], {
      env: { PATH: process.env['PATH'], ...environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    for (const stream of [this.child.stdout, this.child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => {
        this.written += text;
      });
    }
    // Whoever started it may be told to end: it then ends in order, and its PostgreSQL with it.
    const stop = () => void this.child.kill('SIGTERM');
    process.on('exit', stop);
    this.ended = once(this.child, 'close').then(([code, signal]) => {
      process.off('exit', stop);
      return (code ?? signal) as Ending;
    });
  }

  /** Everything that it has said so far, on both streams. */
  get output(): string {
    return this.written;
  }

  get pid(): number {
    return this.child.pid ?? 0;
  }

  /** Its address, as soon as it listens. @throws Error with its output when it ends before */
  async url(): Promise<string> {
    const told = await this.says(listening);
    const url = /http:\/\/\S+/.exec(told)?.[0];
    if (url === undefined) throw new Error(`it listens and does not say where:\n${told}`);
    return url;
  }

  /** The first line that fits, as soon as it has been said. @throws Error when it ends before */
  async says(pattern: RegExp): Promise<string> {
    const ended = this.ended.then(() => true);
    for (;;) {
      const line = this.written.split('\n').find((it) => pattern.test(it));
      if (line !== undefined) return line;
      const more = once(this.child.stdout ?? this.child, 'data').then(() => false);
      if (await Promise.race([ended, more])) {
        throw new Error(`ended without saying ${String(pattern)}:\n${this.written}`);
      }
    }
  }

  /** Sends a signal and waits until the process is gone. */
  async end(signal: NodeJS.Signals): Promise<Ending> {
    this.child.kill(signal);
    return this.ended;
  }
}
