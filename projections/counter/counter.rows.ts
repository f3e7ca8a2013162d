import { bestOf, helpsMore, verdictWords } from '../../src/counter/domain/counter-verdict.js';
import type { Tie } from '../../src/counter/domain/eligibility.js';
import { sentenceOf, sentenceOfOthers } from '../../src/counter/domain/sentence.js';
import type { Finding } from '../../src/entries/domain/finding.js';
import type { SpanRow } from '../obligations/span.js';
import { seen } from '../mutual-use/mutual-use.rows.js';
import type { Stamp } from '../stamp.js';
import { agreementBasis } from './agreement-basis.js';
import type { Asked, PersonalTie } from './asked.js';
import type { Basis, CounterAnswer, CounterRow } from './counter.answer.js';
import { covering } from './covering.js';
import { groundsOf } from './ground.js';
import { notListed, saidOf } from './not-listed.js';
import { ownRulesBasis } from './own-rules-basis.js';
import type { Telling } from './telling.js';
import type { UseRecord } from './use-record.js';

/** What the answer is made of. */
export interface Found {
  readonly ties: readonly PersonalTie[];
  readonly records: readonly UseRecord[];
  /** What bodies say of themselves. */
  readonly bodies: readonly SpanRow[];
}

/** Every partner of which something is on record, and what is to be said of all others. */
export function counterRows(
  asked: Asked,
  found: Found,
  telling: Telling,
): Omit<CounterAnswer, keyof Stamp> {
  const { visible, hidden } = basesOf(asked, found, telling);
  const partners = new Set([
    ...visible.keys(),
    ...covering(found.bodies, asked.purpose.field, telling.day),
  ]);
  if (asked.partner !== undefined) partners.add(asked.partner);
  const hers = new Set(found.ties.filter((it) => it.how !== 'other').map((it) => it.body));
  const rows = [...partners]
    .filter((it) => isAsked(it, asked, telling))
    .filter((it) => visible.has(it) || !hers.has(it) || it === asked.partner)
    .map((it) => rowOf(it, visible.get(it) ?? [], hidden.get(it) ?? [], found, telling))
    .toSorted((a, b) => helpsMore(b.verdict, a.verdict) || compare(a.partner.code, b.partner.code));
  const others = asked.partner === undefined ? othersOf(found, hidden, telling) : undefined;
  const said = [...rows.map((it) => it.verdict), ...(others === undefined ? [] : [others.verdict])];
  const verdict = bestOf(said) ?? 'check';
  const certain = rows.filter((it) => helpsMore(it.verdict, 'check') > 0).length;
  const open = rows.filter((it) => it.verdict === 'check').length;
  const { field, kind } = asked.purpose;
  return {
    person: personOf(found.ties, telling),
    purpose: { field, ...(kind === undefined ? {} : { kind: { poi: kind.poi, name: kind.name } }) },
    verdict,
    word: verdictWords[verdict],
    total: { certain, possible: certain + open },
    partners: rows,
    ...(others === undefined ? {} : { others }),
  };
}

type Bases = Map<string, Basis[]>;

function basesOf(asked: Asked, { ties, records, bodies }: Found, telling: Telling) {
  const visible: Bases = new Map();
  const hidden: Bases = new Map();
  const add = (to: Bases, partner: string, basis: Basis) =>
    to.set(partner, [...(to.get(partner) ?? []), basis]);
  for (const record of records) {
    const to = seen(record.on(telling.day), asked.reader) ? visible : hidden;
    for (const ground of groundsOf(record, asked, ties, telling)) {
      const { named } = ground.partner;
      if (isAsked(named, asked, telling)) add(to, named, agreementBasis(ground, telling));
    }
  }
  for (const body of new Set(bodies.map((it) => it.stream))) {
    if (!isAsked(body, asked, telling)) continue;
    const mine = ties.filter((it) => it.body === body && it.how !== 'other');
    const own = mine.length > 0 ? mine : [{ tie: 'anyone' as const, body }];
    for (const tie of own) {
      const basis = ownRulesBasis(body, tie, bodies, telling);
      if (basis !== undefined) add(visible, body, basis);
    }
  }
  return { visible, hidden };
}

