import { touching, type Reservations } from '../../src/agreements/domain/reservation.js';
import { areasFor, type Area, type Scope } from '../../src/agreements/domain/scope.js';
import { carrierOf, wardOf, type Chain } from '../../src/obligations/domain/chain.js';
import type { Link, LinkKind } from '../../src/obligations/domain/link.js';
import { allHold, allHoldByDay, pendingOn } from '../../src/obligations/domain/support.js';
import { at } from '../../src/time/segments.js';
import { agreementShown } from '../agreement-shown.js';
import { shown } from '../date-shown.js';
import { signedOf } from '../mutual-use/signing-and-start.js';
import type { PartyNames } from '../party-names.js';
import { seesWithheld } from '../reader.js';
import type { LinkShown, Path, PathKind, ReservationShown, ScopeShown } from './bound.answer.js';
import type { Asked, Found, Way } from './found-path.js';
import type { ActOf } from './missing.js';
import { periodsOf } from './periods.js';

/** What a path is shown with, on the day asked about. */
export interface Showing {
  readonly asked: Asked;
  readonly day: number;
  readonly names: PartyNames;
  readonly actOf: ActOf;
}

export function pathShown(it: Found, showing: Showing): Path {
  const { asked, day, names, actOf } = showing;
  const { agreement, through, chains } = it;
  const { answer, reasons, presumed, unknowns } = at(it.days, day);
  const record = agreement.record(day);
  const scope = scopeShown(it, showing);
  return {
    kind: kindOf(it),
    agreement: agreementShown(record, asked.reader),
    ...(through === undefined ? {} : { through: names.shown(through) }),
    provider: names.shown(carrierOf(chains.from)),
    beneficiary: names.shown(carrierOf(chains.to)),
    chains: {
      from: chains.from.links.map((one) => linkShown(one, agreement.id, showing)),
      to: chains.to.links.map((one) => linkShown(one, agreement.id, showing)),
    },
    answer,
    reasons,
    presumed,
    unknowns,
    pending: pendingOn(it.supports, day),
    ...(scope === undefined ? {} : { scope }),
    reservations: reservationsShown(it, showing),
    periods: periodsOf(it.days),
    signed: signedOf(record),
    dates: [...new Set(reasons.flatMap((one) => one.events))].flatMap((event) => {
      const act = actOf(event)?.act;
      if (act === undefined) return [];
      const { type, acted, effective } = act;
      return [
        {
          event,
          type,
          acted: acted === undefined ? null : shown(acted),
          effective: effective === undefined ? null : shown(effective),
        },
      ];
    }),
  };
}

const furthest: readonly LinkKind[] = ['succession', 'ward', 'whole', 'organ'];

function kindOf({ chains, through }: Way): PathKind {
  const kinds = [...chains.from.links, ...chains.to.links].map((it) => it.kind);
  const kind = furthest.find((it) => kinds.includes(it));
  if (kind !== undefined && kind !== 'member') return kind;
  return kinds.length > 0 || through !== undefined ? 'membership' : 'direct';
}

function linkShown(link: Link, agreement: string, { day, names }: Showing): LinkShown {
  const supports = link.supports(agreement);
  const { answer, reasons } = allHold(supports, day);
  const periods = periodsOf(allHoldByDay(supports));
  return { kind: link.kind, to: names.shown(link.to), answer, reasons, periods };
}

/** Where the path is confined to: undefined where the two are bound as the whole that they are. */
export function scopeShown(way: Way, { asked, day, names }: Showing): ScopeShown | undefined {
  const { agreement, chains, through } = way;
  const [ward, towards] = [wardOf(chains.from), wardOf(chains.to)];
  const provider = through ?? carrierOf(chains.from);
  const stated = agreement
    .contents<Scope>('scope', day)
    .flatMap((it) => areasFor(it, provider, asked.field))
    .filter((it, i, all) => all.findIndex((one) => one.by === it.by) === i)
    .filter((it) => !satisfied(it, [chains.from, chains.to]));
  if (ward === undefined && towards === undefined && stated.length === 0) return undefined;
  const areas = stated.flatMap((it) => it.areas ?? []);
  const wards = stated.flatMap((it) => it.wards ?? []);
  const hidden = hiddenFrom(way, asked, day);
  return {
    ...(ward === undefined ? {} : { ward: names.shown(ward) }),
    ...(towards === undefined ? {} : { towards: names.shown(towards) }),
    ...(areas.length === 0 ? {} : { areas: hidden('areas') ? [] : areas }),
    ...(wards.length === 0 || hidden('wards') ? {} : { wards: wards.map((it) => names.shown(it)) }),
    events: stated.map((it) => it.by),
  };
}

/** Wards are named, and one of them is asked about. */
function satisfied({ areas, wards }: Area, chains: readonly Chain[]): boolean {
  return (
    areas === undefined &&
    chains.some(({ of, links }) =>
      [of, ...links.map((it) => it.to)].some((it) => wards?.includes(it)),
    )
  );
}

function reservationsShown(way: Way, { asked, day, names }: Showing): readonly ReservationShown[] {
  const { agreement, chains, through } = way;
  const provider = through ?? carrierOf(chains.from);
  const towards = [chains.to.of, ...chains.to.links.map((it) => it.to)];
  const hidden = hiddenFrom(way, asked, day);
  return agreement
    .contents<Reservations>(`reservation:${provider}`, day)
    .flatMap((it) => touching(it, towards, asked.field))
    .filter((it, i, all) => all.findIndex((one) => one.by === it.by) === i)
    .map(({ by, text, towards: named, fields }) => ({
      event: by,
      text: hidden('text') ? null : text,
      ...(named === undefined || hidden('towards')
        ? {}
        : { towards: named.map((it) => names.shown(it)) }),
      ...(fields === undefined || hidden('fields') ? {} : { fields }),
    }));
}

/** Which fields are withheld from the reader. */
function hiddenFrom({ agreement }: Way, { reader }: Asked, day: number) {
  const { disclosure, keeper } = agreement.record(day);
  return (field: string) => disclosure.withheld.includes(field) && !seesWithheld(reader, keeper);
}
