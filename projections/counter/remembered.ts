/** What is made once of each combination of words. */
export class Remembered<Of extends readonly string[], T> {
  private readonly made = new Map<string, T>();

  constructor(private readonly make: (...of: Of) => T) {}

  of(...of: Of): T {
    const key = of.join('\n');
    const made = this.made.get(key) ?? this.make(...of);
    this.made.set(key, made);
    return made;
  }
}
