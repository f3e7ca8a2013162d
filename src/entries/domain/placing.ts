import type { Effect } from './effect.js';

/** The effects of one reading, and which of them comes before which. */
export interface Placing {
  /** In one order that the dates, the presumptions and the papers allow. */
  readonly effects: readonly Effect[];
  /** Whether it is presumed (`in-order`) that the one follows the other, both on open days. */
  presumed(later: Effect, earlier: Effect): boolean;
  /** Whether one comes after the other, directly or through others; neither way: it is open. */
  after(later: Effect, earlier: Effect): boolean;
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
  return arranged(
    effects,
    (later, earlier) => before(earlier, later) || linked(links, later, earlier),
  );
}

export function linked(links: readonly Link[], later: Effect, earlier: Effect): boolean {
  return links.some(([a, b]) => a === later && b === earlier);
}

/** An order in which each comes after what it must follow; null where that is a circle. */
export function arranged(
  effects: readonly Effect[],
  mustFollow: (later: Effect, earlier: Effect) => boolean,
): Effect[] | null {
  const rest = [...effects];
  const order: Effect[] = [];
  while (rest.length > 0) {
    const next = rest.findIndex(
      (it) => !rest.some((other) => other !== it && mustFollow(it, other)),
    );
    if (next < 0) return null;
    order.push(...rest.splice(next, 1));
  }
  return order;
}

function placing(effects: readonly Effect[], built: readonly Link[], stated: readonly Link[]) {
  const links = [...built, ...stated];
  let closure: Map<Effect, Set<Effect>> | undefined;
  return {
    effects,
    presumed: (later: Effect, earlier: Effect) => linked(built, later, earlier),
    after(later: Effect, earlier: Effect) {
      if (links.length === 0) return before(earlier, later);
      closure ??= closed(effects, links);
      return closure.get(later)?.has(earlier) === true;
    },
  };
}

/** For each effect all that come before it; the effects stand in a lawful order already. */
function closed(effects: readonly Effect[], links: readonly Link[]): Map<Effect, Set<Effect>> {
  const closure = new Map<Effect, Set<Effect>>();
  effects.forEach((later, i) => {
    const all = new Set<Effect>();
    for (const earlier of effects.slice(0, i)) {
      if (!before(earlier, later) && !links.some(([a, b]) => a === later && b === earlier))
        continue;
      all.add(earlier);
      for (const it of closure.get(earlier) ?? []) all.add(it);
    }
    closure.set(later, all);
  });
  return closure;
}
