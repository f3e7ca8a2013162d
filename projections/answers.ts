import { LeastLatelyUsed } from './kept/least-lately-used.js';
import type { Stamp } from './stamp.js';

/** Answers by everything they depend on, as text: the same question at the same n has one answer. */
export class Answers {
  private readonly kept: LeastLatelyUsed<string>;

  /** @param most characters of all that is remembered */
  constructor(most = 32_000_000) {
    this.kept = new LeastLatelyUsed(most);
  }

  /** The rest of the answer, behind its stamp, as JSON text. */
  async of(key: string, answer: () => Promise<object>): Promise<string> {
    const found = this.kept.get(key);
    if (found !== undefined) return found;
    const text = JSON.stringify(await answer());
    this.kept.set(key, text, key.length + text.length);
    return text;
  }
}

/** The whole answer as JSON text: the stamp, which says whether n is settled by now, and the rest. */
export function stamped(stamp: Stamp, rest: string): string {
  const head = JSON.stringify(stamp);
  return rest === '{}' ? head : `${head.slice(0, -1)},${rest.slice(1)}`;
}
