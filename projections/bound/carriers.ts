import { type Chain, carrierOf, chainsFrom } from '../../src/obligations/domain/chain.js';
import type { PartyLinks } from '../obligations/party-links.js';
import type { Asked } from './found-path.js';

/** Whom each of the two stands for, by carrier. */
export interface Carriers {
  readonly from: ReadonlyMap<string, readonly Chain[]>;
  readonly to: ReadonlyMap<string, readonly Chain[]>;
  readonly cut: boolean;
}

export function carriersOf({ from, to }: Asked, links: PartyLinks): Carriers {
  const [mine, theirs] = [chainsFrom(from, links), chainsFrom(to, links)];
  return { from: byCarrier(mine.found), to: byCarrier(theirs.found), cut: mine.cut || theirs.cut };
}

function byCarrier(chains: readonly Chain[]): ReadonlyMap<string, readonly Chain[]> {
  const found = new Map<string, Chain[]>();
  for (const it of chains) {
    const mine = found.get(carrierOf(it));
    if (mine === undefined) found.set(carrierOf(it), [it]);
    else mine.push(it);
  }
  return found;
}
