import { MOST_WORLDS, type World } from '../../time/possibility.js';
import type { Effect } from './effect.js';
import { arranged, following, type Follows, type Placing } from './placing.js';

/** One way in which things may stand on a day: what has begun, in which order. */
export interface Way {
  readonly world: World;
  readonly sequence: readonly Effect[];
  /** Whether this rests on the presumption `in-order`. */
  readonly presumedOrder: boolean;
}

/**
 * Every way in which the touching effects may stand on a day, exactly: each choice of days within
 * the ranges, each order that is left open and may matter. Null beyond 256.
 */
export function waysOn(day: number, touching: readonly Effect[], placing: Placing): Way[] | null {
  const maybe = placing.effects.filter(({ range }) => range.from <= day && day < range.to);
  const forced = new Map<Effect, boolean>();
  for (const it of maybe) {
    const begun = whetherBegun(it, day, placing);
    if (begun !== undefined) forced.set(it, begun);
  }
  const free = connected(
    touching.filter((it) => maybe.includes(it) && !forced.has(it)),
    maybe.filter((it) => !forced.has(it)),
    placing,
  );
  const presumed = touching.some((it) => forced.has(it));
  const found: Way[] = [];
  for (const { world, begun } of beginnings(free, placing) ?? []) {
    const sequence = touching.filter(
      (it) => it.range.to <= day || (forced.get(it) ?? begun.has(it)),
    );
    const orders = ordersOf(sequence, placing);
    if (orders === null) return null;
    for (const order of orders) {
      found.push({
        world: { ...world, ...order.world },
        sequence: order.sequence,
        presumedOrder: presumed || order.presumedOrder,
      });
    }
    if (found.length > MOST_WORLDS) return null;
  }
  return found.length === 0 ? null : found;
}

/** What has certainly begun takes along all before it; what has not keeps all after it from beginning. */
function whetherBegun(it: Effect, day: number, placing: Placing): boolean | undefined {
  for (const other of placing.effects) {
    if (other.range.to <= day && placing.after(other, it)) return true;
    if (other.range.from > day && placing.after(it, other)) return false;
  }
  return undefined;
}

/** Open beginnings that hang together with the given ones, so that parts join exactly. */
function connected(first: readonly Effect[], all: readonly Effect[], placing: Placing): Effect[] {
  const found = new Set(first);
  for (const it of found) {
    for (const other of all) {
      if (placing.after(it, other) || placing.after(other, it)) found.add(other);
    }
  }
  return all.filter((it) => found.has(it));
}

interface Beginning {
  readonly world: World;
  readonly begun: ReadonlySet<Effect>;
}

/** Every set of effects that may have begun: none without what comes before it. */
function beginnings(free: readonly Effect[], placing: Placing): Beginning[] | null {
  return placing.once('beginnings', free, () => foundBeginnings(free, placing));
}

function foundBeginnings(free: readonly Effect[], placing: Placing): Beginning[] | null {
  let found: Beginning[] = [{ world: {}, begun: new Set() }];
  for (const [i, it] of free.entries()) {
    const earlier = free.slice(0, i).filter((other) => placing.after(it, other));
    const name = `b:${it.key}`;
    found = found.flatMap(({ world, begun }) => {
      const ways: Beginning[] = [];
      if (world[name] !== 'y') ways.push({ world: { ...world, [name]: 'n' }, begun });
      if (world[name] !== 'n' && earlier.every((other) => begun.has(other))) {
        ways.push({ world: { ...world, [name]: 'y' }, begun: new Set([...begun, it]) });
      }
      return ways;
    });
    if (found.length > MOST_WORLDS) return null;
  }
  return found;
}

/** Whether dates alone say in which order they begin, as far as one disturbs the other. */
export function ordered(sequence: readonly Effect[]): boolean {
  return sequence.every((a, i) =>
    sequence.slice(i + 1).every((b) => b.range.from > a.range.to || !disturb(a, b)),
  );
}

/** Orders of what has begun, as far as one disturbs the other. */
export function ordersOf(sequence: readonly Effect[], placing: Placing): Way[] | null {
  return sequence.length < 2
    ? [{ world: {}, sequence, presumedOrder: false }]
    : placing.once('orders', sequence, () => foundOrders(sequence, placing));
}

function foundOrders(sequence: readonly Effect[], placing: Placing): Way[] | null {
  const open: Follows[] = [];
  let presumedOrder = false;
  sequence.forEach((a, i) => {
    for (let j = i + 1; j < sequence.length; j += 1) {
      const b = sequence[j]!;
      if (b.range.from > a.range.to || !disturb(a, b)) continue;
      if (placing.presumed(b, a)) presumedOrder = true;
      else if (!placing.after(b, a)) open.push([j, i]);
    }
  });
  if (open.length === 0) return [{ world: {}, sequence, presumedOrder }];
  const known = following(sequence, (later, earlier) => placing.after(later, earlier));
  let found: Chosen[] = [{ world: {}, chosen: [], order: [...sequence.keys()] }];
  for (const [b, a] of open) {
    found = found.flatMap((it) => [
      ...chosen(it, [b, a], sequence, known),
      ...chosen(it, [a, b], sequence, known),
    ]);
    if (found.length > MOST_WORLDS) return null;
  }
  return found.map(({ world, order }) => ({
    world,
    sequence: order.map((it) => sequence[it]!),
    presumedOrder,
  }));
}

/** Which of two came first, of some pairs, and the first order that says so. */
interface Chosen {
  readonly world: World;
  readonly chosen: readonly Follows[];
  readonly order: readonly number[];
}

/** The same with one pair more; none where that is a circle. */
function chosen(
  it: Chosen,
  pair: Follows,
  sequence: readonly Effect[],
  known: readonly Follows[],
): readonly Chosen[] {
  const [second, first] = pair;
  const all = [...it.chosen, pair];
  const stays = it.order.indexOf(first) < it.order.indexOf(second);
  const order = stays ? it.order : arranged(sequence.length, known, all);
  if (order === null) return [];
  const [earlier, later] = [sequence[first]!.key, sequence[second]!.key];
  const [unknown, value] =
    earlier < later ? [`o:${earlier}|${later}`, '<'] : [`o:${later}|${earlier}`, '>'];
  return [{ world: { ...it.world, [unknown]: value }, chosen: all, order }];
}

function disturb(a: Effect, b: Effect): boolean {
  if (a.commutes?.(b) === true || b.commutes?.(a) === true) return false;
  return a.slots.some((slot) => b.slots.includes(slot));
}
