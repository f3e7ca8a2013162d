import type { OnKnown } from '../../../projections/questions.js';
import type { ResolveParties } from '../resolve-parties.js';

/** The parties that a question names, each under its own word; those it does not name are left out. */
export async function partiesAsked<W extends string>(
  parties: ResolveParties,
  named: Readonly<Record<W, string | undefined>>,
  times: OnKnown,
): Promise<Partial<Record<W, string>>> {
  const found: Partial<Record<W, string>> = {};
  for (const [word, text] of Object.entries<string | undefined>(named)) {
    if (text === undefined) continue;
    found[word as W] = await parties.get(text, word, times);
  }
  return found;
}
