import type { Country } from '../../support/national/country.js';
import { eightCities } from '../../support/national/country.js';
import type { Random } from '../../support/national/random.js';

/** A question put at random over all municipalities, fields and days, and what is wanted of it. */
export interface Question {
  readonly name: string;
  /** Path and query, drawn anew for each request. */
  readonly path: (country: Country, random: Random) => string;
  /** Its p99 at most so many times the bare route's. */
  readonly mostTimes: number;
  /** Saturated at least so many times the bare route's throughput; undefined where only reported. */
  readonly leastShare?: number;
}

const purposes = ['図書館', '公共施設相互利用', '保育'] as const;
const fields = [
  '災害時相互応援',
  '図書館',
  '公共施設相互利用',
  '上下水道',
  '広域連携',
  '環境・エネルギー',
] as const;

export const questions: readonly Question[] = [
  {
    name: 'counter',
    mostTimes: 4,
    leastShare: 0.3,
    path: (country, random) => atCounter(country, random, day(random)),
  },
  {
    // Whoever stands at a counter asks about today and the weeks to come.
    name: 'counter, within thirty days',
    mostTimes: 4,
    leastShare: 0.3,
    path: (country, random) => atCounter(country, random, isoDay(random, [2026, 10, 26], 30)),
  },
  {
    name: 'neighbourhood',
    mostTimes: 8,
    path: (country, random) =>
      asked('graph/neighbourhood', {
        of: random.pick(country.bodies).id,
        field: random.pick(fields),
        on: day(random),
      }),
  },
  { name: 'why', mostTimes: 8, path: (country, random) => bound(country, random, 0.8) },
];

/** She lives anywhere, and one in two works anywhere else. */
function atCounter(country: Country, random: Random, on: string): string {
  const [lives, works] = [random.pick(country.bodies), random.pick(country.bodies)];
  const place = random.chance(0.5) ? { lives: lives.id } : { lives: lives.id, works: works.id };
  return asked('counter', { ...place, purpose: random.pick(purposes), on });
}

/** 8市連携市長会議 by field: `GET /api/graph/matrix`. */
export function matrixPath(country: Country, random: Random): string {
  const parties = eightCities.map((name) => country.bodies.find((it) => it.name === name)!.id);
  const field = random.pick(fields);
  return asked('graph/matrix', { parties: parties.join(','), field, on: day(random) });
}

/** Whether one body owes another: mostly neighbours, of whom papers speak. */
function bound(country: Country, random: Random, near: number): string {
  const from = random.pick(country.bodies);
  const to = random.chance(near)
    ? country.neighbours(from)[random.below(15)]!
    : random.pick(country.bodies.filter((it) => it.id !== from.id));
  return asked('bound', { from: from.id, to: to.id, field: random.pick(fields), on: day(random) });
}

/** Ten years of days and more: no answer is asked for twice by chance. */
function day(random: Random): string {
  return isoDay(random, [2012, 0, 1], 5_000);
}

/** @param first the first of the days: year, month from 0, day */
function isoDay(random: Random, first: readonly [number, number, number], days: number): string {
  return new Date(Date.UTC(...first) + random.below(days) * 86_400_000).toISOString().slice(0, 10);
}

function asked(route: string, of: Readonly<Record<string, string>>): string {
  return `/api/${route}?${new URLSearchParams(of).toString()}`;
}
