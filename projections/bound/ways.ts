import type { Chain } from '../../src/obligations/domain/chain.js';
import type { PartyLinks } from '../obligations/party-links.js';
import type { AgreementFacts } from './agreement-facts.js';
import type { Carriers } from './carriers.js';
import type { Asked, Way } from './found-path.js';
import { leaningOn, type By, type Lead } from './leaning-on.js';
import { umbrella } from './umbrella.js';

/** More ways than are weighed: what is not found may be there. */
const MOST = 500;

/**
 * Every way in which an agreement may make one owe the other, the shortest first: where there are too
 * many to weigh, those between the two themselves are among them. Two members of one council that stands
 * in it are not bound to each other by that: a list of members is no list of obligations. Nobody owes
 * himself anything.
 */
export function waysOf(
  asked: Asked,
  carriers: Carriers,
  links: PartyLinks,
  agreements: readonly AgreementFacts[],
): { readonly found: readonly Way[]; readonly cut: boolean } {
  const found: Way[] = [];
  if (asked.from === asked.to) return { found, cut: false };
  const leads = agreements
    .filter((it) => it.mentions(asked.field))
    .flatMap((agreement) => {
      const by = { asked, carriers, links, agreement };
      return [...parties(by), ...umbrella(by)];
    })
    .map(({ from, to, way }) => ({ from: byLength(from), to: byLength(to), way }));
  const longest = Math.max(-1, ...leads.map(({ from, to }) => from.length + to.length - 2));
  for (let steps = 0; steps <= longest; steps++) {
    for (const lead of leads) {
      for (const chains of chainsOf(lead, steps)) {
        if (found.length === MOST) return { found, cut: true };
        found.push(lead.way(chains));
      }
    }
  }
  return { found, cut: carriers.cut };
}

/** Whoever the one stands for owes whoever the other stands for, both being parties. */
function* parties(by: By): Generator<Lead> {
  const { asked, carriers, agreement } = by;
  const beneficiaries = agreement.bondedOf(carriers.to);
  if (beneficiaries.length === 0) return;
  for (const provider of agreement.bondedOf(carriers.from)) {
    const from = carriers.from.get(provider);
    if (from === undefined) continue;
    for (const beneficiary of beneficiaries) {
      const to = carriers.to.get(beneficiary);
      if (to === undefined || provider === beneficiary) continue;
      const bonds = [agreement.bond(provider), agreement.bond(beneficiary)];
      const own = [
        ...bonds,
        agreement.topology({ provider, beneficiary }, asked.field),
        agreement.instrument,
        ...agreement.about(asked.field),
      ];
      const waits = [provider, beneficiary].some((it) => agreement.waitsFor(it));
      yield {
        from,
        to,
        way: (chains) => ({
          agreement,
          chains,
          ...leaningOn(by, chains, provider, own, bonds),
          ...(waits ? { waits } : {}),
        }),
      };
    }
  }
}

type ByLength = readonly (readonly Chain[])[];

/** The chains to one carrier lead to many agreements. */
const measured = new WeakMap<readonly Chain[], ByLength>();

function byLength(chains: readonly Chain[]): ByLength {
  const made = measured.get(chains) ?? lengthsOf(chains);
  measured.set(chains, made);
  return made;
}

function lengthsOf(chains: readonly Chain[]): ByLength {
  const found: Chain[][] = [];
  for (const it of chains) {
    while (found.length <= it.links.length) found.push([]);
    found[it.links.length]?.push(it);
  }
  return found;
}

/** Each pair of chains with so many links together. */
function* chainsOf(
  lead: { readonly from: ByLength; readonly to: ByLength },
  steps: number,
): Generator<Way['chains']> {
  for (let taken = Math.max(0, steps - lead.to.length + 1); taken <= steps; taken += 1) {
    const [mine, theirs] = [lead.from[taken], lead.to[steps - taken]];
    if (mine === undefined || theirs === undefined) continue;
    for (const to of theirs) for (const from of mine) yield { from, to };
  }
}
