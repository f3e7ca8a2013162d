import { counterVerdict, type CounterVerdict } from '../../src/counter/domain/counter-verdict.js';
import { allOf, finding, type Finding, type Verdicts } from '../../src/entries/domain/finding.js';
import { bothHold, leftOpen } from '../../src/entries/domain/joined-findings.js';
import { plainAnswer } from '../../src/entries/domain/plain-answer.js';
import type { Answer } from '../../src/time/three-valued.js';
import { comparable } from '../../src/facilities/list/comparable.js';
import type { AgreementRecord } from '../agreement-record.js';
import { notReplaced } from '../claimed-elsewhere.js';
import { seesWithheld } from '../reader.js';
import type { Ground } from './ground.js';
import type { Judged } from './judged.js';
import type { Telling } from './telling.js';
import type { DayOfUse } from './use-record.js';
import { areasOf, useUnder } from './use-under.js';

/** Whether a ground gives her the use on a day. */
export class JudgedGround implements Judged {
  readonly verdict: CounterVerdict;
  readonly pending: readonly string[];
  readonly conditions: readonly string[];
  private readonly agreement: DayOfUse;
  /** All that must hold, as the agreement says it: whom it lets in comes last. */
  private readonly parts: readonly [Verdicts, ...Verdicts[]];
  /** What must hold beside it: her links, the partner's, and that nothing replaced the agreement. */
  private readonly beside: readonly (Finding | undefined)[];
  private found: Finding | undefined;

  constructor(
    private readonly ground: Ground,
    day: number,
    private readonly telling: Telling,
  ) {
    const { record, partner, tie } = ground;
    const { field } = telling.purpose;
    const agreement = record.on(day);
    this.agreement = agreement;
    const parts = useUnder(ground, agreement, telling);
    parts.push(agreement.facts.lets(partner.body, field, tie.tie));
    this.parts = parts;
    const [hers, theirs] = [tie.on(record.id, day), partner.on(record.id, day)];
    this.beside = [hers.finding, theirs.finding, notReplaced(agreement, telling.reader)];
    const own = partsPending(ground, agreement, telling);
    const waiting = own.length + hers.pending.length + theirs.pending.length > 0;
    this.pending = waiting ? [...new Set([...own, ...hers.pending, ...theirs.pending])] : own;
    this.conditions = conditionsOf(ground, agreement, telling);
    const answer = this.plain() ?? this.finding.answer;
    this.verdict = counterVerdict(
      { answer },
      { pending: waiting, conditional: this.conditions.length > 0 },
    );
  }

  get finding(): Finding {
    return (this.found ??= this.foundInFull());
  }

  /** What the finding answers, without why; undefined where only the finding tells. */
  private plain(): Answer | undefined {
    if (this.telling.incomplete.any || this.withholds('eligibility')) return undefined;
    const answer = plainAnswer(this.parts, this.beside);
    if (answer === 'no') return answer;
    if (this.ground.tie.how === 'part') return answer && 'undetermined';
    const open = answer === 'yes' && isNarrower(this.telling) && !this.offersKind();
    return open ? 'undetermined' : answer;
  }

  private foundInFull(): Finding {
    const { record, tie } = this.ground;
    const hidden = this.withholds('eligibility') ? finding(allOf(...this.given())) : undefined;
    const own =
      hidden === undefined || hidden.answer === 'no'
        ? finding(allOf(...this.parts))
        : leftOpen(hidden, undisclosed);
    const carried = this.beside.reduce<Finding>((it, more) => bothHold(it, more), own);
    let it = this.telling.incomplete.weaken(carried, record.id);
    if (tie.how === 'part' && it.answer !== 'no') {
      it = leftOpen(it, { code: 'part-only', events: [] });
    }
    if (isNarrower(this.telling) && it.answer === 'yes' && !this.offersKind()) {
      it = leftOpen(it, { code: 'kind-not-recorded', events: [] });
    }
    return this.pending.length > 0
      ? { ...it, reasons: [{ code: 'pending', events: [] }, ...it.reasons] }
      : it;
  }

  /** The parts but for whom it lets in. */
  private given(): readonly [Verdicts, ...Verdicts[]] {
    const [first, ...others] = this.parts;
    return [first, ...others.slice(0, -1)];
  }

  private withholds(field: string): boolean {
    return withheldFrom(this.agreement, this.telling)(field);
  }

  private offersKind(): boolean {
    return offersKind(this.agreement, this.ground.partner.body, this.telling);
  }
}

const undisclosed = { code: 'undisclosed', events: [] } as const;

/** A field of which she wants one kind: what does not speak of it leaves a yes open. */
function isNarrower({ purpose }: Telling): boolean {
  return purpose.kind?.narrower === true;
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

function conditionsOf(ground: Ground, agreement: DayOfUse, telling: Telling): readonly string[] {
  const { partner, tie } = ground;
  const terms = agreement.facts.conditions(partner.body, telling.purpose.field, tie.tie);
  const areas = areasOf(ground, agreement, telling);
  if (terms.length + areas.length === 0) return terms;
  const withheld = withheldFrom(agreement, telling);
  return [...shownUnless(withheld('condition'), terms), ...shownUnless(withheld('areas'), areas)];
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
  if (!agreement.waits) return [];
  const provider = partner.body;
  const bound =
    through === undefined
      ? [`bond:${provider}`, `bond:${tie.body}`, 'topology', 'scope', `reservation:${provider}`]
      : ['through', `bond:${through}`, 'scope', `reservation:${through}`];
  const terms = [`terms:${provider}`, `terms:${provider}:${field}`];
  return agreement.pending(...bound, 'service', 'outline', `field:${field}`, ...terms);
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
