import type { Finding } from '../../entries/domain/finding.js';

/** What a counter may tell a person (domain § 7). */
export type CounterVerdict = 'usable' | 'conditional' | 'check' | 'unusable';

export const verdictWords: Readonly<Record<CounterVerdict, string>> = {
  usable: '使えます',
  conditional: '条件つき',
  check: '確認が必要',
  unusable: '使えません',
};

/** From what helps a person least to what helps most. */
const rank: Readonly<Record<CounterVerdict, number>> = {
  unusable: 0,
  check: 1,
  conditional: 2,
  usable: 3,
};

/**
 * An answer as the counter gives it. Whatever is not certain is 確認が必要: an open finding, and one
 * that an entry waiting for approval would change.
 * @param conditional a yes holds, at least in one possibility, only under a condition
 */
export function counterVerdict(
  { answer }: Pick<Finding, 'answer'>,
  { pending, conditional }: { readonly pending: boolean; readonly conditional: boolean },
): CounterVerdict {
  if (pending || answer === 'undetermined') return 'check';
  if (answer === 'no') return 'unusable';
  return conditional ? 'conditional' : 'usable';
}

/** Above 0 where the first helps more than the second. */
export function helpsMore(a: CounterVerdict, b: CounterVerdict): number {
  return rank[a] - rank[b];
}

/** The one that helps most; undefined of none. */
export function bestOf(all: readonly CounterVerdict[]): CounterVerdict | undefined {
  return all.toSorted((a, b) => helpsMore(b, a))[0];
}
