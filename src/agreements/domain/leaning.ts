import type { RegisterEvent } from '../../entries/domain/event.js';
import type { Leaning } from '../../entries/domain/readings.js';

const conclusions: ReadonlySet<string> = new Set(['AgreementRegistered', 'AgreementConcluded']);

const bases: Readonly<Record<string, readonly string[]>> = {
  AgreementConcluded: ['AgreementDrafted', 'PartySigned'],
  PartySigned: ['AgreementDrafted'],
  ServiceSuspended: ['ServiceStarted'],
  ServiceResumed: ['ServiceStarted', 'ServiceSuspended'],
  ServiceEnded: ['ServiceStarted'],
  RenewalConfirmed: ['TermAgreed'],
  NonRenewalNotified: ['TermAgreed'],
  PartyWithdrew: ['PartyAcceded'],
  FacilityWithdrawn: ['FacilityOffered'],
  ReservationWithdrawn: ['ReservationMade'],
};

const needAgreement: ReadonlySet<string> = new Set([
  'AgreementTookEffect',
  'TermAgreed',
  'TopologyStated',
  'BoundThroughStated',
  'ScopeStated',
  'ReservationMade',
  'ReservationWithdrawn',
  'ServiceStarted',
  'ServiceSuspended',
  'ServiceResumed',
  'ServiceEnded',
  'FacilityOffered',
  'TermsOfUseSet',
  'AgreementAmended',
  'PartyAcceded',
  'PartyWithdrew',
  'RenewalConfirmed',
  'AgreementEnded',
  'AgreementSuperseded',
]);

/** What in an agreement leans on what: an act on the conclusion, a conclusion on its signatures. */
export const agreementLeaning: Leaning = {
  leans(act, base) {
    if (conclusions.has(base.type)) return needAgreement.has(act.type);
    return (bases[act.type] ?? []).includes(base.type) && samePartyOrNone(act, base);
  },
  replaces(other, base) {
    if (conclusions.has(base.type)) return conclusions.has(other.type);
    return other.type === base.type && samePartyOrNone(other, base);
  },
};

/** Acts that name a party lean on acts of that party; a conclusion leans on every signature. */
function samePartyOrNone(act: RegisterEvent, base: RegisterEvent): boolean {
  const [mine, its] = [partyOf(act), partyOf(base)];
  return mine === undefined || its === undefined || mine === its;
}

function partyOf(event: RegisterEvent): string | undefined {
  const { party, provider, facility } = event.data as Readonly<Record<string, string | undefined>>;
  return party ?? facility ?? provider;
}
