import { act, opening, type EventOf } from '../../entries/domain/act-type.js';
import { list, open, optional, record, sealed } from '../../entries/domain/field.js';
import {
  agreement,
  boolean,
  date,
  facility,
  integer,
  number,
  party,
  sha256,
  text,
  word,
} from '../../entries/domain/field-kinds.js';
import { termsOfUse } from './terms-of-use.js';
import { fields, instrumentKinds, partyRoles, stages } from './vocabulary.js';

const subject = () => open(word(...fields));

const participant = record({
  party: open(party()),
  role: optional(open(word(...partyRoles))),
  /** 資格: which organ signed, in which office. */
  capacity: optional(open(text(200))),
  /** Bound from a day of its own, where the paper says so. */
  from: optional(open(date())),
});

const pair = record({ provider: open(party()), beneficiary: open(party()) });

const outline = {
  title: open(text(300)),
  kind: open(word(...instrumentKinds)),
  fields: list(subject(), 1),
  parties: list(participant, 1),
  /** 文書番号 */
  number: optional(open(text(100))),
  /** Parties the source does not name: 近隣市, 3団体, 1市6町1村. None of them is held as a party. */
  unnamed: optional(list(open(text(100)))),
  remark: optional(sealed(text(4000))),
};

/** A bilateral or multilateral agreement, from the draft or the old paper to its end (domain § 8). */
export const agreementActs = {
  /** An old paper, entered in one act from its 締結日. */
  AgreementRegistered: opening({ keeper: open(party()), ...outline }),
  AgreementDrafted: opening({ keeper: open(party()), ...outline }),
  PartySigned: act({
    party: open(party()),
    capacity: optional(open(text(200))),
    signatory: optional(sealed(text(100))),
  }),
  AgreementConcluded: act({ number: optional(open(text(100))) }),
  LegalBasisStated: act({ basis: open(text(200)), none: optional(open(boolean())) }),
  ResolutionPassed: act({ party: open(party()), bill: open(text(100)) }),
  ResolutionFoundUnnecessary: act({ party: open(party()), ground: open(text(500)) }),
  PublicNoticeGiven: act({ party: open(party()), number: optional(open(text(100))) }),
  NotificationFiled: act({ party: open(party()), to: open(text(100)) }),
  AgreementTookEffect: act({}),
  TermAgreed: act({
    end: open(date()),
    /** まで・をもって・満了 is the last day; から廃止 the first day without. Unsaid: last day, presumed. */
    wording: optional(open(word('lastDay', 'firstDayWithout'))),
    clause: optional(open(text(2000))),
    renewal: optional(
      record({
        kind: open(word('automatic', 'byAgreement', 'none')),
        years: optional(open(integer(1, 100))),
        noticeMonths: optional(open(integer(0, 60))),
        noticeDays: optional(open(integer(0, 2000))),
      }),
    ),
  }),
  TopologyStated: act({
    /** mesh: everybody each other; hub: `of` and each other party both ways; oneWay: `of` provides. */
    shape: open(word('mesh', 'hub', 'oneWay', 'pairs')),
    of: optional(open(party())),
    pairs: optional(list(pair)),
    /** Every pair that is not stated. */
    rest: open(word('bound', 'notBound', 'unknown')),
    fields: optional(list(subject())),
  }),
  /** An umbrella, as reported: the stated pairs are bound as members of `through`. */
  BoundThroughStated: act({
    through: open(party()),
    pairs: list(pair, 1),
    fields: optional(list(subject())),
  }),
  /** 区域: the obligation is confined to these areas, or to these wards of a party's. */
  ScopeStated: act({
    areas: optional(list(open(text(300)), 1)),
    wards: optional(list(open(party()), 1)),
    /** Of one provider alone, in some fields alone, where the paper says so. */
    provider: optional(open(party())),
    fields: optional(list(subject(), 1)),
  }),
  /** 留保: what a party does not give, though the agreement binds it; unsaid is how far it reaches. */
  ReservationMade: act({
    party: open(party()),
    text: open(text(2000)),
    towards: optional(list(open(party()), 1)),
    fields: optional(list(subject(), 1)),
  }),
  ReservationWithdrawn: act({ party: open(party()) }),
  ServiceStarted: act({ provider: optional(open(party())), field: optional(subject()) }),
  ServiceSuspended: act({ provider: optional(open(party())), field: optional(subject()) }),
  ServiceResumed: act({ provider: optional(open(party())), field: optional(subject()) }),
  ServiceEnded: act({
    provider: optional(open(party())),
    field: optional(subject()),
    wording: optional(open(word('lastDay', 'firstDayWithout'))),
  }),
  /** A claim about a list: shown beside the list's own count, never instead of it. */
  FacilitiesCounted: act({
    of: open(party()),
    count: open(integer()),
    field: optional(subject()),
    heading: optional(open(text(200))),
  }),
  FacilityOffered: act({ facility: open(facility()), provider: open(party()) }),
  FacilityWithdrawn: act({ facility: open(facility()), provider: open(party()) }),
  TermsOfUseSet: act({
    provider: open(party()),
    field: optional(subject()),
    /** Where in the paper: 第3条第2項. */
    clause: optional(open(text(200))),
    ...termsOfUse,
  }),
  /** 取組: something done under, or beside, an agreement; it binds nobody. */
  MeasureRecorded: act({
    title: open(text(300)),
    description: optional(open(text(4000))),
    field: optional(subject()),
    parties: optional(list(participant)),
    unnamed: optional(list(open(text(100)))),
    figures: optional(
      list(
        record({
          label: open(text(200)),
          value: optional(open(number())),
          /** As printed, where the print is not the number it means. */
          printed: optional(open(text(100))),
          unit: optional(open(text(40))),
        }),
      ),
    ),
    stage: optional(open(word(...stages))),
  }),
  ContactStated: act({
    body: open(party()),
    office: open(text(200)),
    telephone: optional(open(text(60))),
    person: optional(sealed(text(100))),
  }),
  AgreementAmended: act({
    summary: open(text(4000)),
    title: optional(open(text(300))),
    fields: optional(list(subject(), 1)),
    number: optional(open(text(100))),
  }),
  PartyAcceded: act({ party: open(party()), capacity: optional(open(text(200))) }),
  WithdrawalNotified: act({ party: open(party()) }),
  PartyWithdrew: act({
    party: open(party()),
    wording: optional(open(word('lastDay', 'firstDayWithout'))),
  }),
  NonRenewalNotified: act({ party: open(party()) }),
  RenewalConfirmed: act({ end: open(date()) }),
  AgreementEnded: act({
    ground: open(word('expired', 'byAgreement', 'denounced', 'superseded', 'partyExtinct')),
    wording: optional(open(word('lastDay', 'firstDayWithout'))),
  }),
  /** Stands on the new agreement and names the old one. */
  AgreementSuperseded: act({ supersedes: open(agreement()) }),
  AgreementRelated: act({
    relation: open(word('parent', 'details', 'successor', 'carriesOut')),
    to: open(agreement()),
    certainty: optional(open(word('stated', 'inferred'))),
  }),
  DocumentAttached: act({
    sha256: open(sha256()),
    name: open(text(200)),
    media: open(text(100)),
    bytes: open(integer()),
  }),
  DisclosureDecided: act({
    disclosed: open(boolean()),
    /** Field names withheld although the agreement is disclosed. */
    withheld: optional(list(open(text(100)))),
    ground: open(text(500)),
  }),
  ReviewHeld: act({ summary: open(text(2000)) }),
  InvokedInIncident: act({ incident: open(text(500)) }),
  DrillHeld: act({ title: open(text(500)) }),
};

export type AgreementEvent = EventOf<typeof agreementActs>;
