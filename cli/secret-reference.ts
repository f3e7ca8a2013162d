import { readFileSync } from 'node:fs';

import { refuse } from '../src/entries/domain/refusal.js';
import { UsageFault } from './command.js';

/**
 * The value that an option refers to: `env:NAME` or `file:/path`, without the line's end. A secret on
 * the command line would stand in the list of processes and in the shell's history, so one is refused
 * and never repeated.
 * @throws UsageFault for anything but a reference, Refusal `secret/missing`
 */
export function readSecret(
  option: string,
  reference: string,
  environment: NodeJS.ProcessEnv,
): string {
  const value = readReference(option, reference, environment);
  if (value !== undefined) return value;
  throw new UsageFault(
    `${option} には秘密そのものを書かず、env:環境変数名 か file:/パス で指定してください。書かれた値は、ほかの利用者から見えるおそれがあるので、使う前に替えてください。`,
  );
}

/** The same for a value that may stand there itself: undefined where the text is no reference. */
export function readReference(
  option: string,
  text: string,
  environment: NodeJS.ProcessEnv,
): string | undefined {
  const [, kind, name = ''] = /^(env|file):(.+)$/s.exec(text) ?? [];
  if (kind === undefined) return undefined;
  const value = kind === 'env' ? environment[name] : contents(name);
  const line = value?.replace(/\r?\n$/, '') ?? '';
  if (line !== '') return line;
  const place = kind === 'env' ? `環境変数 ${name}` : `ファイル ${name}`;
  return refuse(
    'malformed',
    'secret/missing',
    `${option} の指す${place}がないか、読めないか、空です。`,
  );
}

function contents(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
