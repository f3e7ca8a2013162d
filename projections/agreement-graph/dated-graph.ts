import type { Bond } from '../../src/agreements/domain/bond.js';
import type { PartyRole } from '../../src/agreements/domain/vocabulary.js';
import type { Outline } from '../../src/agreements/domain/outline.js';
import type { PartyName } from '../../src/parties/domain/party-parts.js';
import { isoDay, type CivilDate } from '../../src/time/civil-date.js';
import { isTooMany, type Possible, type TooMany } from '../../src/time/possibility.js';
import type { Answer } from '../../src/time/three-valued.js';
import { isoText } from '../../src/time/write-date.js';
import { agreementShown } from '../agreement-shown.js';
import type { AgreementRecord } from '../agreement-record.js';
import type { Incomplete } from '../incomplete.js';
import { recordsOf } from '../mutual-use/mutual-use.rows.js';
import { signedOf } from '../mutual-use/signing-and-start.js';
import type { SpanRow } from '../obligations/span.js';
import { seesWithheld, type Reader } from '../reader.js';
import { subjectOf, type RecordRow } from '../record-row.js';
import { certainState, standsIn, stateOf, type StandingState } from './standing.js';

/** A party as a node: by its name of the day. */
export interface PartyNode {
  readonly id: string;
  readonly name: string | null;
  readonly kind: string | null;
  readonly code: string | null;
  readonly prefecture: string | null;
  readonly latitude: number | null;
  readonly longitude: number | null;
}

export interface AgreementNode {
  readonly id: string;
  readonly title: string | null;
  readonly kind: string | null;
  readonly fields: readonly string[];
  readonly signed: string | null;
}

/** That a party stands in an agreement: in which role, how on the day, and on which days it is bound. */
export interface Incidence {
  readonly party: string;
  readonly agreement: string;
  readonly role: PartyRole;
  readonly answer: Answer;
  readonly state: StandingState;
  /** Runs of days, first and last, on which it is bound; null where the run has no such end. */
  readonly spells: readonly Spell[];
}

export interface Spell {
  readonly from: string | null;
  readonly to: string | null;
  /** Whether the bond may hold on these days, rather than does. */
  readonly open: boolean;
}

/** 協定のつながり as a graph of two sorts of nodes: an edge is a party's standing in an agreement. */
export interface DatedGraph {
  readonly parties: readonly PartyNode[];
  readonly agreements: readonly AgreementNode[];
  readonly incidences: readonly Incidence[];
}

/**
 * The graph that rows of all days tell, as it is on one day. A party short of one (提案者, 協力) has an
 * edge that binds it on no day.
 */
export function datedGraph(
  rows: readonly SpanRow[],
  names: readonly RecordRow[],
  reader: Reader,
  { day, incomplete }: { readonly day: number; readonly incomplete: Incomplete },
): DatedGraph {
  const bonds = new Map<string, SpanRow[]>();
  for (const row of rows.filter((it) => it.part.startsWith('bond:'))) {
    const key = `${row.stream} ${subjectOf(row.part)}`;
    const mine = bonds.get(key) ?? [];
    if (mine.length === 0) bonds.set(key, mine);
    mine.push(row);
  }
  const tells = (agreement: string, party: string) =>
    bonds.get(`${agreement} ${party}`)?.some((it) => it.contents.length > 0) === true;
  const records = recordsOf(rows.map((it) => ({ ...it, holds: it.from <= day && day < it.to })));
  const incidences = records.flatMap((record) =>
    rolesIn(record, reader, tells).map(([party, role]): Incidence => {
      const finding = incomplete.weaken(standsIn(record, party, reader), record.id, party);
      return {
        party,
        agreement: record.id,
        role,
        answer: finding.answer,
        state: stateOf(finding, record, day),
        spells: spellsOf(bonds.get(`${record.id} ${party}`) ?? []),
      };
    }),
  );
  const named = new Map(names.map((it) => [it.stream, it.contents[0]?.content as PartyName]));
  const parties = [...new Set(incidences.map((it) => it.party))].sort();
  return {
    parties: parties.map((id) => partyNode(id, named.get(id))),
    agreements: records.map((it) => agreementNode(it, reader)),
    incidences,
  };
}

/**
 * Everybody whom the outline names or a bond is on record of; nobody where the parties are withheld.
 * @param tells whether an approved act speaks of the bond
 */
function rolesIn(
  record: AgreementRecord,
  reader: Reader,
  tells: (agreement: string, party: string) => boolean,
): readonly (readonly [string, PartyRole])[] {
  const { withheld } = record.disclosure;
  if (withheld.includes('parties') && !seesWithheld(reader, record.keeper)) return [];
  const bonded = record.bonded.filter((it) => tells(record.id, it));
  const roles = new Map<string, PartyRole>(bonded.map((it) => [it, 'party']));
  for (const { parties } of outlinesOf(record)) {
    for (const { party, role } of parties) roles.set(party, role ?? 'party');
  }
  return [...roles].sort(([a], [b]) => (a < b ? -1 : 1));
}

function outlinesOf(record: AgreementRecord): readonly Outline[] {
  return record.outline.flatMap(({ content }) => (isTooMany(content) ? [] : [content]));
}

/** Runs of days on which the bond holds, or may hold. */
function spellsOf(rows: readonly SpanRow[]): readonly Spell[] {
  const found: { from: number; to: number; open: boolean }[] = [];
  for (const row of rows.toSorted((a, b) => a.from - b.from)) {
    const contents = row.contents as Possible<Bond | TooMany>;
    const holds = certainState(contents) === 'bound';
    const may = contents.some(
      ({ content }) =>
        isTooMany(content) || content.state === 'bound' || content.state === 'unsaid',
    );
    if (!may) continue;
    const last = found.at(-1);
    if (last?.to === row.from && last.open === !holds) last.to = row.to;
    else found.push({ from: row.from, to: row.to, open: !holds });
  }
  return found.map(({ from, to, open }) => ({ from: iso(from), to: iso(to - 1), open }));
}

function iso(day: number): string | null {
  return Number.isFinite(day) ? isoDay(day as CivilDate) : null;
}

function partyNode(id: string, name: PartyName | undefined): PartyNode {
  const { latitude, longitude } = name ?? {};
  return {
    id,
    name: name?.name ?? null,
    kind: name?.kind ?? null,
    code: name?.code ?? null,
    prefecture: name?.prefecture ?? null,
    latitude: latitude ?? null,
    longitude: longitude ?? null,
  };
}

function agreementNode(record: AgreementRecord, reader: Reader): AgreementNode {
  const { id, title, kind } = agreementShown(record, reader);
  const { withheld } = record.disclosure;
  const hides = withheld.includes('fields') && !seesWithheld(reader, record.keeper);
  const fields = outlinesOf(record).flatMap((it) => it.fields);
  const signed = signedOf(record);
  return {
    id,
    title,
    kind,
    fields: hides ? [] : [...new Set(fields)],
    signed: signed === null ? null : isoText(signed),
  };
}
