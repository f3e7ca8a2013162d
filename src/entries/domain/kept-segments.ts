import type { Effect } from './effect.js';
import type { Numbered } from './event.js';
import type { Presuming } from './presumption.js';
import { memoryOf, sameItems } from './stream-memory.js';
import type { PartSegment } from './unfold.js';
import { ordered } from './ways.js';

interface Kept {
  readonly touching: readonly Effect[];
  readonly segments: readonly PartSegment<unknown>[];
}

/** The segments that were made last of each part of a stream, under one set of presumptions. */
export type KeptSegments = Map<string, Kept>;

export function keptSegmentsOf(events: readonly Numbered[], presume: Presuming): KeptSegments {
  const all = memoryOf(events, 'segments', () => new Map<Presuming, KeptSegments>());
  const kept: KeptSegments = all.get(presume) ?? new Map();
  all.set(presume, kept);
  return kept;
}

/**
 * The same segments, not only equal ones, while the same effects touch a part: most events touch one
 * or two parts. Where dates alone do not say in which order the effects begin, effects on other parts
 * may decide that, and they are made anew.
 * @param touching in the order in which they begin, each on a day that is known
 */
export function segmentsKept<C>(
  kept: KeptSegments,
  part: string,
  touching: readonly Effect[],
  make: () => readonly PartSegment<C>[],
): readonly PartSegment<C>[] {
  const found = kept.get(part);
  if (found !== undefined && same(found.touching, touching)) {
    return found.segments as readonly PartSegment<C>[];
  }
  const segments = make();
  if (ordered(touching)) kept.set(part, { touching, segments });
  return segments;
}

function same(before: readonly Effect[], now: readonly Effect[]): boolean {
  return before.length === now.length && before.every((it, i) => sameEffect(it, now[i]!));
}

function sameEffect(a: Effect, b: Effect): boolean {
  if (a === b) return true;
  return (
    a.event === b.event &&
    a.kind === b.kind &&
    a.key === b.key &&
    a.range.from === b.range.from &&
    a.range.to === b.range.to &&
    sameItems(a.presumed, b.presumed) &&
    sameItems(a.slots, b.slots)
  );
}
