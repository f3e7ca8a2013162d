import {
  bestOf,
  helpsMore,
  verdictWords,
  type CounterVerdict,
} from '../../src/counter/domain/counter-verdict.js';
import type { Tie } from '../../src/counter/domain/eligibility.js';
import { sentenceOf, sentenceOfOthers } from '../../src/counter/domain/sentence.js';
import type { Reason } from '../../src/entries/domain/finding.js';
import { seen } from '../mutual-use/mutual-use.rows.js';
import type { Stamp } from '../stamp.js';
import type { PartyShown } from '../party-names.js';
import { judgedGround } from './agreement-basis.js';
import type { Asked, PersonalTie } from './asked.js';
import type { CounterAnswer, CounterRow } from './counter.answer.js';
import { doubtIn, someHelps, undisclosed, type Bases } from './doubt.js';
import { groundsOf } from './ground.js';
import type { Judged, JudgedBasis } from './judged.js';
import { notListed, saidOf, verdictOf, type Weighed } from './not-listed.js';
import { judgedRules } from './own-rules-basis.js';
import type { Telling } from './telling.js';
import type { UseRecord } from './use-record.js';

/** What the answer is made of. */
export interface Found {
  readonly ties: readonly PersonalTie[];
  /** More or longer ways lead from her than were followed. */
  readonly cut: boolean;
  readonly records: readonly UseRecord[];
}

/** The answer but for its stamp; a partner is told as he is written, and let go of before the next one. */
interface ToldWhenWritten extends Omit<CounterAnswer, keyof Stamp | 'partners'> {
  readonly partners: readonly { readonly toJSON: () => CounterRow }[];
}

/** Every partner of which something is on record, and what is to be said of all others. */
export function counterRows(asked: Asked, found: Found, telling: Telling): ToldWhenWritten {
  const bases = basesOf(asked, found, telling);
  const { visible } = bases;
  const partners = new Set([...visible.keys(), ...telling.around.covering]);
  if (asked.partner !== undefined) partners.add(asked.partner);
  const hers = new Set(found.ties.filter((it) => it.how !== 'other').map((it) => it.body));
  const rows = [...partners]
    .filter((it) => isAsked(it, asked, telling))
    .filter((it) => visible.has(it) || !hers.has(it) || it === asked.partner)
    .map((it) => judgedRow(it, bases, found, telling, mostShown(asked)))
    .toSorted((a, b) => helpsMore(b.verdict, a.verdict) || compare(a.partner.code, b.partner.code));
  const others = asked.partner === undefined ? othersOf(found, bases, telling) : undefined;
  const said = [...rows.map((it) => it.verdict), ...(others === undefined ? [] : [others.verdict])];
  const verdict = bestOf(said) ?? 'check';
  const certain = rows.filter((it) => helpsMore(it.verdict, 'check') > 0).length;
  const open = rows.filter((it) => it.verdict === 'check').length;
  const { field, kind } = asked.purpose;
  const { page, next } = pageOf(rows, asked);
  return {
    person: personOf(found.ties, telling),
    purpose: { field, ...(kind === undefined ? {} : { kind: { poi: kind.poi, name: kind.name } }) },
    verdict,
    word: verdictWords[verdict],
    total: { certain, possible: certain + open },
    partners: page.map((it) => ({ toJSON: it.tell })),
    ...(next === undefined ? {} : { next }),
    ...(others === undefined ? {} : { others }),
  };
}

/** A partner whose verdict is known; told in full where the page shows it. */
interface JudgedRow {
  readonly partner: PartyShown;
  readonly verdict: CounterVerdict;
  readonly tell: () => CounterRow;
}

/** @returns nothing more of a page that begins behind somebody who is not there */
function pageOf(rows: readonly JudgedRow[], { after, limit = Infinity }: Asked) {
  const last = rows.findIndex((it) => it.partner.id === after);
  const rest = after === undefined ? rows : last < 0 ? [] : rows.slice(last + 1);
  const page = rest.slice(0, limit);
  return { page, next: rest.length > limit ? page.at(-1)?.partner.id : undefined };
}

interface AllBases {
  readonly visible: Bases;
  readonly hidden: Bases;
  /** Why a no for want of a ground stays open. */
  readonly doubt: Reason | undefined;
}

function basesOf(asked: Asked, { ties, cut, records }: Found, telling: Telling): AllBases {
  const visible: Bases = new Map();
  const hidden: Bases = new Map();
  const add = (to: Bases, partner: string, basis: JudgedBasis) => {
    const mine = to.get(partner);
    if (mine === undefined) to.set(partner, [basis]);
    else mine.push(basis);
  };
  for (const record of records) {
    const to = seen(record.on(telling.day), asked.reader) ? visible : hidden;
    for (const ground of groundsOf(record, asked, ties, telling)) {
      const { named } = ground.partner;
      if (isAsked(named, asked, telling)) add(to, named, judgedGround(ground, telling));
    }
  }
  const ruled = telling.parties.naming(`rules:${asked.purpose.field}`);
  for (const body of ruled.filter((it) => telling.around.bodies.has(it))) {
    if (!isAsked(body, asked, telling)) continue;
    const mine = ties.filter((it) => it.body === body && it.how !== 'other');
    const own = mine.length > 0 ? mine : [{ tie: 'anyone' as const, body }];
    for (const tie of own) {
      const basis = judgedRules(body, tie, telling);
      if (basis !== undefined) add(visible, body, basis);
    }
  }
  const all = { visible, hidden };
  return { ...all, doubt: doubtIn(all, telling.standIns, cut) };
}

