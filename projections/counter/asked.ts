import type { Purpose } from '../../src/counter/domain/purpose.js';
import type { Tie } from '../../src/counter/domain/eligibility.js';
import type { Finding } from '../../src/entries/domain/finding.js';
import { bothHold } from '../../src/entries/domain/joined-findings.js';
import {
  carrierOf,
  chainsFrom,
  supportsOf,
  wardOf,
  type Chain,
} from '../../src/obligations/domain/chain.js';
import type { Links } from '../../src/obligations/domain/link.js';
import { allHold, pendingOn, type Support } from '../../src/obligations/domain/support.js';
import type { Reader } from '../reader.js';

/** Who asks for what: party ids by what ties her to them. */
export interface Asked {
  readonly person: Readonly<Partial<Record<Tie, string>>>;
  readonly purpose: Purpose;
  /** The one partner she asks about. */
  readonly partner?: string;
  /** The last partner of the page before, by its id. */
  readonly after?: string;
  /** Partners of one page at most; all of them where nobody says. */
  readonly limit?: number;
  /** Every ground of each partner, not only those that help most. */
  readonly every?: true;
  readonly reader: Reader;
}

/** One body whose bonds concern somebody, and the links by which they do. */
export interface Carried {
  /** The body that was named. */
  readonly named: string;
  /** Itself, its city, its council, what it succeeded … */
  readonly body: string;
  readonly how: 'itself' | 'whole' | 'part' | 'other';
  /** The one that was named and everybody on the way to the body, that one included. */
  readonly parties: readonly string[];
  /** Whether the links hold on a day, for an agreement, and which entries would change that. */
  readonly on: (agreement: string | undefined, day: number) => Held;
  /** First days of the runs of days on which the links say the same. */
  readonly breaks: readonly number[];
}

export interface Held {
  /** Undefined where there is nothing to hold. */
  readonly finding: Finding | undefined;
  readonly pending: readonly string[];
}

/** A tie of the person's, and the body through which it reaches agreements. */
export type PersonalTie = Carried & { readonly tie: Tie };

const order: readonly Tie[] = ['resident', 'worker', 'student'];

/** The ties of a person; `cut`: as far as their links are followed. */
export interface Ties {
  readonly ties: readonly PersonalTie[];
  readonly cut: boolean;
}

/** Where she lives first; of one body, itself before what it stands for. */
export function tiesOf(person: Asked['person'], links: Links): Ties {
  const all = order.flatMap((tie) => {
    const named = person[tie];
    return named === undefined ? [] : [{ tie, ...carriedBy(named, links) }];
  });
  return {
    ties: all.flatMap(({ tie, found }) => found.map((it) => ({ ...it, tie }))),
    cut: all.some((it) => it.cut),
  };
}

export interface Carriers {
  readonly found: readonly Carried[];
  /** The same by the body that is stood for. */
  readonly by: ReadonlyMap<string, readonly Carried[]>;
  readonly cut: boolean;
}

/** Everybody for whom a body stands, itself first; `cut`: as far as its links are followed. */
export function carriedBy(named: string, links: Links): Carriers {
  const known = carried.get(links) ?? new Map<string, Carriers>();
  carried.set(links, known);
  const made = known.get(named) ?? carriersOf(named, links);
  known.set(named, made);
  return made;
}

/** Many agreements concern the same bodies. */
const carried = new WeakMap<Links, Map<string, Carriers>>();

function carriersOf(named: string, links: Links): Carriers {
  const { found: chains, cut } = chainsFrom(named, links);
  const found = chains.map((it) => carriedAlong(it, links));
  const by = new Map<string, Carried[]>();
  for (const it of found) {
    const others = by.get(it.body);
    if (others === undefined) by.set(it.body, [it]);
    else others.push(it);
  }
  return { found, by, cut };
}

/** A body that stands for itself alone, whatever else it may stand for. */
export function asItself(named: string, links: Links): Carried {
  const known = alone.get(links) ?? new Map<string, Carried>();
  alone.set(links, known);
  const made = known.get(named) ?? carriedAlong({ of: named, links: [] }, links);
  known.set(named, made);
  return made;
}

const alone = new WeakMap<Links, Map<string, Carried>>();

/** The same, as long as some more facts hold. */
export function heldBy<C extends Carried>(carried: C, supports: readonly Support[]): C {
  return {
    ...carried,
    breaks: [...carried.breaks, ...breaksOf(supports)],
    on(agreement: string | undefined, day: number): Held {
      const { finding, pending } = carried.on(agreement, day);
      const more = allHold(supports, day);
      return {
        finding: finding === undefined ? more : bothHold(finding, more),
        pending: [...pending, ...pendingOn(supports, day)],
      };
    },
  };
}

const holds: Held = { finding: undefined, pending: [] };

function carriedAlong(chain: Chain, links: Links): Carried {
  // Whether a succession takes an agreement over depends on which it is; the rest on the day alone.
  const apart = chain.links.some((it) => it.kind === 'succession');
  let last: { readonly day: number; readonly held: Held } | undefined;
  return {
    named: chain.of,
    body: carrierOf(chain),
    how: howOf(chain),
    parties: [chain.of, ...chain.links.map((it) => it.to)],
    breaks: breaksOf(supportsOf(chain, links, undefined)),
    on: (agreement, day) => {
      if (last?.day === day) return last.held;
      const supports = supportsOf(chain, links, agreement);
      const held =
        supports.length === 0
          ? holds
          : { finding: allHold(supports, day), pending: pendingOn(supports, day) };
      if (!apart) last = { day, held };
      return held;
    },
  };
}

function breaksOf(supports: readonly Support[]): readonly number[] {
  return supports.flatMap(({ days }) => days.map((it) => it.from));
}

function howOf(chain: Chain): Carried['how'] {
  if (chain.links.length === 0) return 'itself';
  if (wardOf(chain) !== undefined) return 'part';
  return chain.links.every((it) => it.kind === 'whole') ? 'whole' : 'other';
}
