export interface Interpolated {
  readonly text: string;
  /** Names that have neither a value nor a default, with the message that the file gives for them. */
  readonly missing: readonly string[];
  /** Names that the text uses without a default and without saying that they are required. */
  readonly careless: readonly string[];
}

type Environment = Readonly<Record<string, string>>;

/** `$$`, `$NAME`, or the opening of `${NAME…}`; anything else after a dollar is a fault. */
const opening = /\$(?:(\$)|([A-Za-z_]\w*)|\{([A-Za-z_]\w*)(:?[-?+])?|)/y;

/**
 * Puts values in the place of variables as the Compose specification says: `${NAME:-default}`,
 * `${NAME:?message}`, `${NAME:+instead}`, without the colon also for an empty value, and nested ones.
 * @throws SyntaxError
 */
export function interpolate(text: string, environment: Environment): Interpolated {
  const missing: string[] = [];
  const careless: string[] = [];
  let at = 0;

  const readTo = (end: string | undefined): string => {
    let out = '';
    while (at < text.length && text[at] !== end) {
      if (text[at] === '$') {
        out += variable();
      } else {
        out += text[at];
        at += 1;
      }
    }
    return out;
  };

  const variable = (): string => {
    opening.lastIndex = at;
    const [all = '', dollar, bare, braced, operator] = opening.exec(text) ?? [];
    if (all === '$') throw new SyntaxError(`a dollar that begins no variable: ${text.slice(at)}`);
    at += all.length;
    if (dollar !== undefined) return '$';
    if (bare !== undefined) return valueOf(bare, undefined, '');
    const argument = operator === undefined ? '' : readTo('}');
    if (text[at] !== '}') throw new SyntaxError(`an open brace after ${braced}`);
    at += 1;
    return valueOf(String(braced), operator, argument);
  };

  const valueOf = (name: string, operator: string | undefined, argument: string): string => {
    const value = environment[name];
    const there = value !== undefined && (value !== '' || !operator?.startsWith(':'));
    switch (operator?.at(-1)) {
      case '-':
        return there ? value : argument;
      case '+':
        return there ? argument : '';
      case '?':
        if (!there) missing.push(`${name}: ${argument}`);
        return value ?? '';
      default:
        careless.push(name);
        return value ?? '';
    }
  };

  return { text: readTo(undefined), missing, careless };
}