/** A partner, or a ward or organ of the one asked for. */
function isAsked(partner: string, asked: Asked, { names }: Telling): boolean {
  if (asked.partner === undefined || partner === asked.partner) return true;
  return names.shown(partner).partOf === asked.partner;
}

/** Two bodies may have a dozen agreements about one thing. */
const MOST_SHOWN = 5;

function mostShown({ partner, every }: Asked): number {
  return partner === undefined && every !== true ? MOST_SHOWN : Infinity;
}

function judgedRow(
  partner: string,
  { visible, hidden, doubt }: AllBases,
  found: Found,
  telling: Telling,
  most: number,
): JudgedRow {
  const shown = telling.names.shown(partner);
  const bases = visible.get(partner) ?? [];
  const concealed = hidden.get(partner) ?? [];
  const ordered = bases.toSorted((a, b) => helpsMore(b.judged.verdict, a.judged.verdict));
  const lead = ordered[0]?.judged;
  const unsaid = tiesWithout(bases, found.ties);
  const open = lead === undefined || (lead.verdict === 'unusable' && unsaid.length > 0);
  const why = someHelps(concealed) ? undisclosed : doubt;
  const rest = open ? notListed(unsaid, why, telling, partner) : undefined;
  const decided = lead === undefined || rest?.answer !== 'no' ? rest : undefined;
  const other = decided ?? (lead === undefined ? undefined : openAgain(lead, concealed, doubt));
  const told = () => {
    const best = sideBySide(ordered);
    return { bases: best.slice(0, most).map((it) => it.tell()), basesTotal: best.length };
  };
  if (other === undefined) {
    return { partner: shown, verdict: lead!.verdict, tell: () => ledBy(shown, told()) };
  }
  const ties = decided === undefined ? found.ties : unsaid;
  const tell = (): CounterRow => ({
    partner: shown,
    ...saidOf(other, (...it) => sentenceAbout(partner, it, ties, telling), {
      party: shown,
      office: null,
      telephone: null,
    }),
    ...told(),
  });
  return { partner: shown, verdict: verdictOf(other), tell };
}

/** What the best basis says. */
function ledBy(partner: PartyShown, told: Pick<CounterRow, 'bases' | 'basesTotal'>): CounterRow {
  const { verdict, word, sentence, reasons, pending, contact: ask } = told.bases[0]!;
  return { partner, verdict, word, sentence, reasons, pending, ask, ...told };
}

/** What the reader may not see helps more than the best that he sees, or its no is in doubt. */
function openAgain(
  lead: Judged,
  concealed: readonly JudgedBasis[],
  doubt: Reason | undefined,
): Weighed | undefined {
  const hidden = concealed.some(({ judged }) => helpsMore(judged.verdict, lead.verdict) > 0);
  const reason = hidden ? undisclosed : lead.verdict === 'unusable' ? doubt : undefined;
  const open = { presumed: [], unknowns: [], pending: lead.pending };
  return reason && { ...open, answer: 'undetermined', reasons: [reason] };
}

/** Where she lives, works or studies, of which no ground speaks: nothing is recorded of it. */
function tiesWithout(bases: readonly JudgedBasis[], ties: readonly PersonalTie[]) {
  const spoken = new Set(bases.map((it) => it.tie));
  return ties.filter((it) => !spoken.has(it.tie));
}

/** A tie that nobody grants anything is no basis where another one helps more. */
function sideBySide(ordered: readonly JudgedBasis[]): readonly JudgedBasis[] {
  return ordered.filter(
    ({ judged }, i) =>
      i === 0 ||
      judged.verdict !== 'unusable' ||
      !judged.finding.reasons.some((one) => one.code === 'not-eligible'),
  );
}

function othersOf(found: Found, { hidden, doubt }: AllBases, telling: Telling) {
  const why = [...hidden.values()].some(someHelps) ? undisclosed : doubt;
  const listed = notListed(found.ties, why, telling);
  const party = telling.names.shown(found.ties[0]?.named ?? '');
  return saidOf(listed, (it, reasons) => sentenceOfOthers(it, telling.called, reasons), {
    party,
    office: null,
    telephone: null,
  });
}

function sentenceAbout(
  partner: string,
  [verdict, reasons]: readonly [CounterVerdict, readonly Reason[]],
  ties: readonly PersonalTie[],
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
