import type { Config } from '../src/config.js';
import type { Terminal } from './terminal.js';

/** One word of the command line: `npm run cli -- token …`. */
export interface Command {
  readonly name: string;
  /** One line for each way to use it, in Japanese, without the program's name. */
  readonly usage: readonly string[];
  /** @throws UsageFault, Refusal, DatabaseFault, StoreUnavailable */
  run(
    args: readonly string[],
    terminal: Terminal,
    config: Config,
    environment: NodeJS.ProcessEnv,
  ): Promise<void>;
}

/** The words on the command line are wrong: the program says how to use it and exits with 2. */
export class UsageFault extends Error {
  override readonly name = 'UsageFault';
}
