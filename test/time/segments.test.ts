import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import {
  type Segments,
  always,
  at,
  overlay,
  segmentAt,
  segmentsFrom,
} from '../../src/time/segments.js';

const dates = fc.integer({ min: -20, max: 20 });
const breaks = fc.array(dates, { maxLength: 8 });
const contents = fc.array(fc.constantFrom('a', 'b', 'c'), { minLength: 9, maxLength: 9 });
const changes = fc.tuple(breaks, contents);
const days = [-Infinity, ...Array.from({ length: 51 }, (_, i) => i - 25), Infinity];
const is = (a: string, b: string) => a === b;

/** The content after as many changes as there are up to the day. */
const contentOn =
  ([breaks, contents]: readonly [number[], string[]]) =>
  (day: number): string =>
    contents[breaks.filter((it) => it <= day).length] ?? '';

const segmentsOf = (changes: [number[], string[]]) =>
  segmentsFrom(changes[0], contentOn(changes), is);

function expectCrisp<T>(segments: Segments<T>): void {
  expect(segments[0]?.from).toBe(-Infinity);
  expect(segments.at(-1)?.to).toBe(Infinity);
  for (const [i, segment] of segments.entries()) {
    expect(segment.from).toBeLessThan(segment.to);
    const next = segments[i + 1];
    if (!next) continue;
    expect(next.from).toBe(segment.to);
    expect(next.content).not.toEqual(segment.content);
  }
}

describe('segments of days', () => {
  test('are sorted, without gap, and no two neighbours are the same', () => {
    fc.assert(fc.property(changes, (it) => expectCrisp(segmentsOf(it))));
  });

  test('hold on every day what holds on that day', () => {
    fc.assert(
      fc.property(changes, (it) => {
        const segments = segmentsOf(it);
        for (const day of days) expect(at(segments, day)).toBe(contentOn(it)(day));
      }),
    );
  });

  test('laid over each other hold on every day both contents', () => {
    fc.assert(
      fc.property(changes, changes, (a, b) => {
        const both = overlay(segmentsOf(a), segmentsOf(b), (x, y) => x + y);
        expectCrisp(both);
        for (const day of days) expect(at(both, day)).toBe(contentOn(a)(day) + contentOn(b)(day));
      }),
    );
  });

  test('laid over each other are merged where the outcome is the same by the given measure', () => {
    const a = segmentsFrom([5], (day) => day >= 5, Object.is);
    const pairs = overlay(
      a,
      always('x'),
      () => ({ same: true }),
      (p, q) => p.same === q.same,
    );
    expect(pairs).toEqual(always({ same: true }));
  });

  test('begin on the day of a change: the day before has the old content', () => {
    const service = segmentsFrom([17_226], (day) => (day >= 17_226 ? 'open' : 'closed'), is);
    expect(service).toEqual([
      { from: -Infinity, to: 17_226, content: 'closed' },
      { from: 17_226, to: Infinity, content: 'open' },
    ]);
    expect(at(service, 17_225)).toBe('closed');
    expect(segmentAt(service, 17_226)).toEqual(service[1]);
  });

  test('take no note of a change without a day', () => {
    expect(segmentsFrom([-Infinity, Infinity], () => 1, Object.is)).toEqual(always(1));
  });

  test('are never none', () => {
    expect(() => at([], 0)).toThrow(RangeError);
  });
});
