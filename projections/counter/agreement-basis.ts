import {
  counterVerdict,
  verdictWords,
  type CounterVerdict,
} from '../../src/counter/domain/counter-verdict.js';
import {
  conditionsOn,
  eligibleUnder,
  itemsFor,
  tieWords,
} from '../../src/counter/domain/eligibility.js';
import { sentenceOf } from '../../src/counter/domain/sentence.js';
import { allOf, finding, type Finding } from '../../src/entries/domain/finding.js';
import { comparable } from '../../src/facilities/list/comparable.js';
import { isTooMany } from '../../src/time/possibility.js';
import type { AgreementRecord } from '../agreement-record.js';
import { agreementShown } from '../agreement-shown.js';
import { notReplaced } from '../claimed-elsewhere.js';
import { bothHold, leftOpen } from '../../src/entries/domain/joined-findings.js';
import { facilityClaims } from '../mutual-use/facility-claims.js';
import { serviceStartOf, signedOf } from '../mutual-use/signing-and-start.js';
import { seesWithheld } from '../reader.js';
import type { PersonalTie } from './asked.js';
import type { Basis, Contact, Facilities } from './counter.answer.js';
import type { Ground } from './ground.js';
import { listed, unrecorded } from './listed.js';
import { nextChange } from './next-change.js';
import type { Telling } from './telling.js';
import { areasOf, useUnder } from './use-under.js';

interface Judged {
  readonly finding: Finding;
  readonly verdict: CounterVerdict;
  readonly pending: readonly string[];
  readonly conditions: readonly string[];
}

/** The basis as it stands on the day asked for, with the next day on which it changes. */
export function agreementBasis(ground: Ground, telling: Telling): Basis {
  const { record, partner, tie } = ground;
  const { day, names, reader, purpose } = telling;
  const provider = partner.body;
  const agreement = record.on(day);
  const judged = judge(ground, day, telling);
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

function judge(ground: Ground, day: number, telling: Telling): Judged {
  const { record, partner, tie } = ground;
  const { purpose, reader, incomplete } = telling;
  const agreement = record.on(day);
  const terms = agreement.terms(partner.body, purpose.field);
  const given = useUnder(ground, agreement, telling);
  const hidden = withheldFrom(agreement, telling)('eligibility');
  const lets = () => finding(allOf(given, eligibleUnder(terms, tie.tie)));
  const own =
    hidden && finding(given).answer !== 'no' ? leftOpen(finding(given), undisclosed) : lets();
  const [hers, theirs] = [tie.on(record.id, day), partner.on(record.id, day)];
  const carried = bothHold(bothHold(own, hers.finding), theirs.finding);
  const inForce = incomplete.weaken(bothHold(carried, notReplaced(agreement, reader)), record.id);
  const pending = [...partsPending(ground, agreement, telling), ...hers.pending, ...theirs.pending];
  const listed = offersKind(agreement, partner.body, telling);
  const found = narrowed(inForce, tie, telling, { pending, listed });
  const withheld = withheldFrom(agreement, telling);
  const conditions = [
    ...shownUnless(withheld('condition'), conditionsOn(terms, tie.tie)),
    ...shownUnless(withheld('areas'), areasOf(ground, agreement, telling)),
  ];
  const verdict = counterVerdict(found, {
    pending: pending.length > 0,
    conditional: conditions.length > 0,
  });
  return { finding: found, verdict, pending: [...new Set(pending)], conditions };
}

/** That there is a condition is told; which one, not to whom it is withheld from. */
function shownUnless(withheld: boolean, conditions: readonly string[]): readonly string[] {
  return withheld && conditions.length > 0 ? ['非公開の条件'] : conditions;
}

function partsPending(
  { partner, tie, through }: Ground,
  agreement: AgreementRecord,
  { purpose: { field } }: Telling,
): readonly string[] {
  const provider = partner.body;
  const bound =
    through === undefined
      ? [`bond:${provider}`, `bond:${tie.body}`, 'topology', 'scope', `reservation:${provider}`]
      : ['through', `bond:${through}`, 'scope', `reservation:${through}`];
  const terms = [`terms:${provider}`, `terms:${provider}:${field}`];
  return agreement.pending(...bound, 'service', 'outline', `field:${field}`, ...terms);
}

const undisclosed = { code: 'undisclosed', events: [] } as const;

/** 鶴見区(横浜市): who she is, and as whose resident she counts. */
function nameOfTie({ named, body, how }: PersonalTie, names: Telling['names']): string {
  const own = names.shown(named).name ?? named;
  return how === 'itself' ? own : `${own}(${names.shown(body).name ?? body})`;
}

/** What speaks for a part of her city, or for a field of which she wants one kind, leaves a yes open. */
function narrowed(
  found: Finding,
  { how }: PersonalTie,
  { purpose }: Telling,
  { pending, listed }: { readonly pending: readonly string[]; readonly listed: boolean },
): Finding {
  let it = found;
  if (how === 'part' && it.answer !== 'no') it = leftOpen(it, { code: 'part-only', events: [] });
  if (purpose.kind?.narrower === true && !listed && it.answer === 'yes') {
    it = leftOpen(it, { code: 'kind-not-recorded', events: [] });
  }
  return pending.length > 0
    ? { ...it, reasons: [{ code: 'pending', events: [] }, ...it.reasons] }
    : it;
}

/** What it rests on changes on no other days: the bonds of third parties decide nothing. */
function daysAfter({ record, partner, tie, through }: Ground, day: number): readonly number[] {
  const links = [...partner.breaks, ...tie.breaks].filter((it) => it > day);
  const own = record.breaksAfter(day, [partner.body, tie.body, through]);
  return links.length === 0 ? own : [...new Set([...own, ...links])].sort((a, b) => a - b);
}

function onDay(ground: Ground, day: number, telling: Telling) {
  const { verdict } = judge(ground, day, telling);
  return {
    verdict,
    terms: textOf(ground.record.on(day).terms(ground.partner.body, telling.purpose.field)),
  };
}

function textOf(terms: ReturnType<AgreementRecord['terms']>): string {
  return JSON.stringify(terms.map((it) => it.content));
}

function withheldFrom(agreement: AgreementRecord, { reader }: Telling): (field: string) => boolean {
  const { withheld } = agreement.disclosure;
  if (withheld.length === 0 || seesWithheld(reader, agreement.keeper)) return () => false;
  return (field) => withheld.includes(field);
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

/** Whether a facility of the very kind is on offer. */
function offersKind(agreement: AgreementRecord, provider: string, telling: Telling): boolean {
  const { kind } = telling.purpose;
  const kinds = kind === undefined ? [] : [comparable(kind.poi), comparable(kind.name)];
  return agreement.onOffer(provider).some((id) => {
    const facility = telling.facility(id);
    const certain = facility?.described.length === 1 && facility.isOf(kinds);
    return certain && facility.open(telling.incomplete).answer === 'yes';
  });
}
