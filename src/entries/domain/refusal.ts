/** What was wrong with one field: a stable code, where, what was read and what was expected. */
export interface Fault {
  /** Path of the field, `acts[0].parties[1].party`. */
  readonly field: string;
  readonly code: string;
  readonly read: string;
  /** What would have been accepted, in Japanese. */
  readonly expected: string;
}

/** Why a refusal refuses: it decides nothing here, the HTTP filter maps it to a status. */
export type RefusalKind = 'malformed' | 'conflict' | 'forbidden' | 'unknown' | 'stale';

/** A lawful no: a word of the domain with a stable code, a Japanese sentence and the fields at fault. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  constructor(
    readonly kind: RefusalKind,
    readonly code: string,
    message: string,
    readonly faults: readonly Fault[] = [],
  ) {
    super(message);
  }
}

/** Throws, so that a decision reads as a sentence: `signature ?? refuse(…)`. */
export function refuse(
  kind: RefusalKind,
  code: string,
  message: string,
  ...faults: readonly Fault[]
): never {
  throw new Refusal(kind, code, message, faults);
}

const LONGEST_QUOTE = 80;

/** What was read, shortened for an error message. */
export function quoted(raw: unknown): string {
  const text = typeof raw === 'string' ? raw : (JSON.stringify(raw) ?? 'undefined');
  const characters = Array.from(text);
  return characters.length > LONGEST_QUOTE
    ? `${characters.slice(0, LONGEST_QUOTE).join('')}…`
    : text;
}
