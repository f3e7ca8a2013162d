import type { Stamp } from './stamp.js';

/** Answers by everything they depend on, as text: the same question at the same n has one answer. */
export class Answers {
  private readonly kept = new Map<string, string>();
  private characters = 0;

  constructor(private readonly most = 32_000_000) {}

  /** The rest of the answer, behind its stamp, as JSON text. */
  async of(key: string, answer: () => Promise<object>): Promise<string> {
    const found = this.kept.get(key);
    if (found !== undefined) {
      this.kept.delete(key);
      this.kept.set(key, found);
      return found;
    }
    const text = JSON.stringify(await answer());
    this.kept.set(key, text);
    this.characters += key.length + text.length;
    for (const [oldest, value] of this.kept) {
      if (this.characters <= this.most) break;
      this.kept.delete(oldest);
      this.characters -= oldest.length + value.length;
    }
    return text;
  }
}

/** The whole answer as JSON text: the stamp, which says whether n is settled by now, and the rest. */
export function stamped(stamp: Stamp, rest: string): string {
  const head = JSON.stringify(stamp);
  return rest === '{}' ? head : `${head.slice(0, -1)},${rest.slice(1)}`;
}
