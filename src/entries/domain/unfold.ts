import {
  certain,
  MOST_WORLDS,
  possible,
  type Possible,
  type TooMany,
  type World,
} from '../../time/possibility.js';
import type { Effect } from './effect.js';

/** What happens in a reading of the stream: the effects of its acts. */
export interface Happening {
  readonly when: World;
  readonly effects: readonly Effect[];
}

/** One thing that holds or not, day by day: what touches it, and what a sequence of effects makes of it. */
export interface Part<C> {
  readonly key: string;
  readonly slots: readonly string[];
  /** Effects in the order in which they began. `presumedOrder`: the order rests on `in-order`. */
  read(sequence: readonly Effect[], presumedOrder: boolean): C;
}

/** A crisp run of days `[from, to)` with every possible content. */
export interface PartSegment<C> {
  readonly from: number;
  readonly to: number;
  readonly contents: Possible<C | TooMany>;
}

interface Begun {
  readonly world: World;
  readonly sequence: readonly Effect[];
  readonly presumedOrder: boolean;
}

/**
 * What holds of a part, from minus to plus infinity without a gap. Exact: the contents of a day are
 * those of every choice of days within the ranges and every order that the presumptions leave
 * (domain § 4 "Fold"). The register number plays no part.
 */
export function unfold<C>(happenings: readonly Happening[], part: Part<C>): PartSegment<C>[] {
  const touching = happenings.map(({ when, effects }) => ({
    when,
    effects: relevant(effects, part.slots),
  }));
  const breaks = new Set<number>([-Infinity]);
  for (const { effects } of touching) {
    for (const { range } of effects) {
      if (Number.isFinite(range.from)) breaks.add(range.from);
      if (Number.isFinite(range.to)) breaks.add(range.to);
    }
  }
  const days = [...breaks].sort((a, b) => a - b);
  const segments: PartSegment<C>[] = [];
  days.forEach((from, i) => {
    const contents = contentsOn(from, touching, part);
    const last = segments.at(-1);
    const to = days[i + 1] ?? Infinity;
    if (last !== undefined && same(last.contents, contents)) {
      segments[segments.length - 1] = { ...last, to };
    } else segments.push({ from, to, contents });
  });
  return segments;
}

function contentsOn<C>(
  day: number,
  happenings: readonly Happening[],
  part: Part<C>,
): Possible<C | TooMany> {
  const found: { world: World; content: C }[] = [];
  for (const { when, effects } of happenings) {
    const ways = waysOn(day, effects, part.slots);
    if (ways === null || found.length + ways.length > MOST_WORLDS) {
      return certain<TooMany>({ tooMany: true });
    }
    for (const { world, sequence, presumedOrder } of ways) {
      const own = sequence.filter((it) => touches(it, part.slots));
      found.push({ world: { ...when, ...world }, content: part.read(own, presumedOrder) });
    }
  }
  return possible(found);
}

/** Every set of effects that may have begun by a day, in every order that may matter. */
function waysOn(day: number, effects: readonly Effect[], slots: readonly string[]): Begun[] | null {
  const certainly = effects.filter(({ range }) => range.to <= day);
  const maybe = effects.filter(({ range }) => range.from <= day && range.to > day);
  if (maybe.length > 8) return null;
  const found: Begun[] = [];
  for (let bits = 0; bits < 1 << maybe.length; bits++) {
    const begun = new Set([...certainly, ...maybe.filter((_, i) => (bits >> i) & 1)]);
    const open = maybe.filter((it) => !begun.has(it));
    if (open.some((it) => [...begun].some((other) => presumedAfter(other, it)))) continue;
    const world = Object.fromEntries(maybe.map((it) => [`b:${it.key}`, begun.has(it) ? 'y' : 'n']));
    const inSequence = effects.filter((it) => begun.has(it));
    const orders = ordersOf(inSequence, slots);
    if (orders === null) return null;
    for (const order of orders) found.push({ ...order, world: { ...world, ...order.world } });
    if (found.length > MOST_WORLDS) return null;
  }
  return found;
}

/** Orders of begun effects, as far as they disturb each other. */
function ordersOf(effects: readonly Effect[], slots: readonly string[]): Begun[] | null {
  const open: [Effect, Effect][] = [];
  let presumedOrder = false;
  effects.forEach((a, i) => {
    for (const b of effects.slice(i + 1)) {
      if (!disturb(a, b, slots) || before(a, b) || before(b, a)) continue;
      if (presumedAfter(a, b) || presumedAfter(b, a)) presumedOrder = true;
      else open.push([a, b]);
    }
  });
  if (open.length > 8) return null;
  const found: Begun[] = [];
  for (let bits = 0; bits < 1 << open.length; bits++) {
    const chosen = open.map(([a, b], i) => ((bits >> i) & 1 ? [b, a] : [a, b]) as [Effect, Effect]);
    const sequence =
      sorted(effects, chosen, true) ?? (open.length === 0 ? sorted(effects, chosen, false) : null);
    if (sequence === null) continue;
    const world = Object.fromEntries(chosen.map(([a, b]) => orderIn(a, b)));
    found.push({ world, sequence, presumedOrder });
  }
  return found.length === 0 ? null : found;
}

function orderIn(first: Effect, second: Effect): [string, string] {
  return first.key < second.key
    ? [`o:${first.key}|${second.key}`, '<']
    : [`o:${second.key}|${first.key}`, '>'];
}

/** A topological order; null where the constraints run in a circle. */
function sorted(
  effects: readonly Effect[],
  chosen: readonly (readonly [Effect, Effect])[],
  presuming: boolean,
): readonly Effect[] | null {
  const rest = [...effects];
  const order: Effect[] = [];
  const precedes = (a: Effect, b: Effect): boolean =>
    before(a, b) ||
    (presuming && presumedAfter(b, a)) ||
    chosen.some(([first, second]) => first === a && second === b);
  while (rest.length > 0) {
    const next = rest.findIndex((it) => !rest.some((other) => other !== it && precedes(other, it)));
    if (next < 0) return null;
    order.push(...rest.splice(next, 1));
  }
  return order;
}

function before(a: Effect, b: Effect): boolean {
  return a.range.to < b.range.from || (a.range.to === -Infinity && b.range.to !== -Infinity);
}

/** Where partial days overlap, or on one day, `a` is presumed to follow `b`, or the paper says so. */
function presumedAfter(a: Effect, b: Effect): boolean {
  if (before(a, b) || before(b, a)) return false;
  if (a.follows(b)) return true;
  if (b.follows(a)) return false;
  const [mine, its] = [a.event, b.event];
  if (mine.entry === undefined || mine.entry !== its.entry) return false;
  return mine.order !== undefined && its.order !== undefined && mine.order > its.order;
}

function disturb(a: Effect, b: Effect, slots: readonly string[]): boolean {
  return a.slots.some((slot) => slots.includes(slot) && b.slots.includes(slot));
}

function touches(effect: Effect, slots: readonly string[]): boolean {
  return effect.slots.some((slot) => slots.includes(slot));
}

/** What touches the part, and what that is presumed to follow. */
function relevant(effects: readonly Effect[], slots: readonly string[]): readonly Effect[] {
  const chosen = new Set(effects.filter((it) => touches(it, slots)));
  for (const it of chosen) {
    if (it.range.from === it.range.to) continue;
    for (const other of effects) if (presumedAfter(it, other)) chosen.add(other);
  }
  return effects.filter((it) => chosen.has(it));
}

function same<C>(a: Possible<C>, b: Possible<C>): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
