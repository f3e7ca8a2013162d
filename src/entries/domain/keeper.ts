import type { StreamKind } from './act-type.js';
import type { RegisterEvent } from './event.js';

/** What a body states of itself, on its own party stream, by its own registrar and approver. */
const ownWord: ReadonlySet<string> = new Set([
  'CoverageStated',
  'OfficeChanged',
  'FiguresPublished',
  'TermsOfUseSet',
]);

/** 所管団体: the body that a stream's first event names; the operator keeps parties and the register. */
export function keeperOf(kind: StreamKind, first: RegisterEvent, operator: string): string {
  const { keeper, owner, receiver } = first.data as Readonly<Record<string, string | undefined>>;
  switch (kind) {
    case 'agreement':
      return keeper ?? operator;
    case 'facility':
      return owner ?? operator;
    case 'proposal':
      return receiver ?? operator;
    case 'party':
    case 'register':
      return operator;
  }
}

/** Whether an entry on a party's stream is that body's own word (domain § 8 "Who writes"). */
export function isOwnWord(kind: StreamKind, types: readonly string[]): boolean {
  return kind === 'party' && types.length > 0 && types.every((it) => ownWord.has(it));
}
