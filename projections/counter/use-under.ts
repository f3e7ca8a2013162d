import { partsOfUse } from '../../src/agreements/domain/obligation.js';
import { isAbout, type Through } from '../../src/agreements/domain/details.js';
import { unreserved, type Reservations } from '../../src/agreements/domain/reservation.js';
import {
  areasFor,
  concernsWard,
  type Area,
  type Scope,
} from '../../src/agreements/domain/scope.js';
import {
  allOf,
  verdict,
  verdicts,
  type Verdict,
  type Verdicts,
} from '../../src/entries/domain/finding.js';
import { isTooMany } from '../../src/time/possibility.js';
import type { AgreementRecord } from '../agreement-record.js';
import type { Ground } from './ground.js';
import type { DayOfUse } from './use-record.js';
import type { Telling } from './telling.js';

/**
 * All that must hold for an agreement to give her body the use of what the provider offers, whoever asks:
 * what binds the two, and the rest.
 */
export interface GivenUse {
  readonly binds: readonly [Verdicts, ...Verdicts[]];
  readonly beside: readonly Verdicts[];
}

/** Beyond 256 ways of what binds the two that is open, and yet a certain no of the rest stands. */
export function joinedUse({ binds, beside }: GivenUse): Verdicts {
  return allOf(allOf(...binds), ...beside);
}

/** What the agreement's own facts say of a ground, part by part. */
export function useUnder(ground: Ground, agreement: DayOfUse, telling: Telling): GivenUse {
  const { partner, tie, through } = ground;
  const { field } = telling.purpose;
  const { facts } = agreement;
  const about = facts.about(field);
  const left = limits(ground, agreement, telling);
  if (through !== undefined) {
    const ways = verdicts(agreement.through, (it) => named(it, through, ground, field));
    const served = facts.served(partner.body, field);
    return { binds: [ways, facts.bond(through), served, about, ...left], beside: [] };
  }
  const pair = { provider: partner.body, beneficiary: tie.body };
  return { binds: partsOfUse(facts, pair, field), beside: [about, ...left] };
}

/** The party of the agreement that provides: under an umbrella, the council. */
function providerIn({ partner, through }: Ground): string {
  return through ?? partner.body;
}

const NONE: readonly never[] = [];

/** What areas and reservations leave of it; nothing where neither is on record. */
function limits(ground: Ground, agreement: AgreementRecord, telling: Telling): readonly Verdicts[] {
  const { field } = telling.purpose;
  const { tie } = ground;
  const provider = providerIn(ground);
  const reserved = agreement.possible<Reservations>(`reservation:${provider}`);
  const scope = agreement.possible<Scope>('scope');
  if (reserved.length + scope.length === 0) return NONE;
  return [
    ...(reserved.length === 0
      ? []
      : [verdicts(reserved, (it) => unreserved(it, tie.parties, field))]),
    ...(scope.length === 0
      ? []
      : [verdicts(scope, (it) => inArea(areasFor(it, provider, field), tie, telling))]),
  ];
}

/** A ward not among the named ones of its city is outside; of a whole city only some wards are meant. */
function inArea(areas: readonly Area[], tie: Ground['tie'], { names }: Telling): Verdict {
  const city = names.shown(tie.named).partOf ?? tie.named;
  const of = (wards: readonly string[]) => wards.filter((it) => names.shown(it).partOf === city);
  const partly = areas.filter(({ wards = [] }) => of(wards).length > 0);
  if (city !== tie.named) return concernsWard(areas, tie.named, of);
  if (partly.length === 0) return { answer: 'yes', reasons: [], presumed: [] };
  return verdict(
    'undetermined',
    'part-only',
    partly.map((it) => it.by),
  );
}

/** Areas that are no bodies: whether she lives there is for the counter to see. */
export function areasOf(
  ground: Ground,
  agreement: AgreementRecord,
  { purpose }: Telling,
): readonly string[] {
  const scope = agreement.possible<Scope>('scope');
  if (scope.length === 0) return NONE;
  const areas = scope.flatMap(({ content }) =>
    isTooMany(content) ? [] : areasFor(content, providerIn(ground), purpose.field),
  );
  return [...new Set(areas.flatMap((it) => it.areas ?? []))].map((it) => `${it}に限る`);
}

function named(
  { ways }: Through,
  through: string,
  { partner, tie }: Ground,
  field: string,
): Verdict {
  const way = ways.find(
    (it) =>
      it.through === through &&
      isAbout(it, field) &&
      it.pairs.some((pair) => pair.provider === partner.body && pair.beneficiary === tie.body),
  );
  return way === undefined ? verdict('no', 'not-begun') : verdict('yes', 'bound-through', [way.by]);
}
