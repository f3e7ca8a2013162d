import { expect } from 'vitest';

import { Refusal } from '../../src/entries/domain/refusal.js';

/** given(what stands).when(somebody decides).gives(…) or .refused(…): one grammar for decisions. */
export function given<T>(subject: T) {
  return { when: <R>(decide: (it: T) => R) => new Outcome(() => decide(subject)) };
}

class Outcome<R> {
  constructor(private readonly run: () => R) {}

  /** It is decided, and this is what comes of it. */
  gives(expected: unknown): void {
    expect(this.run()).toEqual(expected);
  }

  /** It is decided, and what comes of it has at least these members. */
  givesSome(expected: object): void {
    expect(this.run()).toMatchObject(expected);
  }

  /** It is refused by that stable code; faults name these fields, when fields are named. */
  refused(code: string, ...fields: readonly string[]): void {
    const refusal = this.refusal();
    expect(refusal.code).toBe(code);
    if (fields.length > 0) expect(refusal.faults.map((it) => it.field)).toEqual(fields);
  }

  /** The refusal itself, to look at its Japanese sentence. */
  refusal(): Refusal {
    try {
      this.run();
    } catch (failure) {
      if (failure instanceof Refusal) return failure;
      throw failure;
    }
    throw new Error('decided, where a refusal was expected');
  }
}
