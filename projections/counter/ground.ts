import { bothHold } from '../../src/entries/domain/joined-findings.js';
import { isTooMany } from '../../src/time/possibility.js';
import type { AgreementRecord } from '../agreement-record.js';
import { carriedBy, memberOf, type Asked, type Carried, type PersonalTie } from './asked.js';
import type { Telling } from './telling.js';
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
  const umbrella = throughOf(agreement, ties, telling).map((it) => ({ record, ...it }));
  return [...direct, ...umbrella].filter(({ partner }) => !own.has(partner.named));
}

/** Who serves her where a provider stands in the agreement: it, a council's members, the one asked for. */
function partnersFor(
  provider: string,
  { partner }: Asked,
  { links, names, members }: Telling,
): readonly Carried[] {
  if (partner !== undefined && names.shown(provider).partOf !== partner) {
    return carriedBy(partner, links).filter((it) => it.body === provider && it.how !== 'part');
  }
  const mine = members(provider);
  if (mine.length > 0) return mine.map((it) => memberOf(provider, it, links));
  return carriedBy(provider, links).filter((it) => it.how === 'itself');
}

/** Pairs that an umbrella is said to bind, as far as she is of the one and the other is asked for. */
function throughOf(
  agreement: AgreementRecord,
  ties: readonly PersonalTie[],
  { links }: Telling,
): readonly Omit<Ground, 'record'>[] {
  const ways = agreement.through.flatMap(({ content }) => (isTooMany(content) ? [] : content.ways));
  const found = ways.flatMap(({ through, pairs }) =>
    pairs.flatMap(({ provider, beneficiary }) =>
      ties
        .filter((it) => (it.how === 'itself' || it.how === 'whole') && it.body === beneficiary)
        .map((tie) => ({
          through,
          partner: { ...memberOf(through, provider, links), body: provider },
          tie: asMemberOf(through, tie, links),
        })),
    ),
  );
  const keys = found.map((it) => `${it.through} ${it.partner.named} ${it.tie.tie} ${it.tie.body}`);
  return found.filter((_, i) => keys.indexOf(keys[i] ?? '') === i);
}

/** Her tie, as long as its body is a member of the council as well. */
function asMemberOf(council: string, tie: PersonalTie, links: Telling['links']): PersonalTie {
  const member = memberOf(council, tie.body, links);
  return {
    ...tie,
    breaks: [...tie.breaks, ...member.breaks],
    on(agreement, day) {
      const [mine, its] = [tie.on(agreement, day), member.on(agreement, day)];
      return {
        finding: mine.finding === undefined ? its.finding : bothHold(mine.finding, its.finding),
        pending: [...mine.pending, ...its.pending],
      };
    },
  };
}
