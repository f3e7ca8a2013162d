import type { Effect } from './effect.js';

/** The effects of one reading, and which of them comes before which. */
export interface Placing {
  /** In one order that the dates, the presumptions and the papers allow. */
  readonly effects: readonly Effect[];
  /** Whether it is presumed (`in-order`) that the one follows the other, both on open days. */
  presumed(later: Effect, earlier: Effect): boolean;
  /** Whether one comes after the other, directly or through others; neither way: it is open. */
  after(later: Effect, earlier: Effect): boolean;
  /** What is made of some of the effects: days and parts by the hundred ask for the same again. */
  once<T>(what: string, of: readonly Effect[], make: () => T): T;
}

type Link = readonly [later: Effect, earlier: Effect];

/**
 * Places effects: by their dates; on one day, and where partial days overlap, by what builds on
 * what, then by the order that the paper states (domain § 4 "Fold"). Where these run in a circle
 * the dates stand, and what contradicts them is not presumed: first the paper's order goes, then
 * the presumed one. Ties go by id, never by the register number.
 */
export function place(all: readonly Effect[]): Placing {
  const effects = all.toSorted(byDays);
  const { built, stated } = linksAmong(effects);
  const whole = lineUp(effects, [...built, ...stated]);
  if (whole !== null) return placing(whole, built, stated);
  const dated = lineUp(effects, built);
  return dated === null ? placing(effects, [], []) : placing(dated, built, []);
}

/** Ends before the other begins; what always held comes before all that began on some day. */
export function before(a: Effect, b: Effect): boolean {
  return a.range.to < b.range.from || (a.range.to === -Infinity && b.range.to !== -Infinity);
}

function byDays(a: Effect, b: Effect): number {
  if (a.range.from !== b.range.from) return a.range.from < b.range.from ? -1 : 1;
  if (a.range.to !== b.range.to) return a.range.to < b.range.to ? -1 : 1;
  if (a.key !== b.key) return a.key < b.key ? -1 : 1;
  return a.kind < b.kind ? -1 : 1;
}

function linksAmong(effects: readonly Effect[]) {
  const [built, stated]: [Link[], Link[]] = [[], []];
  effects.forEach((a, i) => {
    for (let j = i + 1; j < effects.length; j++) {
      const b = effects[j]!;
      if (b.range.from > a.range.to) break;
      if (before(a, b)) continue;
      if (a.follows(b)) built.push([a, b]);
      else if (b.follows(a)) built.push([b, a]);
      else if (paperPuts(a, b)) stated.push([b, a]);
      else if (paperPuts(b, a)) stated.push([a, b]);
    }
  });
  return { built, stated };
}

function paperPuts({ event: first }: Effect, { event: second }: Effect): boolean {
  if (first.entry === undefined || first.entry !== second.entry) return false;
  return first.order !== undefined && second.order !== undefined && first.order < second.order;
}

/** The effects in an order that the links allow as well; null where they run in a circle. */
export function lineUp(effects: readonly Effect[], links: readonly Link[]): Effect[] | null {
  if (links.length === 0) return [...effects];
  const at = new Map(effects.map((it, i) => [it, i]));
  if (links.every(([later, earlier]) => at.get(earlier)! < at.get(later)!)) return [...effects];
  const linked = links.map(([later, earlier]) => [at.get(later)!, at.get(earlier)!] as const);
  const order = arranged(effects.length, [...following(effects, dated), ...linked]);
  return order?.map((it) => effects[it]!) ?? null;
}

function dated(later: Effect, earlier: Effect): boolean {
  return before(earlier, later);
}

/** Two places in a list: what stands in the one must follow what stands in the other. */
export type Follows = readonly [later: number, earlier: number];

/** Every pair of which one must follow the other, by their places. */
export function following(
  effects: readonly Effect[],
  mustFollow: (later: Effect, earlier: Effect) => boolean,
): readonly Follows[] {
  const found: Follows[] = [];
  effects.forEach((later, i) => {
    effects.forEach((earlier, j) => {
      if (i !== j && mustFollow(later, earlier)) found.push([i, j]);
    });
  });
  return found;
}

/**
 * So many places in an order in which each comes after those it must follow, of those that could be
 * next always the first; null where that is a circle.
 */
export function arranged(
  count: number,
  ...follows: readonly (readonly Follows[])[]
): number[] | null {
  const waits = new Uint32Array(count);
  const followers: number[][] = Array.from({ length: count }, () => []);
  for (const [later, earlier] of follows.flat()) {
    waits[later]! += 1;
    followers[earlier]!.push(later);
  }
  const order: number[] = [];
  while (order.length < count) {
    const next = waits.indexOf(0);
    if (next < 0) return null;
    order.push(next);
    waits[next] = TAKEN;
    for (const it of followers[next]!) waits[it]! -= 1;
  }
  return order;
}

const TAKEN = 0xffff_ffff;

/** Of one placing; beyond it what was made is forgotten. */
const MOST_MADE = 1_000;

function placing(
  effects: readonly Effect[],
  built: readonly Link[],
  stated: readonly Link[],
): Placing {
  const links = [...built, ...stated];
  const presumed = earlierOf(built);
  let closure: Map<Effect, Set<Effect>> | undefined;
  let places: Map<Effect, number> | undefined;
  const made = new Map<string, unknown>();
  return {
    effects,
    presumed: (later: Effect, earlier: Effect) => presumed.get(later)?.has(earlier) === true,
    after(later: Effect, earlier: Effect) {
      if (links.length === 0) return before(earlier, later);
      closure ??= closed(effects, links);
      return closure.get(later)?.has(earlier) === true;
    },
    once<T>(what: string, of: readonly Effect[], make: () => T): T {
      const at = (places ??= new Map(effects.map((it, i) => [it, i])));
      const key = `${what} ${of.map((it) => at.get(it)).join()}`;
      if (made.has(key)) return made.get(key) as T;
      if (made.size >= MOST_MADE) made.clear();
      const found = make();
      made.set(key, found);
      return found;
    },
  };
}

/** For each effect all that come before it; the effects stand in a lawful order already. */
function closed(effects: readonly Effect[], links: readonly Link[]): Map<Effect, Set<Effect>> {
  const linked = earlierOf(links);
  const closure = new Map<Effect, Set<Effect>>();
  effects.forEach((later, i) => {
    const all = new Set<Effect>();
    for (const earlier of effects.slice(0, i)) {
      if (!before(earlier, later) && linked.get(later)?.has(earlier) !== true) continue;
      all.add(earlier);
      for (const it of closure.get(earlier) ?? []) all.add(it);
    }
    closure.set(later, all);
  });
  return closure;
}

/** The earlier ones of links by the later one. */
function earlierOf(links: readonly Link[]): ReadonlyMap<Effect, ReadonlySet<Effect>> {
  const found = new Map<Effect, Set<Effect>>();
  for (const [later, earlier] of links) {
    const mine = found.get(later);
    if (mine === undefined) found.set(later, new Set([earlier]));
    else mine.add(earlier);
  }
  return found;
}
