import { parseArgs } from 'node:util';

import { UsageFault } from './command.js';

/**
 * Reads `--name value` options; each is required unless it has a default. Positional words and unknown
 * options are refused. @throws UsageFault
 */
export function readOptions<N extends string>(
  args: readonly string[],
  names: Readonly<Record<N, { readonly default?: string }>>,
): Readonly<Record<N, string>> {
  const known = Object.keys(names) as N[];
  const options = Object.fromEntries(known.map((it) => [it, { type: 'string' as const }]));
  const given = parsed(args, options);
  const read = known.map((name) => {
    const value = given[name] ?? names[name].default;
    if (value === undefined || value.trim() === '') {
      throw new UsageFault(`--${name} を指定してください。`);
    }
    return [name, value] as const;
  });
  return Object.fromEntries(read) as Record<N, string>;
}

function parsed(args: readonly string[], options: Record<string, { type: 'string' }>) {
  try {
    return parseArgs({ args: [...args], options, strict: true }).values;
  } catch (fault) {
    const [unreadable] = fault instanceof Error ? fault.message.split('.') : [];
    throw new UsageFault(`読めない引数があります（${unreadable}）。`, { cause: fault });
  }
}
