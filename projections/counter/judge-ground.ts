import { counterVerdict } from '../../src/counter/domain/counter-verdict.js';
import { conditionsOn } from '../../src/counter/domain/eligibility.js';
import { allOf, finding, type Finding } from '../../src/entries/domain/finding.js';
import { bothHold, leftOpen } from '../../src/entries/domain/joined-findings.js';
import { comparable } from '../../src/facilities/list/comparable.js';
import type { AgreementRecord } from '../agreement-record.js';
import { notReplaced } from '../claimed-elsewhere.js';
import { seesWithheld } from '../reader.js';
import type { Ground } from './ground.js';
import type { Judged } from './judged.js';
import type { Telling } from './telling.js';
import { areasOf, useUnder } from './use-under.js';

/** Whether a ground gives her the use on a day. */
export function judgeGround(ground: Ground, day: number, telling: Telling): Judged {
  const { record, partner, tie } = ground;
  const { purpose, reader, incomplete } = telling;
  const agreement = record.on(day);
  const terms = agreement.terms(partner.body, purpose.field);
  const given = useUnder(ground, agreement, telling);
  const withheld = withheldFrom(agreement, telling);
  const lets = () =>
    finding(allOf(given, agreement.facts.lets(partner.body, purpose.field, tie.tie)));
  const hidden = withheld('eligibility') && finding(given).answer !== 'no';
  const own = hidden ? leftOpen(finding(given), undisclosed) : lets();
  const [hers, theirs] = [tie.on(record.id, day), partner.on(record.id, day)];
  const carried = bothHold(bothHold(own, hers.finding), theirs.finding);
  const inForce = incomplete.weaken(bothHold(carried, notReplaced(agreement, reader)), record.id);
  const pending = [...partsPending(ground, agreement, telling), ...hers.pending, ...theirs.pending];
  const listed = offersKind(agreement, partner.body, telling);
  const found = narrowed(inForce, tie, telling, { pending, listed });
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

/** Whether a field of the agreement is hidden from the reader. */
export function withheldFrom(
  agreement: AgreementRecord,
  { reader }: Telling,
): (field: string) => boolean {
  const { withheld } = agreement.disclosure;
  if (withheld.length === 0 || seesWithheld(reader, agreement.keeper)) return nothing;
  return (field) => withheld.includes(field);
}

const nothing = () => false;

/** That there is a condition is told; which one, not to whom it is withheld from. */
function shownUnless(withheld: boolean, conditions: readonly string[]): readonly string[] {
  return withheld && conditions.length > 0 ? ['非公開の条件'] : conditions;
}

function partsPending(
  { partner, tie, through }: Ground,
  agreement: AgreementRecord,
  { purpose: { field } }: Telling,
): readonly string[] {
  if (!agreement.waits) return [];
  const provider = partner.body;
  const bound =
    through === undefined
      ? [`bond:${provider}`, `bond:${tie.body}`, 'topology', 'scope', `reservation:${provider}`]
      : ['through', `bond:${through}`, 'scope', `reservation:${through}`];
  const terms = [`terms:${provider}`, `terms:${provider}:${field}`];
  return agreement.pending(...bound, 'service', 'outline', `field:${field}`, ...terms);
}

const undisclosed = { code: 'undisclosed', events: [] } as const;

/** What speaks for a part of her city, or for a field of which she wants one kind, leaves a yes open. */
function narrowed(
  found: Finding,
  { how }: Ground['tie'],
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

/** Whether a facility of the very kind is on offer. */
function offersKind(agreement: AgreementRecord, provider: string, telling: Telling): boolean {
  const { kind } = telling.purpose;
  if (kind === undefined) return false;
  const kinds = [comparable(kind.poi), comparable(kind.name)];
  return agreement.onOffer(provider).some((id) => {
    const facility = telling.facility(id);
    const certain = facility?.described.length === 1 && facility.isOf(kinds);
    return certain && facility.open(telling.incomplete).answer === 'yes';
  });
}
