import type { PartyRole } from '../../src/agreements/domain/vocabulary.js';
import type { Finding } from '../../src/entries/domain/finding.js';
import { anyHolds, bothHold, leftOpen } from '../../src/entries/domain/joined-findings.js';
import { carrierOf, supportsOf, type Chain } from '../../src/obligations/domain/chain.js';
import type { Links } from '../../src/obligations/domain/link.js';
import { allHold, pendingOn } from '../../src/obligations/domain/support.js';
import { isTooMany, TOO_MANY } from '../../src/time/possibility.js';
import type { Answer } from '../../src/time/three-valued.js';
import { agreementShown } from '../agreement-shown.js';
import type { AgreementRecord } from '../agreement-record.js';
import type { Incomplete } from '../incomplete.js';
import { recordsOf } from '../mutual-use/mutual-use.rows.js';
import { signedOf } from '../mutual-use/signing-and-start.js';
import type { PartyNames } from '../party-names.js';
import { bodiesOf, sees, seesWithheld, type Reader } from '../reader.js';
import type { Count, NeighbourRow } from './neighbourhood.answer.js';
import type { BondStates, NeighbourhoodRead } from './neighbourhood.statement.js';
import { standsIn, stateOf } from './standing.js';

/** Others that one row shows; an agreement may have hundreds of parties. */
const MOST_SHOWN = 60;
const NONE: BondStates = new Map();

export interface Near {
  readonly of: string;
  readonly chains: readonly Chain[];
  /** Whether there were more ways to stand for somebody than are followed. */
  readonly cut: boolean;
  readonly links: Links;
  readonly field: string | undefined;
  readonly reader: Reader;
  readonly day: number;
  readonly incomplete: Incomplete;
}

/** An agreement in which the party stands, as far as the answer's figures need it. */
export interface Neighbour {
  readonly record: AgreementRecord;
  readonly n: number;
  readonly finding: Finding;
  readonly as: readonly {
    readonly chain: Chain;
    readonly finding: Finding;
    readonly role: PartyRole | null;
  }[];
  readonly bonds: BondStates;
  /** Entries that wait for approval and would change a bond. */
  readonly pendingBonds: readonly string[];
  readonly roles: ReadonlyMap<string, PartyRole>;
  readonly unnamed: readonly string[];
}

/** Every agreement that the reader may see, in the order of registration. */
export function neighboursOf(near: Near, read: NeighbourhoodRead): readonly Neighbour[] {
  const { chains, links, field, reader, day, incomplete } = near;
  const found = recordsOf(read.rows).flatMap((record): Neighbour[] => {
    const outlines = record.outline.flatMap(({ content }) => (isTooMany(content) ? [] : [content]));
    const bonds = read.bonds.get(record.id) ?? NONE;
    const roles = new Map<string, PartyRole>();
    for (const party of bonds.keys()) roles.set(party, 'party');
    for (const { parties } of outlines)
      for (const it of parties) roles.set(it.party, it.role ?? 'party');
    if (!visible(record, roles, reader)) return [];
    const hidden = hides(record, 'parties', reader);
    const about = outlines.flatMap((it) => it.fields);
    if (field !== undefined && outlines.length > 0 && !about.includes(field)) return [];
    const as = chains.flatMap((chain) => {
      const carrier = carrierOf(chain);
      if (hidden && !bodiesOf(reader).has(carrier)) return [];
      const waits = record.pending(`bond:${carrier}`).length > 0;
      if (!roles.has(carrier) && !waits) return [];
      const own = standsIn(record, carrier, reader);
      const linked = allHold(supportsOf(chain, links, record.id), day);
      const whole = incomplete.weaken(bothHold(linked, own), record.id, carrier);
      return [{ chain, finding: whole, role: roles.get(carrier) ?? null }];
    });
    const joined = anyHolds(as.map((it) => it.finding));
    if (joined === undefined) return [];
    const open = near.cut && joined.answer === 'no';
    const whole = open ? leftOpen(joined, { code: TOO_MANY, events: [] }) : joined;
    const unnamed = [...new Set(outlines.flatMap((it) => it.unnamed ?? []))];
    const n = read.numbers.get(record.id) ?? -1;
    const pendingBonds = read.pendingBonds.get(record.id) ?? [];
    return [{ record, n, finding: whole, as, bonds, pendingBonds, roles, unnamed }];
  });
  return found.toSorted((a, b) => a.n - b.n);
}