/** A partner, or a ward or organ of the one asked for. */
function isAsked(partner: string, asked: Asked, { names }: Telling): boolean {
  if (asked.partner === undefined || partner === asked.partner) return true;
  return names.shown(partner).partOf === asked.partner;
}

function rowOf(
  partner: string,
  bases: readonly Basis[],
  hidden: readonly Basis[],
  found: Found,
  telling: Telling,
): CounterRow {
  const shown = telling.names.shown(partner);
  const best = sideBySide(bases);
  const [lead] = best;
  const unsaid = { ...found, ties: tiesWithout(bases, found.ties) };
  const rest = notListed(unsaid.ties, found.bodies, someHelps(hidden), telling, partner);
  const open = lead === undefined || (lead.verdict === 'unusable' && unsaid.ties.length > 0);
  const decided = open && (lead === undefined || rest.answer !== 'no') ? rest : undefined;
  const concealed =
    lead !== undefined && hidden.some((it) => helpsMore(it.verdict, lead.verdict) > 0);
  const other = decided ?? (concealed ? undisclosed : undefined);
  if (lead !== undefined && other === undefined) {
    const { verdict, word, sentence, reasons, contact } = lead;
    return { partner: shown, verdict, word, sentence, reasons, ask: contact, bases: best };
  }
  const why = other ?? rest;
  const about = decided === undefined ? found : unsaid;
  const said = saidOf(why, (it) => sentenceAbout(partner, it, why, about, telling), {
    party: shown,
    office: null,
    telephone: null,
  });
  return { partner: shown, ...said, bases: best };
}

const undisclosed: Finding = {
  answer: 'undetermined',
  reasons: [{ code: 'undisclosed', events: [] }],
  presumed: [],
  unknowns: [],
};

/** Where she lives, works or studies, of which no ground speaks: nothing is recorded of it. */
function tiesWithout(bases: readonly Basis[], ties: readonly PersonalTie[]) {
  const spoken = new Set(bases.map((it) => it.eligibility.tie));
  return ties.filter((it) => !spoken.has(it.tie));
}

/** The best first; a tie that nobody grants anything is no basis where another one helps more. */
function sideBySide(bases: readonly Basis[]): readonly Basis[] {
  const ordered = bases.toSorted((a, b) => helpsMore(b.verdict, a.verdict));
  const [lead] = ordered;
  return ordered.filter(
    (it) =>
      it === lead ||
      it.verdict !== 'unusable' ||
      !it.reasons.some((one) => one.code === 'not-eligible'),
  );
}

function someHelps(hidden: readonly Basis[]): boolean {
  return hidden.some((it) => it.verdict !== 'unusable');
}

function othersOf(found: Found, hidden: Bases, telling: Telling) {
  const concealed = [...hidden.values()].some(someHelps);
  const listed = notListed(found.ties, found.bodies, concealed, telling);
  const party = telling.names.shown(found.ties[0]?.named ?? '');
  return saidOf(listed, (it) => sentenceOfOthers(it, telling.called, listed.reasons), {
    party,
    office: null,
    telephone: null,
  });
}

function sentenceAbout(
  partner: string,
  verdict: Basis['verdict'],
  { reasons }: Finding,
  { ties }: Found,
  { names, called }: Telling,
): string {
  const [first] = ties;
  const to = names.shown(first?.named ?? '').name ?? '';
  const place = { partner: names.shown(partner).name ?? partner, purpose: called };
  const tie: Tie = first?.tie ?? 'anyone';
  return sentenceOf({ verdict, tie, to, ...place, conditions: [], reasons, unrecorded: [] });
}

function personOf(ties: readonly PersonalTie[], { names }: Telling): CounterAnswer['person'] {
  return Object.fromEntries(
    ties
      .filter((it) => it.how === 'itself')
      .map(({ tie, named }) => {
        const as = ties.filter((it) => it.tie === tie && it.how === 'whole');
        return [tie, { party: names.shown(named), as: as.map((it) => names.shown(it.body)) }];
      }),
  );
}

function compare(a: string | null, b: string | null): number {
  if (a === b) return 0;
  return (a ?? '~') < (b ?? '~') ? -1 : 1;
}
