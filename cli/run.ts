import { ConfigRefused, readConfig } from '../src/config.js';
import { Refusal } from '../src/entries/domain/refusal.js';
import { StoreUnavailable } from '../src/event-sourcing/event-store.js';
import { DatabaseFault } from '../src/postgres/database-fault.js';
import { type Command, UsageFault } from './command.js';
import { facilities } from './facilities.js';
import { move } from './move.js';
import { password } from './password.js';
import { rebuild } from './rebuild.js';
import { secureStore } from './secure-store.js';
import type { Terminal } from './terminal.js';
import { token } from './token.js';

const commands: readonly Command[] = [token, password, rebuild, move, facilities, secureStore];

/** Exit codes: 0 done, 1 refused or failed, 2 used wrongly. */
export type ExitCode = 0 | 1 | 2;

/** Runs the command that the words name, with the same environment as the application. */
export async function run(
  [name, ...args]: readonly string[],
  terminal: Terminal,
  environment: NodeJS.ProcessEnv,
): Promise<ExitCode> {
  if (name === undefined || name === 'help' || name === '--help') {
    terminal.out(usage(commands));
    return name === undefined ? 2 : 0;
  }
  const command = commands.find((it) => it.name === name);
  try {
    if (command === undefined) throw new UsageFault(`「${name}」という操作はありません。`);
    await command.run(args, terminal, readConfig(environment), environment);
    return 0;
  } catch (fault) {
    if (fault instanceof UsageFault) {
      terminal.err(fault.message);
      terminal.err(usage(command === undefined ? commands : [command]));
      return 2;
    }
    terminal.err(said(fault));
    return 1;
  }
}

function usage(of: readonly Command[]): string {
  return [
    '使い方:',
    ...of.flatMap((it) => it.usage.map((line) => `  npm run cli -- ${line}`)),
  ].join('\n');
}

/** What a person can act on is said in his words; anything else is a fault of the program, with its trace. */
function said(fault: unknown): string {
  if (fault instanceof Refusal || fault instanceof DatabaseFault)
    return `${fault.message}（${fault.code}）`;
  if (fault instanceof StoreUnavailable)
    return `保存先に接続できません。${fault.message}（store/unavailable）`;
  if (fault instanceof ConfigRefused) return fault.message;
  return fault instanceof Error ? (fault.stack ?? fault.message) : String(fault);
}
