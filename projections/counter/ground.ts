import type { Pair } from '../../src/agreements/domain/topology.js';
import { isTooMany } from '../../src/time/possibility.js';
import type { AgreementRecord } from '../agreement-record.js';
import { heldBy, type Asked, type Carried, type PersonalTie } from './asked.js';
import type { Telling } from './telling.js';
import { isAbout } from '../../src/agreements/domain/details.js';
import type { UseRecord } from './use-record.js';

/** What an agreement would let her use: whose, and the parties through which it concerns her. */
export interface Ground {
  readonly record: UseRecord;
  /** Who would serve her. */
  readonly partner: Carried;
  readonly tie: PersonalTie;
  /** The umbrella by which the two are said to be bound, where they are not parties themselves. */
  readonly through?: string;
}

/** Everything that an agreement may let her use, whatever the answer: one ground each. */
export function groundsOf(
  record: UseRecord,
  asked: Asked,
  ties: readonly PersonalTie[],
  telling: Telling,
): readonly Ground[] {
  const agreement = record.on(telling.day);
  const own = new Set(ties.filter((it) => it.how !== 'other').map((it) => it.body));
  const direct = ties
    .filter((tie) => agreement.bonded.includes(tie.body))
    .flatMap((tie) =>
      agreement.bonded
        .filter((provider) => provider !== tie.body && !own.has(provider))
        .flatMap((provider) => partnersFor(provider, asked, telling))
        .map((partner) => ({ record, partner, tie })),
    );
  const umbrella = throughOf(agreement, asked, ties, telling).map((it) => ({ record, ...it }));
  return [...direct, ...umbrella].filter(({ partner }) => !own.has(partner.named));
}

/** Who serves her where a provider stands in the agreement: whoever stands for it, or the one asked for. */
function partnersFor(
  provider: string,
  { partner }: Asked,
  { names, standIns }: Telling,
): readonly Carried[] {
  if (partner === undefined) return standIns.of(provider);
  const asked = standIns.from(partner, provider);
  return names.shown(provider).partOf === partner ? [...asked, ...standIns.of(provider)] : asked;
}

/** Pairs that an umbrella is said to bind, as far as she stands for the one and the other is asked for. */
function throughOf(
  agreement: AgreementRecord,
  asked: Asked,
  ties: readonly PersonalTie[],
  telling: Telling,
): readonly Omit<Ground, 'record'>[] {
  const { purpose } = telling;
  const { links } = telling.parties;
  return pairsOf(agreement, purpose.field).flatMap(({ through, provider, beneficiary }) => {
    const mine = ties.filter((it) => it.body === beneficiary);
    if (mine.length === 0) return [];
    const whole = links.remains(through);
    const partners = partnersFor(provider, asked, telling).map((it) =>
      heldBy(it, [links.membership(through, provider), ...whole]),
    );
    const tied = mine.map((it) => heldBy(it, [links.membership(through, beneficiary), ...whole]));
    return partners.flatMap((partner) => tied.map((tie) => ({ through, partner, tie })));
  });
}

/** Each pair once for each council, whichever statements about the field name it. */
function pairsOf(
  agreement: AgreementRecord,
  field: string,
): readonly (Pair & { readonly through: string })[] {
  const ways = agreement.through.flatMap(({ content }) => (isTooMany(content) ? [] : content.ways));
  const named = ways
    .filter((it) => isAbout(it, field))
    .flatMap(({ through, pairs }) =>
      pairs
        .filter((it) => it.provider !== it.beneficiary)
        .map((it) => ({ through, provider: it.provider, beneficiary: it.beneficiary })),
    );
  return [...new Map(named.map((it) => [Object.values(it).join(' '), it])).values()];
}
