import { parseArgs } from 'node:util';

import { UsageFault } from './command.js';

/**
 * Reads `--name value` options; each is required unless it has a default, which may be empty for one
 * that can be left out. Positional words and unknown options are refused. @throws UsageFault
 */
export function readOptions<N extends string>(
  args: readonly string[],
  names: Readonly<Record<N, { readonly default?: string }>>,
): Readonly<Record<N, string>> {
  return readOptionsAndFlags(args, names, []).options;
}

/** The same with flags, `--name` without a value. @throws UsageFault */
export function readOptionsAndFlags<N extends string, F extends string>(
  args: readonly string[],
  names: Readonly<Record<N, { readonly default?: string }>>,
  flags: readonly F[],
): { readonly options: Readonly<Record<N, string>>; readonly flags: ReadonlySet<F> } {
  const known = Object.keys(names) as N[];
  const given = parsed(args, {
    ...Object.fromEntries(known.map((it) => [it, { type: 'string' as const }])),
    ...Object.fromEntries(flags.map((it) => [it, { type: 'boolean' as const }])),
  });
  const read = known.map((name) => {
    const value = given[name] ?? names[name].default;
    if (typeof value !== 'string' || (value.trim() === '' && names[name].default !== '')) {
      throw new UsageFault(`--${name} を指定してください。`);
    }
    return [name, value] as const;
  });
  return {
    options: Object.fromEntries(read) as Record<N, string>,
    flags: new Set(flags.filter((it) => given[it] === true)),
  };
}

function parsed(args: readonly string[], options: Record<string, { type: 'string' | 'boolean' }>) {
  try {
    return parseArgs({ args: [...args], options, strict: true }).values;
  } catch (fault) {
    const [unreadable] = fault instanceof Error ? fault.message.split('.') : [];
    throw new UsageFault(`読めない引数があります（${unreadable}）。`, { cause: fault });
  }
}
