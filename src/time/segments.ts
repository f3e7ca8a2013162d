/** Days `from` up to, and without, `to`: CivilDates, or -Infinity and Infinity. */
export interface Segment<T> {
  readonly from: number;
  readonly to: number;
  readonly content: T;
}

/** Sorted, without gap or overlap, from -Infinity to Infinity; at least one segment. */
export type Segments<T> = readonly Segment<T>[];

/**
 * Segments of a content that changes at most on the given days (any order, repeats allowed).
 * `contentAt` is asked on each such day, and on -Infinity for what is before the first. Neighbours
 * whose contents are the `same` become one.
 */
export function segmentsFrom<T>(
  breaks: readonly number[],
  contentAt: (day: number) => T,
  same: (a: T, b: T) => boolean,
): Segments<T> {
  const days = [...new Set(breaks.filter(Number.isFinite))].sort((a, b) => a - b);
  const starts: { from: number; content: T }[] = [];
  for (const from of [-Infinity, ...days]) {
    const content = contentAt(from);
    const before = starts.at(-1);
    if (!before || !same(before.content, content)) starts.push({ from, content });
  }
  return starts.map(({ from, content }, i) => ({
    from,
    to: starts[i + 1]?.from ?? Infinity,
    content,
  }));
}

/** The same content on every day. */
export function always<T>(content: T): Segments<T> {
  return [{ from: -Infinity, to: Infinity, content }];
}

/** The segment that holds the day. */
export function segmentAt<T>(segments: Segments<T>, day: number): Segment<T> {
  let low = 0;
  let high = segments.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((segments[middle]?.from ?? Infinity) <= day) low = middle;
    else high = middle - 1;
  }
  const found = segments[low];
  if (!found) throw new RangeError('segments cover every day, and there are none');
  return found;
}

/** The content on the day. */
export function at<T>(segments: Segments<T>, day: number): T {
  return segmentAt(segments, day).content;
}

/** Day by day, what `combine` makes of both contents. Equal neighbours become one segment. */
export function overlay<A, B, C>(
  a: Segments<A>,
  b: Segments<B>,
  combine: (a: A, b: B) => C,
  same: (a: C, b: C) => boolean = Object.is,
): Segments<C> {
  const breaks = [...a, ...b].map((segment) => segment.from);
  return segmentsFrom(breaks, (day) => combine(at(a, day), at(b, day)), same);
}
