import { Delaunay } from 'd3-delaunay';

/** Where a body has its office, in degrees. */
export interface Office {
  readonly id: string;
  readonly latitude: number;
  readonly longitude: number;
}

export interface NearPair {
  readonly a: string;
  readonly b: string;
  /** Between the offices, in kilometres along the earth. */
  readonly km: number;
}

const EARTH_KM = 6371;

/**
 * Pairs of bodies that lie next to each other, judged by their offices alone: no third office lies
 * within the circle of which the line between the two is the diameter (Gabriel's neighbours, a part of
 * the Delaunay triangulation). An estimate: borders are not on record. Sorted by ids.
 * @param within the longest distance, in kilometres
 */
export function nearOffices(offices: readonly Office[], within: number): readonly NearPair[] {
  const placed = offices.toSorted((a, b) => (a.id < b.id ? -1 : 1));
  const spots = placed.map(onSphere);
  const delaunay = Delaunay.from(spots.map(onPlane));
  const found: NearPair[] = [];
  for (const [i, a] of placed.entries()) {
    for (const j of delaunay.neighbors(i)) {
      const b = placed[j];
      if (j <= i || b === undefined) continue;
      const km = distance(a, b);
      const third = [...delaunay.neighbors(i)].some(
        (k) => k !== j && between(spots[i]!, spots[j]!, spots[k]!),
      );
      if (km <= within && !third) found.push({ a: a.id, b: b.id, km });
    }
  }
  return found.sort((x, y) => (`${x.a} ${x.b}` < `${y.a} ${y.b}` ? -1 : 1));
}

type Spot = readonly [x: number, y: number, z: number];

function onSphere({ latitude, longitude }: Office): Spot {
  const [phi, lambda] = [radians(latitude), radians(longitude - 138)];
  return [Math.cos(phi) * Math.cos(lambda), Math.cos(phi) * Math.sin(lambda), Math.sin(phi)];
}

/** Stereographic about 36°N 138°E: circles stay circles, so that the triangulation is the sphere's. */
function onPlane([x, y, z]: Spot): [number, number] {
  const [sin, cos] = [Math.sin(radians(36)), Math.cos(radians(36))];
  const away = 1 + sin * z + cos * x;
  return [y / away, (cos * z - sin * x) / away];
}

/** Whether the third is seen from under more than a right angle over the two. */
function between(a: Spot, b: Spot, third: Spot): boolean {
  const dot = a.reduce((sum, it, i) => sum + (it - third[i]!) * (b[i]! - third[i]!), 0);
  return dot < 0;
}

/** Great-circle distance by the haversine formula. */
export function distance(a: Office, b: Office): number {
  const [phi, other] = [radians(a.latitude), radians(b.latitude)];
  const half = (angle: number) => Math.sin(angle / 2) ** 2;
  const h =
    half(other - phi) + Math.cos(phi) * Math.cos(other) * half(radians(b.longitude - a.longitude));
  return 2 * EARTH_KM * Math.asin(Math.min(1, Math.sqrt(h)));
}

function radians(degrees: number): number {
  return (degrees * Math.PI) / 180;
}
