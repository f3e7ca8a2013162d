import type { Link, Links } from './link.js';
import type { Support } from './support.js';

/** Links from a party to a carrier: whose bonds are the party's too. */
export interface Chain {
  readonly of: string;
  /** Without any the party is its own carrier. */
  readonly links: readonly Link[];
}

export interface Chains {
  readonly found: readonly Chain[];
  /** More or longer chains than are followed: what is not found may be there. */
  readonly cut: boolean;
}

/** No longer chain of bodies is known; the longest in the sources is ward, city, council, council. */
const LONGEST = 8;
const MOST = 1000;

/**
 * Every chain from the party to a carrier, the shortest first. No carrier comes twice in a chain, so
 * circles are borne. A chain never goes up to the whole and down to a ward: wards of one city do not
 * bind each other.
 */
export function chainsFrom(party: string, links: Links): Chains {
  const found: Chain[] = [{ of: party, links: [] }];
  for (let i = 0; i < found.length; i++) {
    const chain = found[i]!;
    const next = links.from(carrierOf(chain)).filter((it) => mayFollow(chain, it));
    if (next.length === 0) continue;
    if (chain.links.length === LONGEST || found.length + next.length > MOST) {
      return { found, cut: true };
    }
    found.push(...next.map((it) => ({ of: party, links: [...chain.links, it] })));
  }
  return { found, cut: false };
}

export function carrierOf({ of, links }: Chain): string {
  return links.at(-1)?.to ?? of;
}

/** The facts by which the party stands for the carrier in an agreement. */
export function supportsOf(
  chain: Chain,
  links: Links,
  agreement: string | undefined,
): readonly Support[] {
  return [...links.existence(chain.of), ...chain.links.flatMap((it) => it.supports(agreement))];
}

/** The ward to which the carrier's bonds are confined, where the chain goes down to one. */
export function wardOf({ links }: Chain): string | undefined {
  return links.find((it) => it.kind === 'ward')?.to;
}

function mayFollow({ of, links }: Chain, next: Link): boolean {
  if (next.to === of || links.some((it) => it.to === next.to)) return false;
  const kinds = links.map((it) => it.kind);
  if (next.kind === 'ward' && kinds.includes('whole')) return false;
  if (next.kind === 'whole' && kinds.includes('ward')) return false;
  // Whoever it is that an open-ended group may have as a member, it is the body itself that joins.
  return next.unrecorded !== true || kinds.every((it) => it === 'whole' || it === 'succession');
}
