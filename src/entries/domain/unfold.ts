import {
  certain,
  MOST_WORLDS,
  possible,
  type Possible,
  type TooMany,
  type World,
} from '../../time/possibility.js';
import type { Effect } from './effect.js';
import { segmentsKept, type KeptSegments } from './kept-segments.js';
import type { Parts } from './part-rows.js';
import { place, type Placing } from './placing.js';
import { UnfoldedParts } from './unfolded-parts.js';
import { ordersOf, waysOn } from './ways.js';

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

/** More readings than are enumerated: every part is open on every day. */
export function tooManyReadings(
  parts: readonly Part<unknown>[],
): ReadonlyMap<string, readonly PartSegment<unknown>[]> {
  const contents = certain<TooMany>({ tooMany: true });
  return new Map(parts.map((it) => [it.key, [{ from: -Infinity, to: Infinity, contents }]]));
}

/**
 * What holds of each part, from minus to plus infinity without a gap; each is made when it is asked
 * for. Exact: the contents of a day are those of every choice of days within the ranges and every
 * order that the presumptions leave (domain § 4 "Fold"). The register number plays no part.
 * @param kept what was made of the stream's parts before
 */
export function unfoldAll(
  happenings: readonly Happening[],
  parts: readonly Part<unknown>[],
  kept: KeptSegments = new Map(),
): Parts {
  let placed: readonly Placed[] | undefined;
  return new UnfoldedParts(parts, (part) => {
    placed ??= happenings.map(placedIn);
    const touched = placed.map((it) => touchingOf(part, it));
    const [only] = touched;
    const make = () => segmentsOf(touched, part);
    if (only === undefined || touched.length > 1 || !only.dated) return make();
    return segmentsKept(kept, part.key, only.touching, make);
  });
}

/** One part alone. */
export function unfold<C>(happenings: readonly Happening[], part: Part<C>): PartSegment<C>[] {
  return segmentsOf(
    happenings.map((it) => touchingOf(part, placedIn(it))),
    part,
  );
}

interface Placed {
  readonly when: World;
  readonly placing: Placing;
  /** In the order of the placing. */
  readonly bySlot: ReadonlyMap<string, readonly PlacedEffect[]>;
}

interface PlacedEffect {
  readonly at: number;
  readonly effect: Effect;
}

function placedIn({ when, effects }: Happening): Placed {
  const placing = place(effects);
  const bySlot = new Map<string, PlacedEffect[]>();
  placing.effects.forEach((effect, at) => {
    const it = { at, effect };
    for (const slot of new Set(effect.slots)) {
      const others = bySlot.get(slot);
      if (others === undefined) bySlot.set(slot, [it]);
      else others.push(it);
    }
  });
  return { when, placing, bySlot };
}

interface Touching extends Placed {
  readonly touching: readonly Effect[];
  /** Every touching effect has its day: nothing of it may or may not have begun. */
  readonly dated: boolean;
}

function touchingOf(part: Part<unknown>, { when, placing, bySlot }: Placed): Touching {
  const all = new Set(part.slots.flatMap((slot) => bySlot.get(slot) ?? []));
  const placed = part.slots.length === 1 ? [...all] : [...all].sort((a, b) => a.at - b.at);
  const touching = placed.map(({ effect }) => effect);
  const dated = touching.every(({ range }) => range.from === range.to);
  return { when, placing, bySlot, touching, dated };
}

function segmentsOf<C>(happenings: readonly Touching[], part: Part<C>): PartSegment<C>[] {
  const starts: { from: number; contents: Possible<C | TooMany> }[] = [];
  let written: string | undefined;
  for (const from of breaksOf(happenings)) {
    const contents = contentsOn(from, happenings, part);
    const last = starts.at(-1);
    const now = last === undefined ? undefined : JSON.stringify(contents);
    if (last !== undefined && now === (written ?? JSON.stringify(last.contents))) continue;
    starts.push({ from, contents });
    written = now;
  }
  return starts.map((it, i) => ({ ...it, to: starts[i + 1]?.from ?? Infinity }));
}

/** Days on which something may change: an open day hangs together with days of other parts. */
function breaksOf(happenings: readonly Touching[]): readonly number[] {
  const breaks = new Set<number>([-Infinity]);
  for (const { placing, touching, dated } of happenings) {
    for (const { range } of dated ? touching : placing.effects) {
      breaks.add(range.from);
      breaks.add(range.to);
    }
  }
  breaks.delete(Infinity);
  return breaks.size === 1 ? [-Infinity] : [...breaks].sort((a, b) => a - b);
}

function contentsOn<C>(
  day: number,
  happenings: readonly Touching[],
  part: Part<C>,
): Possible<C | TooMany> {
  const found: { world: World; content: C }[] = [];
  for (const { when, placing, touching, dated } of happenings) {
    if (dated && touching.length < 2 && happenings.length === 1) {
      return certain(part.read(begunBy(day, touching), false));
    }
    const ways = dated ? ordersOf(begunBy(day, touching), placing) : waysOn(day, touching, placing);
    if (ways === null || found.length + ways.length > MOST_WORLDS) {
      return certain<TooMany>({ tooMany: true });
    }
    for (const { world, sequence, presumedOrder } of ways) {
      found.push({ world: { ...when, ...world }, content: part.read(sequence, presumedOrder) });
    }
  }
  return possible(found);
}

function begunBy(day: number, effects: readonly Effect[]): readonly Effect[] {
  return effects.filter(({ range }) => range.to <= day);
}
