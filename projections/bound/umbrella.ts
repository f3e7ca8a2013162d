import { isAbout, type Through } from '../../src/agreements/domain/details.js';
import type { Pair } from '../../src/agreements/domain/topology.js';
import { verdict, type Verdict } from '../../src/entries/domain/finding.js';
import type { AgreementFacts } from './agreement-facts.js';
import { leaningOn, type By, type Lead } from './leaning-on.js';

/**
 * Through one membership: an umbrella in force is said to bind a pair as members of the council that
 * stands in it, and the two stand for that pair.
 */
export function* umbrella(by: By): Generator<Lead> {
  const { asked, carriers, links, agreement } = by;
  for (const { through, provider, beneficiary } of pairsOf(agreement, asked.field)) {
    const [from, to] = [carriers.from.get(provider), carriers.to.get(beneficiary)];
    if (from === undefined || to === undefined) continue;
    const pair = { provider, beneficiary };
    const own = [
      agreement.through((it) => isNamed(it, through, pair, asked.field)),
      agreement.bond(through),
      ...agreement.about(asked.field),
    ];
    const bonds = [
      agreement.bond(through),
      links.membership(through, provider),
      links.membership(through, beneficiary),
    ];
    yield {
      from,
      to,
      way(chains) {
        const { supports, ties } = leaningOn(by, chains, through, own, bonds);
        return {
          agreement,
          through,
          chains,
          supports: [...supports, ...bonds.slice(1), ...links.remains(through)],
          ties,
          ...(agreement.waitsFor(through) ? { waits: true } : {}),
        };
      },
    };
  }
}

type NamedPair = Pair & { readonly through: string };

/** What is asked of many pairs is found once. */
const named = new WeakMap<AgreementFacts, Map<string, readonly NamedPair[]>>();

/** Each pair once for each council, whichever statements about the field name it. */
function pairsOf(agreement: AgreementFacts, field: string): readonly NamedPair[] {
  const made = named.get(agreement) ?? new Map<string, readonly NamedPair[]>();
  const pairs = made.get(field) ?? pairsIn(agreement.ways, field);
  named.set(agreement, made.set(field, pairs));
  return pairs;
}

function pairsIn(ways: Through['ways'], field: string): readonly NamedPair[] {
  const found = new Map<string, NamedPair>();
  for (const { through, pairs } of ways.filter((it) => isAbout(it, field))) {
    for (const { provider, beneficiary } of pairs) {
      if (provider === beneficiary) continue;
      const key = `${through} ${provider} ${beneficiary}`;
      found.set(key, { through, provider, beneficiary });
    }
  }
  return [...found.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, it]) => it);
}

function isNamed({ ways }: Through, through: string, pair: Pair, field: string): Verdict {
  const way = ways.find(
    (it) =>
      it.through === through &&
      isAbout(it, field) &&
      it.pairs.some(
        ({ provider, beneficiary }) =>
          provider === pair.provider && beneficiary === pair.beneficiary,
      ),
  );
  return way === undefined ? verdict('no', 'not-begun') : verdict('yes', 'bound-through', [way.by]);
}