/** Whether a field is withheld from the reader. */
function hides({ disclosure, keeper }: AgreementRecord, field: string, reader: Reader): boolean {
  return disclosure.withheld.includes(field) && !seesWithheld(reader, keeper);
}

function visible(record: AgreementRecord, roles: ReadonlyMap<string, PartyRole>, reader: Reader) {
  const { disclosure, keeper } = record;
  return sees(reader, { disclosure, keeper, parties: roles.keys() });
}

/** Agreements in force, and the others whom they bind, each once: for certain, and at most. */
export function degreeOf(near: Near, all: readonly Neighbour[]) {
  const mine = new Set(near.chains.map(carrierOf));
  const partners = { certain: new Set<string>(), possible: new Set<string>() };
  for (const { record, finding, bonds, as } of all) {
    if (finding.answer === 'no' || hides(record, 'parties', near.reader)) continue;
    const inForce = as.filter((it) => it.finding.answer !== 'no').map((it) => carrierOf(it.chain));
    for (const [party, state] of bonds) {
      if (party === near.of || (mine.has(party) && inForce.includes(party))) continue;
      if (state !== 'bound' && state !== 'unsaid' && state !== null) continue;
      partners.possible.add(party);
      if (finding.answer === 'yes' && state === 'bound') partners.certain.add(party);
    }
  }
  const standing = (...answers: readonly Answer[]) =>
    all.filter((it) => answers.includes(it.finding.answer)).length;
  return {
    agreements: { certain: standing('yes'), possible: standing('yes', 'undetermined') },
    partners: { certain: partners.certain.size, possible: partners.possible.size },
  } satisfies Record<string, Count>;
}

export function neighbourRow(near: Near, it: Neighbour, names: PartyNames): NeighbourRow {
  const { links, reader, day } = near;
  const { record, n, finding, as, bonds, pendingBonds, roles, unnamed } = it;
  const hidden = (field: string) => hides(record, field, reader);
  const mine = new Set(as.map(({ chain }) => carrierOf(chain)));
  const others = hidden('parties') ? [] : [...roles.keys()].filter((party) => !mine.has(party));
  const carriers = as.flatMap(({ chain }) => [...supportsOf(chain, links, record.id)]);
  return {
    agreement: agreementShown(record, reader),
    n,
    fields: hidden('fields') ? [] : fieldsOf(record),
    ...finding,
    state: stateOf(finding, record, day),
    signed: signedOf(record),
    bilateral: hidden('parties') ? null : bilateral(roles, bonds, unnamed),
    as: as.map(({ chain, finding: own, role }) => ({
      carrier: names.shown(carrierOf(chain)),
      through: chain.links.map(({ kind, to }) => ({ kind, to: names.shown(to) })),
      role,
      answer: own.answer,
      state: stateOf(own, record, day),
    })),
    others: others.slice(0, MOST_SHOWN).map((party) => ({
      ...names.shown(party),
      role: roles.get(party) ?? null,
      state: bonds.has(party) ? (bonds.get(party) ?? null) : 'notBound',
    })),
    othersTotal: others.length,
    unnamed: hidden('unnamed') ? [] : unnamed,
    pending: [
      ...new Set([...record.pending('outline'), ...pendingBonds, ...pendingOn(carriers, day)]),
    ],
  };
}

function bilateral(
  roles: ReadonlyMap<string, PartyRole>,
  bonds: BondStates,
  unnamed: readonly string[],
): boolean | null {
  const parties = bonds.size;
  if (parties > 2) return false;
  return unnamed.length > 0 || parties < 2 || roles.size < 2 ? null : true;
}

function fieldsOf(record: AgreementRecord): readonly string[] {
  const all = record.outline.flatMap(({ content }) => (isTooMany(content) ? [] : content.fields));
  return [...new Set(all)];
}
