/** What is made once of each combination of words, and looked up without a word for all of them. */
export class Remembered<Of extends readonly string[], T> {
  private readonly root = new Map<string, unknown>();

  constructor(private readonly make: (...of: Of) => T) {}

  of(...of: Of): T {
    let level = this.root;
    for (let i = 0; i < of.length - 1; i += 1) {
      const word = of[i]!;
      const next = level.get(word) as Map<string, unknown> | undefined;
      if (next !== undefined) {
        level = next;
        continue;
      }
      const made = new Map<string, unknown>();
      level.set(word, made);
      level = made;
    }
    const last = of[of.length - 1]!;
    const known = level.get(last) as T | undefined;
    if (known !== undefined) return known;
    const made = this.make(...of);
    level.set(last, made);
    return made;
  }
}
