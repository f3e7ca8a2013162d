import type { PartyLinks } from '../obligations/party-links.js';
import type { AgreementFacts } from './agreement-facts.js';
import type { Carriers } from './carriers.js';
import type { Asked, Way } from './found-path.js';
import { leaningOn, type By } from './leaning-on.js';
import { umbrella } from './umbrella.js';

/** More ways than are weighed: what is not found may be there. */
const MOST = 2000;

/**
 * Every way in which an agreement may make one owe the other. Two members of one council that stands
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
  for (const agreement of agreements.filter((it) => it.mentions(asked.field))) {
    const by = { asked, carriers, links, agreement };
    for (const way of [...parties(by), ...umbrella(by)]) {
      if (found.length === MOST) return { found, cut: true };
      found.push(way);
    }
  }
  return { found, cut: carriers.cut };
}

/** Whoever the one stands for owes whoever the other stands for, both being parties. */
function* parties(by: By): Generator<Way> {
  const { asked, carriers, agreement } = by;
  const { bonded } = agreement;
  for (const provider of bonded) {
    for (const beneficiary of bonded) {
      if (provider === beneficiary) continue;
      const facts = [
        agreement.topology({ provider, beneficiary }, asked.field),
        agreement.instrument,
      ];
      const bonds = [agreement.bond(provider), agreement.bond(beneficiary)];
      const waits = [provider, beneficiary].some((it) => agreement.waitsFor(it));
      for (const from of carriers.from.get(provider) ?? []) {
        for (const to of carriers.to.get(beneficiary) ?? []) {
          const own = [...bonds, ...facts, ...agreement.about(asked.field)];
          const chains = { from, to };
          const leaning = leaningOn(by, chains, provider, own, bonds);
          yield { agreement, chains, ...leaning, ...(waits ? { waits } : {}) };
        }
      }
    }
  }
}
