import type { Parts } from './part-rows.js';
import type { Part, PartSegment } from './unfold.js';

type Segments = readonly PartSegment<unknown>[];

/** Parts that are unfolded when they are asked for, each once. */
export class UnfoldedParts implements Parts {
  private readonly parts: ReadonlyMap<string, Part<unknown>>;
  private readonly made = new Map<string, Segments>();

  constructor(
    parts: readonly Part<unknown>[],
    private readonly unfold: (part: Part<unknown>) => Segments,
  ) {
    this.parts = new Map(parts.map((it) => [it.key, it]));
  }

  keys(): Iterable<string> {
    return this.parts.keys();
  }

  has(key: string): boolean {
    return this.parts.has(key);
  }

  get(key: string): Segments | undefined {
    const part = this.parts.get(key);
    if (part === undefined) return undefined;
    const segments = this.made.get(key) ?? this.unfold(part);
    this.made.set(key, segments);
    return segments;
  }

  *[Symbol.iterator](): Generator<[string, Segments], void, undefined> {
    for (const key of this.parts.keys()) yield [key, this.get(key) ?? []];
  }
}
