import type { Numbered } from './event.js';

/** By the first event of a stream, as long as anybody holds it. */
const memories = new WeakMap<Numbered, Map<string, unknown>>();

/**
 * Where what was made of a stream is kept for the next time. A stream is folded again for each of its
 * events and by each ledger, and most of what was made stays as it is. It only ever holds what a pure
 * function gave, beside all that it was given: nobody can tell by an answer whether it was kept.
 * One weak map for all: they are dear to the garbage collector.
 * @param empty what is kept at first under the name; it is filled in place
 */
export function memoryOf<T>(events: readonly Numbered[], name: string, empty: () => T): T {
  const [first] = events;
  if (first === undefined) return empty();
  let memory = memories.get(first);
  if (memory === undefined) memories.set(first, (memory = new Map()));
  let kept = memory.get(name);
  if (kept === undefined) memory.set(name, (kept = empty()));
  return kept as T;
}

/** Whether two lists hold the very same items. */
export function sameItems<T>(a: readonly T[], b: readonly T[]): boolean {
  return a === b || (a.length === b.length && a.every((it, i) => it === b[i]));
}
