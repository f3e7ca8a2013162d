import type { Outline } from '../../src/agreements/domain/outline.js';
import { warningsOf } from '../../src/agreements/domain/warnings.js';
import type { Superseding } from '../../src/agreements/domain/details.js';
import { pendingEntries } from '../../src/entries/domain/part-rows.js';
import { isTooMany } from '../../src/time/possibility.js';
import { seesClaim } from '../claimed-elsewhere.js';
import { AgreementRecord } from '../agreement-record.js';
import { signedOf } from '../mutual-use/signing-and-start.js';
import { PartyNames } from '../party-names.js';
import { sees, seesWithheld, type Reader } from '../reader.js';
import { inOrder, type RecordRow } from '../record-row.js';
import type { Stamp } from '../stamp.js';
import type { ReadEvent } from '../stream-reads.js';
import type { AgreementDetailAnswer } from './agreement-detail.answer.js';
import type { DetailRows } from './agreement-detail.statement.js';
import { eventsShown } from './event-shown.js';

/** Parts that the answer shows otherwise, or that only find the agreement. */
const notShown = /^(?:act|field|provides):|^(?:keeper|disclosure)$/;

/** Undefined where the reader may not see it: then it is as if it were not there. */
export function agreementDetail(
  id: string,
  rows: DetailRows & { readonly revision: number },
  events: readonly ReadEvent[],
  reader: Reader,
): Omit<AgreementDetailAnswer, keyof Stamp> | undefined {
  const claims = rows.agreements.filter((it) => it.part.startsWith('supersedes:')).sort(inOrder);
  const mine = rows.agreements.filter((it) => !it.part.startsWith('supersedes:')).sort(inOrder);
  const agreement = new AgreementRecord(id, mine, claims);
  const outline = outlineOf(agreement);
  const { disclosure, keeper } = agreement;
  const named = (outline?.parties ?? []).map((it) => it.party);
  const parties = [...new Set([...named, ...agreement.bonded])];
  if (!sees(reader, { disclosure, keeper, parties })) return undefined;

  const inside = seesWithheld(reader, keeper);
  const shown = (field: string) => inside || !disclosure.withheld.includes(field);
  const names = PartyNames.of(rows.parties);
  return {
    id,
    revision: rows.revision,
    keeper: keeper === undefined ? null : names.shown(keeper),
    agreement: {
      title: shown('title') ? (outline?.title ?? null) : null,
      kind: shown('kind') ? (outline?.kind ?? null) : null,
      number: shown('number') ? (outline?.number ?? null) : null,
      fields: shown('fields') ? (outline?.fields ?? []) : [],
      disclosed: disclosure.disclosed,
    },
    parties: shown('parties') ? parties.map((it) => withRole(it, outline, names)) : [],
    signed: signedOf(agreement),
    parts: mine.filter((it) => it.holds && partShown(it, disclosure.withheld, inside)).map(partOf),
    claims: claims
      .filter((it) => seesClaim(reader, it))
      .map(({ stream, contents }) => ({
        agreement: stream,
        events: contents.flatMap(({ content }) => (content as Superseding).by),
      })),
    events: eventsShown(events, { inside, withheld: disclosure.withheld }),
    warnings: warningsOf(agreement.acts.map(([event, act]) => ({ event, ...act }))),
    pending: pendingEntries(events),
  };
}

/** The outline of the day; where that is open, its first possibility. */
function outlineOf(agreement: AgreementRecord): Outline | undefined {
  return agreement.outline.flatMap(({ content }) => (isTooMany(content) ? [] : [content]))[0];
}

function withRole(id: string, outline: Outline | undefined, names: PartyNames) {
  const role = outline?.parties.find((it) => it.party === id)?.role;
  return { ...names.shown(id), ...(role === undefined ? {} : { role }) };
}

/** The outline holds several fields: with one withheld from the public it is shown by name alone. */
function partShown({ part }: RecordRow, withheld: readonly string[], inside: boolean): boolean {
  if (notShown.test(part)) return false;
  return inside || withheld.length === 0 || part !== 'outline';
}

function partOf({ part, contents, pending }: RecordRow) {
  return { part, contents, pending };
}
