import { rangeOf } from '../../time/day-range.js';
import {
  dayOfDescription,
  dayOfEffect,
  firstDayWithout,
  type DayOfEffect,
  type Effect,
} from '../../entries/domain/effect.js';
import type { Presuming } from '../../entries/domain/presumption.js';
import type { AgreementEvent } from './acts.js';
import { always, besideOthers, effect } from './agreement-effect.js';
import { conclusion, draftedAmong, isConclusion, onceEffective } from './conclusion.js';
import { besideReservations } from './reservation.js';
import { besideOtherScopes } from './scope.js';
import { meet, scopeOf } from './service-scope.js';
import { expiries, type TermEvent } from './term.js';

/**
 * The effects of an agreement's acts, each with the span of days within which it begins. Where the
 * taking effect is stated on its own, a conclusion only agrees (`agree`).
 */
export function effectsOf(acts: readonly AgreementEvent[], presume: Presuming): readonly Effect[] {
  const effects = acts.flatMap((act) => effectsOfAct(act, acts, presume));
  if (!acts.some((it) => it.type === 'AgreementTookEffect')) return effects;
  return onceEffective(effects);
}

function effectsOfAct(
  act: AgreementEvent,
  acts: readonly AgreementEvent[],
  presume: Presuming,
): readonly Effect[] {
  const begin = (kind: string, slots: readonly string[]) => [
    effect(act, kind, slots, dayOfEffect(act, presume), presume),
  ];
  const describe = (slots: readonly string[], kind = 'describe') => [
    effect(act, kind, slots, dayDescribed(act, acts, presume), presume),
  ];
  const end = (
    kind: string,
    slots: readonly string[],
    wording: 'lastDay' | 'firstDayWithout' | undefined,
  ) => [
    effect(act, kind, slots, firstDayWithout(dayOfEffect(act, presume), wording, presume), presume),
  ];
  switch (act.type) {
    case 'AgreementRegistered':
      return [...conclusion(act, act.data.parties, presume), outline(act, presume)];
    case 'AgreementDrafted':
      return [outline(act, presume)];
    case 'AgreementConcluded':
      return conclusion(act, draftedAmong(acts), presume);
    case 'AgreementTookEffect':
      return begin('takeEffect', ['life']);
    case 'TermAgreed':
      return [...describe(['term'], 'term'), ...expire(act, acts, presume)];
    case 'RenewalConfirmed':
      return [...begin('renew', ['term']), ...expire(act, acts, presume)];
    case 'NonRenewalNotified':
      return begin('notify', ['term']);
    case 'TopologyStated':
      return describe(['topology']);
    case 'ScopeStated':
      return describe(['scope']).map(besideOtherScopes);
    case 'ReservationMade':
      return describe([`reservation:${act.data.party}`], 'reserve').map(besideReservations);
    case 'ReservationWithdrawn':
      return begin('unreserve', [`reservation:${act.data.party}`]);
    case 'BoundThroughStated':
      return begin('through', ['through']).map(besideOthers);
    case 'ServiceStarted':
      return [announced(act, presume), ...begin('start', ['service']).map(inItsScope)];
    case 'ServiceSuspended':
      return begin('suspend', ['service']).map(inItsScope);
    case 'ServiceResumed':
      return begin('resume', ['service']).map(inItsScope);
    case 'ServiceEnded':
      return end('stop', ['service'], act.data.wording).map(inItsScope);
    case 'TermsOfUseSet':
      return describe([termsOf(act.data.provider, act.data.field)]);
    case 'ContactStated':
      return describe([`contact:${act.data.body}`]);
    case 'AgreementAmended':
      return begin('amend', ['outline']);
    case 'FacilityOffered':
      return begin('offer', [`facility:${act.data.facility}`]);
    case 'FacilityWithdrawn':
      return begin('withdraw', [`facility:${act.data.facility}`]);
    case 'PartyAcceded':
      return begin('join', [`party:${act.data.party}`]);
    case 'PartyWithdrew':
      return end('leave', [`party:${act.data.party}`], act.data.wording);
    case 'AgreementEnded':
      return end('end', ['life'], act.data.wording);
    case 'FacilitiesCounted':
      return [besideOthers(effect(act, 'count', [`count:${act.data.of}`], always, presume))];
    case 'AgreementSuperseded':
      return begin('supersede', [`supersedes:${act.data.supersedes}`]).map(besideOthers);
    case 'PartySigned':
    case 'LegalBasisStated':
    case 'ResolutionPassed':
    case 'ResolutionFoundUnnecessary':
    case 'PublicNoticeGiven':
    case 'NotificationFiled':
    case 'MeasureRecorded':
    case 'WithdrawalNotified':
    case 'AgreementRelated':
    case 'DocumentAttached':
    case 'DisclosureDecided':
    case 'ReviewHeld':
    case 'InvokedInIncident':
    case 'DrillHeld':
      return [];
  }
}

function outline(act: AgreementEvent, presume: Presuming): Effect {
  return effect(act, 'outline', ['outline'], dayOfDescription(act, presume), presume);
}

/**
 * What describes the paper holds as long as the paper does; a description that was agreed on a day
 * of its own holds from that day, and earlier days keep the earlier one (domain § 2 "Amendment").
 */
function dayDescribed(
  act: AgreementEvent,
  acts: readonly AgreementEvent[],
  presume: Presuming,
): DayOfEffect {
  if (act.effective !== undefined || act.acted === undefined) return dayOfDescription(act, presume);
  const said = JSON.stringify(rangeOf(act.acted));
  const onePaper = acts.some(
    (it) =>
      isConclusion(it) && it.acted !== undefined && JSON.stringify(rangeOf(it.acted)) === said,
  );
  return onePaper ? always : dayOfEffect(act, presume);
}

/** The slot of one provider's terms of use, in one field or in all that are not named apart. */
export function termsOf(provider: string, field?: string): string {
  return field === undefined ? `terms:${provider}` : `terms:${provider}:${field}`;
}

function expire(
  act: TermEvent,
  acts: readonly AgreementEvent[],
  presume: Presuming,
): readonly Effect[] {
  return expiries(act, acts, presume).map((day, i) => ({
    ...effect(act, 'expire', ['life', 'term'], day, presume),
    key: i === 0 ? `${act.id}#expiry` : `${act.id}#expiry${i}`,
  }));
}

/** A start on record keeps the days before it from being unrecorded. */
function announced(act: AgreementEvent, presume: Presuming): Effect {
  const it = effect(act, 'announce', ['service'], always, presume);
  return { ...besideOthers(it), key: `${act.id}#announced` };
}

/** Acts on services that have nothing in common leave each other alone. */
function inItsScope(it: Effect): Effect {
  const mine = scopeOf(it.event);
  return { ...it, commutes: (other) => !meet(mine, scopeOf(other.event)) };
}
