import { verdictWords } from '../../src/counter/domain/counter-verdict.js';
import { itemsFor, tieWords } from '../../src/counter/domain/eligibility.js';
import { sentenceOf } from '../../src/counter/domain/sentence.js';
import { isTooMany } from '../../src/time/possibility.js';
import type { AgreementRecord } from '../agreement-record.js';
import { agreementShown } from '../agreement-shown.js';
import { facilityClaims } from '../mutual-use/facility-claims.js';
import { serviceStartOf, signedOf } from '../mutual-use/signing-and-start.js';
import type { PersonalTie } from './asked.js';
import type { Basis, Contact, Facilities } from './counter.answer.js';
import type { Ground } from './ground.js';
import { JudgedGround, withheldFrom } from './judge-ground.js';
import type { Judged, JudgedBasis } from './judged.js';
import { listed, unrecorded } from './listed.js';
import { nextChange } from './next-change.js';
import type { Telling } from './telling.js';

/** What a ground comes to on the day asked for. */
export function judgedGround(ground: Ground, telling: Telling): JudgedBasis {
  const judged = new JudgedGround(ground, telling.day, telling);
  return { judged, tie: ground.tie.tie, tell: () => agreementBasis(ground, judged, telling) };
}

/** The basis as it stands on the day asked for, with the next day on which it changes. */
function agreementBasis(ground: Ground, judged: Judged, telling: Telling): Basis {
  const { record, partner, tie } = ground;
  const { day, names, reader, purpose } = telling;
  const provider = partner.body;
  const agreement = record.on(day);
  const withheld = withheldFrom(agreement, telling);
  const terms = agreement.terms(provider, purpose.field);
  const lists = {
    bring: listed(terms, 'bring', withheld),
    limits: listed(terms, 'limits', withheld),
    exclusions: listed(terms, 'exclusions', withheld),
  };
  const contact = contactOf(agreement, provider, telling);
  const { verdict, finding: found, pending, conditions } = judged;
  const concluding = signedOf(agreement);
  const stated = terms.flatMap(({ content }) => (isTooMany(content) ? [] : (content.stated ?? [])));
  const source = agreement.act(stated[0]?.by ?? concluding?.event ?? '')?.source;
  return {
    kind: 'agreement',
    verdict,
    word: verdictWords[verdict],
    sentence: sentenceOf({
      verdict,
      tie: tie.tie,
      to: nameOfTie(tie, names),
      partner: names.shown(partner.named).name ?? partner.named,
      purpose: telling.called,
      conditions,
      reasons: found.reasons,
      unrecorded: unrecorded(lists, contact.telephone),
    }),
    eligibility: {
      tie: tie.tie,
      word: tieWords[tie.tie],
      to: names.shown(tie.body),
      stated: withheld('eligibility')
        ? []
        : terms
            .flatMap(({ content }) => (isTooMany(content) ? [] : itemsFor(content, tie.tie)))
            .map(({ condition, ...it }) =>
              condition === undefined || withheld('condition') ? it : { ...it, condition },
            ),
    },
    agreement: agreementShown(agreement, reader),
    clause: withheld('clause') ? null : (stated[0]?.clause ?? null),
    source:
      source === undefined
        ? null
        : {
            document: source.document,
            ...(source.place === undefined ? {} : { place: source.place }),
          },
    signed: concluding,
    serviceStart: serviceStartOf(agreement, purpose.field, provider),
    /** Looked for where the basis is told: it is judged again on later days. */
    get nextChange() {
      return nextChange({ verdict, terms: textOf(terms) }, daysAfter(ground, day), (later) =>
        onDay(ground, later, telling),
      );
    },
    facilities: facilitiesOf(agreement, provider, telling),
    ...lists,
    contact,
    reasons: found.reasons,
    presumed: found.presumed,
    unknowns: found.unknowns,
    pending,
  };
}

/** 鶴見区(横浜市): who she is, and as whose resident she counts. */
function nameOfTie({ named, body, how }: PersonalTie, names: Telling['names']): string {
  const own = names.shown(named).name ?? named;
  return how === 'itself' ? own : `${own}(${names.shown(body).name ?? body})`;
}

/** What it rests on changes on no other days: the bonds of third parties decide nothing. */
function daysAfter({ record, partner, tie, through }: Ground, day: number): readonly number[] {
  const links = [...partner.breaks, ...tie.breaks].filter((it) => it > day);
  const own = record.breaksAfter(day, [partner.body, tie.body, through]);
  return links.length === 0 ? own : [...new Set([...own, ...links])].sort((a, b) => a - b);
}

function onDay(ground: Ground, day: number, telling: Telling) {
  const { verdict } = new JudgedGround(ground, day, telling);
  return {
    verdict,
    terms: textOf(ground.record.on(day).terms(ground.partner.body, telling.purpose.field)),
  };
}

function textOf(terms: ReturnType<AgreementRecord['terms']>): string {
  return JSON.stringify(terms.map((it) => it.content));
}

/** Whom to ring: the office of the provider, or of its organ, as stated; else who keeps the record. */
function contactOf(agreement: AgreementRecord, provider: string, telling: Telling): Contact {
  const { names } = telling;
  const withheld = withheldFrom(agreement, telling);
  const { contacts } = agreement;
  const stated =
    contacts.find((it) => it.body === provider) ??
    contacts.find((it) => names.shown(it.body).partOf === provider);
  if (stated === undefined || withheld('contact')) {
    return { party: names.shown(agreement.keeper ?? provider), office: null, telephone: null };
  }
  return {
    party: names.shown(stated.body),
    office: withheld('office') ? null : stated.office,
    telephone: withheld('telephone') ? null : (stated.telephone ?? null),
    event: stated.by,
  };
}

/** Counts as they are stated, and beside them what the register lists of that provider. */
function facilitiesOf(agreement: AgreementRecord, provider: string, telling: Telling): Facilities {
  const hidden = withheldFrom(agreement, telling)('count');
  const claims = facilityClaims(agreement, provider, telling.purpose.field);
  const unseen = withheldFrom(agreement, telling)('facility');
  const offered = (unseen ? [] : agreement.onOffer(provider)).map((id) => {
    const facility = telling.facility(id);
    const name = facility?.value('name');
    return {
      facility: id,
      name: typeof name === 'string' ? name : null,
      open: facility?.open(telling.incomplete).answer ?? ('undetermined' as const),
    };
  });
  const counts = hidden ? { ...claims, count: null, claims: [], difference: null } : claims;
  return { ...counts, listed: agreement.offers(provider) ? claims.listed : null, offered };
}
