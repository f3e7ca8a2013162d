import { allOf, finding, type Finding } from '../../src/entries/domain/finding.js';
import { use, useFacts } from '../../src/agreements/domain/obligation.js';
import { AgreementRecord } from '../agreement-record.js';
import { agreementShown } from '../agreement-shown.js';
import { notReplaced } from '../claimed-elsewhere.js';
import { concerns } from '../concerns.js';
import type { Incomplete } from '../incomplete.js';
import { bothHold, leftOpen } from '../../src/entries/domain/joined-findings.js';
import { PartyNames } from '../party-names.js';
import { sees, type Reader } from '../reader.js';
import { byStream, inOrder, subjectOf, type RecordRow, type RecordRows } from '../record-row.js';
import { facilityClaims } from './facility-claims.js';
import type { MutualUseAnswer, MutualUseRow } from './mutual-use.answer.js';
import { serviceStartOf, signedOf } from './signing-and-start.js';

export interface Asked {
  /** A party's id. */
  readonly with: string;
  readonly field: string;
  readonly reader: Reader;
}

/** Every partner that an agreement on record names together with the party, whatever the answer. */
export function mutualUseRows(
  asked: Asked,
  rows: RecordRows,
  incomplete: Incomplete,
): Pick<MutualUseAnswer, 'total' | 'rows'> {
  const names = PartyNames.of(rows.parties);
  const ours = new Set([asked.with, ...partsOf(asked.with, rows.parties)]);
  const found = recordsOf(rows.agreements).flatMap((agreement) =>
    agreement.bonded
      .filter((it) => ours.has(it))
      .flatMap((us) =>
        agreement.bonded
          .filter((it) => !ours.has(it))
          .map((partner) => ({ agreement, us, partner })),
      ),
  );
  const visible = found.filter(({ agreement }) => seen(agreement, asked.reader));
  const hidden = found.filter(({ agreement }) => !seen(agreement, asked.reader));
  const shown = visible.map((it) => {
    const row = rowOf(it, asked, names, incomplete);
    const undisclosed = hidden.filter(({ partner, us }) => partner === it.partner && us === it.us);
    const hides = undisclosed.some((other) => decides(rowOf(other, asked, names, incomplete), row));
    return hides ? withUndisclosed(row) : row;
  });
  shown.sort((a, b) => order(a) - order(b) || compare(a.partner.code, b.partner.code));
  return { total: totalOf(shown), rows: shown };
}

export function recordsOf(rows: readonly RecordRow[]): readonly AgreementRecord[] {
  const streams = byStream(rows.filter((it) => !it.part.startsWith('supersedes:')));
  const claims = rows.filter((it) => it.part.startsWith('supersedes:')).sort(inOrder);
  return [...streams].map(
    ([id, mine]) =>
      new AgreementRecord(
        id,
        mine,
        claims.filter((it) => subjectOf(it.part) === id),
      ),
  );
}

export function seen(agreement: AgreementRecord, reader: Reader): boolean {
  const { disclosure, keeper, bonded } = agreement;
  return sees(reader, { disclosure, keeper, parties: bonded });
}

interface Between {
  readonly agreement: AgreementRecord;
  readonly us: string;
  readonly partner: string;
}

function rowOf(
  { agreement, us, partner }: Between,
  { with: asked, field, reader }: Asked,
  names: PartyNames,
  incomplete: Incomplete,
): MutualUseRow {
  const about = concerns(agreement.outline, field);
  const facts = useFacts(agreement);
  const ours = use(facts, { provider: us, beneficiary: partner }, field);
  const theirs = use(facts, { provider: partner, beneficiary: us }, field);
  const whole = (it: Finding) =>
    incomplete.weaken(bothHold(it, notReplaced(agreement, reader)), agreement.id);
  const mutual = whole(finding(allOf(ours, theirs, about)));
  const used = ['topology', 'service', 'outline', `field:${field}`];
  return {
    partner: names.shown(partner),
    ...(us === asked ? {} : { as: names.shown(us) }),
    agreement: agreementShown(agreement, reader),
    answer: mutual.answer,
    directions: {
      partnerUsesOurs: whole(finding(allOf(ours, about))),
      weUsePartners: whole(finding(allOf(theirs, about))),
    },
    signed: signedOf(agreement),
    serviceStart: serviceStartOf(agreement, field, partner),
    facilities: facilityClaims(agreement, partner, field),
    reasons: mutual.reasons,
    presumed: mutual.presumed,
    unknowns: mutual.unknowns,
    pending: agreement.pending(`bond:${us}`, `bond:${partner}`, ...used),
    disputed: mutual.reasons.some((it) => it.code === 'disputed'),
  };
}

/** An undisclosed agreement decides where it would raise the answer, or leave a no open. */
function decides(hidden: MutualUseRow, shown: MutualUseRow): boolean {
  const rank = { no: 0, undetermined: 1, yes: 2 };
  return rank[hidden.answer] > rank[shown.answer];
}

function withUndisclosed(row: MutualUseRow): MutualUseRow {
  const open = leftOpen({ ...row }, { code: 'undisclosed', events: [] });
  return { ...row, answer: open.answer, reasons: open.reasons };
}

function totalOf(rows: readonly MutualUseRow[]): MutualUseAnswer['total'] {
  const partners = (...answers: readonly string[]) =>
    new Set(rows.filter((it) => answers.includes(it.answer)).map((it) => it.partner.id)).size;
  return { certain: partners('yes'), possible: partners('yes', 'undetermined') };
}

function partsOf(whole: string, rows: readonly RecordRow[]): readonly string[] {
  return rows
    .filter((it) => it.part === `partOf:${whole}`)
    .map((it) => it.stream)
    .sort();
}

function order(row: MutualUseRow): number {
  const { edtf = '9999' } = (row.signed ?? {}) as { readonly edtf?: string };
  return Number(edtf.replace(/\D/g, '').slice(0, 8).padEnd(8, '0'));
}

function compare(a: string | null, b: string | null): number {
  if (a === b) return 0;
  return (a ?? '~') < (b ?? '~') ? -1 : 1;
}
