import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import {
  distance,
  nearOffices,
  type Office,
} from '../../projections/agreement-graph/near-offices.js';

/** Offices of the eight cities, as localgovjp has them, to two digits. */
const eight: readonly Office[] = [
  { id: '横浜市', latitude: 35.45, longitude: 139.64 },
  { id: '川崎市', latitude: 35.53, longitude: 139.7 },
  { id: '横須賀市', latitude: 35.28, longitude: 139.67 },
  { id: '鎌倉市', latitude: 35.32, longitude: 139.55 },
  { id: '藤沢市', latitude: 35.34, longitude: 139.49 },
  { id: '逗子市', latitude: 35.3, longitude: 139.58 },
  { id: '大和市', latitude: 35.49, longitude: 139.46 },
  { id: '町田市', latitude: 35.55, longitude: 139.44 },
];

const named = (pairs: ReturnType<typeof nearOffices>) =>
  pairs.map(({ a, b }) => [a, b].toSorted().join(' ')).toSorted();

describe('neighbours by their offices', () => {
  test('逗子市 lies next to 鎌倉市 and 横須賀市, 町田市 next to 大和市', () => {
    const pairs = named(nearOffices(eight, 50));
    expect(pairs).toEqual(
      expect.arrayContaining(['逗子市 鎌倉市', '大和市 町田市', '藤沢市 鎌倉市']),
    );
    expect(pairs).toContain(['横須賀市', '逗子市'].toSorted().join(' '));
    expect(pairs).not.toContain(['町田市', '逗子市'].toSorted().join(' '));
  });

  test('a distance is that along the earth, in kilometres', () => {
    const tokyo = { id: '東京', latitude: 35.6895, longitude: 139.6917 };
    const osaka = { id: '大阪', latitude: 34.6937, longitude: 135.5023 };
    expect(distance(tokyo, osaka)).toBeGreaterThan(395);
    expect(distance(tokyo, osaka)).toBeLessThan(405);
    expect(distance(tokyo, tokyo)).toBe(0);
  });

  test('nobody is next to somebody farther away than asked', () => {
    expect(nearOffices(eight, 1)).toEqual([]);
    for (const { km } of nearOffices(eight, 12)) expect(km).toBeLessThanOrEqual(12);
  });

  test('none, one and two offices', () => {
    expect(nearOffices([], 50)).toEqual([]);
    expect(nearOffices(eight.slice(0, 1), 50)).toEqual([]);
    expect(named(nearOffices(eight.slice(0, 2), 50))).toEqual([
      ['横浜市', '川崎市'].toSorted().join(' '),
    ]);
  });

  test('they are those between whom a search through all offices finds no third', () => {
    const office = fc.record({
      latitude: fc.integer({ min: 24_0000, max: 45_5000 }).map((it) => it / 10_000),
      longitude: fc.integer({ min: 123_0000, max: 145_8000 }).map((it) => it / 10_000),
    });
    fc.assert(
      fc.property(
        fc.uniqueArray(office, { minLength: 2, maxLength: 25, selector: placeOf }),
        (all) => {
          const offices = all.map((it, i) => ({ id: String(i).padStart(2, '0'), ...it }));
          fc.pre(!offices.some((a) => offices.some((b) => a !== b && onCircle(offices, a, b))));
          expect(named(nearOffices(offices, Infinity))).toEqual(searched(offices));
        },
      ),
      { numRuns: 200 },
    );
  });
});

function placeOf({ latitude, longitude }: { latitude: number; longitude: number }): string {
  return `${latitude} ${longitude}`;
}

const spot = ({ latitude, longitude }: Office) => {
  const [phi, lambda] = [(latitude * Math.PI) / 180, (longitude * Math.PI) / 180];
  return [
    Math.cos(phi) * Math.cos(lambda),
    Math.cos(phi) * Math.sin(lambda),
    Math.sin(phi),
  ] as const;
};

/** The cosine-like measure of the angle under which the third sees the two. */
function seen(a: Office, b: Office, third: Office): number {
  const [p, q, r] = [spot(a), spot(b), spot(third)];
  return p.reduce((sum, it, i) => sum + (it - r[i]!) * (q[i]! - r[i]!), 0);
}

/** Too close to call for floating point. */
function onCircle(offices: readonly Office[], a: Office, b: Office): boolean {
  return offices.some((it) => it !== a && it !== b && Math.abs(seen(a, b, it)) < 1e-12);
}

function searched(offices: readonly Office[]): readonly string[] {
  return offices
    .flatMap((a) =>
      offices
        .filter((b) => a.id < b.id)
        .filter((b) => !offices.some((it) => it !== a && it !== b && seen(a, b, it) < 0))
        .map((b) => `${a.id} ${b.id}`),
    )
    .toSorted();
}
