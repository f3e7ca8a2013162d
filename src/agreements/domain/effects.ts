import type { RegisterEvent } from '../../entries/domain/event.js';
import type { PartialDate } from '../../time/partial-date.js';
import {
  dayOfDescription,
  dayOfEffect,
  firstDayWithout,
  type DayOfEffect,
  type Effect,
} from '../../entries/domain/effect.js';
import type { Presuming } from '../../entries/domain/presumption.js';
import type { AgreementEvent } from './acts.js';
import { binds, type PartyRole } from './vocabulary.js';

interface Participant {
  readonly party: string;
  readonly role?: PartyRole;
  readonly from?: PartialDate;
}

/** Kinds whose effects an effect is presumed to follow, when their days overlap (`in-order`). */
const follows: Readonly<Record<string, readonly string[]>> = {
  takeEffect: ['agree', 'conclude'],
  join: ['agree', 'conclude'],
  leave: ['agree', 'conclude', 'takeEffect', 'join'],
  start: ['agree', 'conclude', 'takeEffect', 'join'],
  suspend: ['agree', 'conclude', 'takeEffect', 'start'],
  resume: ['agree', 'conclude', 'takeEffect', 'start', 'suspend'],
  stop: ['agree', 'conclude', 'takeEffect', 'start', 'suspend', 'resume'],
  amend: ['agree', 'conclude', 'takeEffect'],
  describe: ['agree', 'conclude', 'takeEffect'],
  term: ['agree', 'conclude', 'takeEffect'],
  renew: ['agree', 'conclude', 'takeEffect', 'term'],
  expire: ['agree', 'conclude', 'takeEffect', 'term', 'renew', 'join'],
  end: ['agree', 'conclude', 'takeEffect', 'join', 'start', 'amend', 'term', 'renew', 'describe'],
  through: ['agree', 'conclude', 'takeEffect'],
  offer: ['agree', 'conclude', 'takeEffect', 'start'],
  withdraw: ['offer'],
};

/**
 * The effects of an agreement's acts, each with the span of days within which it begins. Where the
 * taking effect is stated on its own, a conclusion only agrees (`agree`).
 */
export function effectsOf(acts: readonly AgreementEvent[], presume: Presuming): readonly Effect[] {
  const drafted = acts.find((it) => it.type === 'AgreementDrafted');
  const effects = acts.flatMap((act) => effectsOfAct(act, drafted, presume));
  if (!acts.some((it) => it.type === 'AgreementTookEffect')) return effects;
  return effects.map((it) => (it.kind === 'conclude' ? { ...it, kind: 'agree' } : it));
}

function effectsOfAct(
  act: AgreementEvent,
  drafted: AgreementEvent | undefined,
  presume: Presuming,
): readonly Effect[] {
  const begin = (kind: string, slots: readonly string[]) => [
    effect(act, kind, slots, dayOfEffect(act, presume), presume),
  ];
  const describe = (slots: readonly string[], kind = 'describe') => [
    effect(act, kind, slots, dayOfDescription(act, presume), presume),
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
      return [...conclusion(act, act.data.parties, presume), ...describe(['outline'], 'outline')];
    case 'AgreementDrafted':
      return describe(['outline'], 'outline');
    case 'AgreementConcluded':
      return conclusion(
        act,
        drafted?.type === 'AgreementDrafted' ? drafted.data.parties : [],
        presume,
      );
    case 'AgreementTookEffect':
      return begin('takeEffect', ['life']);
    case 'TermAgreed':
      return [
        ...describe(['term'], 'term'),
        ...expiry(act, act.data.end, act.data.wording, presume),
      ];
    case 'RenewalConfirmed':
      return [...begin('renew', ['term']), ...expiry(act, act.data.end, 'lastDay', presume)];
    case 'NonRenewalNotified':
      return begin('notify', ['term']);
    case 'TopologyStated':
      return describe(['topology']);
    case 'BoundThroughStated':
      return begin('through', ['through']);
    case 'ServiceStarted':
      return [...announced(act, presume), ...begin('start', ['service'])];
    case 'ServiceSuspended':
      return begin('suspend', ['service']);
    case 'ServiceResumed':
      return begin('resume', ['service']);
    case 'ServiceEnded':
      return end('stop', ['service'], act.data.wording);
    case 'TermsOfUseSet':
      return describe([`terms:${act.data.provider}`]);
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
      return describe([`count:${act.data.of}`], 'count').map((it) => ({
        ...it,
        range: { from: -Infinity, to: -Infinity },
      }));
    case 'AgreementSuperseded':
      return begin('supersede', [`supersedes:${act.data.supersedes}`]);
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

/** One effect for the parties that share the agreement's day, one more for each with its own. */
function conclusion(
  act: AgreementEvent,
  parties: readonly Participant[],
  presume: Presuming,
): readonly Effect[] {
  const bound = parties.filter((it) => binds(it.role));
  const together = bound.filter((it) => it.from === undefined).map((it) => `party:${it.party}`);
  return [
    effect(act, 'conclude', ['life', ...together], dayOfEffect(act, presume), presume),
    ...bound.flatMap(({ party, from }) =>
      from === undefined
        ? []
        : [
            {
              ...effect(act, 'join', [`party:${party}`], partyDay(act, from, presume), presume),
              key: `${act.id}#${party}`,
            },
          ],
    ),
  ];
}

function partyDay(act: RegisterEvent, from: PartialDate, presume: Presuming): DayOfEffect {
  return dayOfEffect({ ...act, effective: from }, presume);
}

/** A start on record keeps the days before it from being unrecorded. */
function announced(act: AgreementEvent, presume: Presuming): readonly Effect[] {
  const always = { range: { from: -Infinity, to: -Infinity }, presumed: [] };
  return [{ ...effect(act, 'announce', ['service'], always, presume), key: `${act.id}#announced` }];
}

function expiry(
  act: AgreementEvent,
  end: PartialDate,
  wording: 'lastDay' | 'firstDayWithout' | undefined,
  presume: Presuming,
): readonly Effect[] {
  if ('tag' in end && end.tag !== 'unknown') return [];
  const day = firstDayWithout(dayOfEffect({ ...act, effective: end }, presume), wording, presume);
  return [{ ...effect(act, 'expire', ['life', 'term'], day, presume), key: `${act.id}#expiry` }];
}

function effect(
  event: AgreementEvent,
  kind: string,
  slots: readonly string[],
  { range, presumed }: DayOfEffect,
  presume: Presuming,
): Effect {
  const earlier = presume.has('in-order') ? (follows[kind] ?? []) : [];
  return {
    key: event.id,
    kind,
    event,
    range,
    presumed,
    slots,
    follows: (other) => earlier.includes(other.kind),
  };
}
