import { supportsOf, type Chain } from '../../src/obligations/domain/chain.js';
import type { Support } from '../../src/obligations/domain/support.js';
import type { PartyLinks } from '../obligations/party-links.js';
import type { AgreementFacts } from './agreement-facts.js';
import type { Asked, Way } from './found-path.js';
import type { Carriers } from './carriers.js';

/** Where ways are looked for. */
export interface By {
  readonly asked: Asked;
  readonly carriers: Carriers;
  readonly links: PartyLinks;
  readonly agreement: AgreementFacts;
}

/** What ties whom the one stands for to whom the other does: a way for each chain to either. */
export interface Lead {
  readonly from: readonly Chain[];
  readonly to: readonly Chain[];
  readonly way: (chains: Way['chains']) => Way;
}

/** The facts of a way: the agreement's own, what confines them, and the links on either side. */
export function leaningOn(
  { asked, links, agreement }: By,
  { from, to }: Way['chains'],
  provider: string,
  own: readonly Support[],
  bonds: readonly Support[],
): Pick<Way, 'supports' | 'ties'> {
  const linked = [...supportsOf(from, links, agreement.id), ...supportsOf(to, links, agreement.id)];
  const beneficiaries = [to.of, ...to.links.map((it) => it.to)];
  const confined = [from, to].flatMap((chain) =>
    chain.links
      .filter((it) => it.kind === 'whole')
      .flatMap((it) =>
        agreement.inScope(provider, asked.field, it.from, (named) =>
          named.filter((ward) => links.isPartOf(ward, it.to)),
        ),
      ),
  );
  const supports = [
    ...own,
    ...agreement.reserved(provider, beneficiaries, asked.field),
    ...confined,
    ...agreement.notReplaced(asked.reader),
    ...linked,
  ];
  return { supports, ties: [...bonds, ...linked] };
}
