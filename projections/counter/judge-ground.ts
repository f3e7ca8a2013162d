import { counterVerdict, type CounterVerdict } from '../../src/counter/domain/counter-verdict.js';
import { allOf, finding, type Finding, type Verdicts } from '../../src/entries/domain/finding.js';
import { bothHold, leftOpen } from '../../src/entries/domain/joined-findings.js';
import { plainAnswer } from '../../src/entries/domain/plain-answer.js';
import type { Answer } from '../../src/time/three-valued.js';
import { comparable } from '../../src/facilities/list/comparable.js';
import type { AgreementRecord } from '../agreement-record.js';
import { notReplaced } from '../claimed-elsewhere.js';
import { seesWithheld } from '../reader.js';
import type { Held } from './asked.js';
import type { Ground } from './ground.js';
import type { Judged } from './judged.js';
import type { Telling } from './telling.js';
import type { DayOfUse } from './use-record.js';
import { areasOf, type GivenUse, joinedUse, useUnder } from './use-under.js';

/** Whether a ground gives her the use on a day. */
export class JudgedGround implements Judged {
  readonly verdict: CounterVerdict;
  readonly pending: readonly string[];
  readonly conditions: readonly string[];
  private found: Finding | undefined;

  constructor(
    private readonly ground: Ground,
    private readonly day: number,
    private readonly telling: Telling,
  ) {
    const weighed = weigh(ground, day, telling);
    this.pending = pendingOf(weighed, ground, telling);
    this.conditions = conditionsOf(ground, weighed.agreement, telling);
    const answer = plain(weighed, ground, telling) ?? this.finding.answer;
    this.verdict = counterVerdict(
      { answer },
      { pending: this.pending.length > 0, conditional: this.conditions.length > 0 },
    );
  }

  get finding(): Finding {
    return (this.found ??= this.foundInFull());
  }

  /** Weighed once more: most grounds decide and are not told. */
  private foundInFull(): Finding {
    const { ground, telling } = this;
    const { agreement, given, lets, hers, theirs } = weigh(ground, this.day, telling);
    const use = joinedUse(given);
    const hidden = withheldFrom(agreement, telling)('eligibility') ? finding(use) : undefined;
    const own =
      hidden === undefined || hidden.answer === 'no'
        ? finding(allOf(use, lets))
        : leftOpen(hidden, undisclosed);
    const carried = bothHold(bothHold(own, hers.finding), theirs.finding);
    const held = bothHold(carried, notReplaced(agreement, telling.reader));
    let it = telling.incomplete.weaken(held, ground.record.id);
    if (ground.tie.how === 'part' && it.answer !== 'no') {
      it = leftOpen(it, { code: 'part-only', events: [] });
    }
    if (isNarrower(telling) && it.answer === 'yes' && !offersKind(agreement, ground, telling)) {
      it = leftOpen(it, { code: 'kind-not-recorded', events: [] });
    }
    return this.pending.length > 0
      ? { ...it, reasons: [{ code: 'pending', events: [] }, ...it.reasons] }
      : it;
  }
}

/** What a ground rests on: all that must hold of the agreement, of her, and of the partner. */
interface Weighed {
  readonly agreement: DayOfUse;
  readonly given: GivenUse;
  /** Whether it lets in who is tied to her body. */
  readonly lets: Verdicts;
  readonly hers: Held;
  readonly theirs: Held;
}

function weigh(ground: Ground, day: number, telling: Telling): Weighed {
  const { record, partner, tie } = ground;
  const agreement = record.on(day);
  return {
    agreement,
    given: useUnder(ground, agreement, telling),
    lets: agreement.facts.lets(partner.body, telling.purpose.field, tie.tie),
    hers: tie.on(record.id, day),
    theirs: partner.on(record.id, day),
  };
}

/** What the finding answers, without why; undefined where only the finding tells. */
function plain(
  { agreement, given, lets, hers, theirs }: Weighed,
  ground: Ground,
  telling: Telling,
): Answer | undefined {
  if (telling.incomplete.any || withheldFrom(agreement, telling)('eligibility')) return undefined;
  const replaced = notReplaced(agreement, telling.reader);
  const parts = [...given.binds, ...given.beside, lets];
  const answer = plainAnswer(parts, [hers.finding, theirs.finding, replaced]);
  if (answer === undefined || answer === 'no') return answer;
  if (ground.tie.how === 'part') return 'undetermined';
  const open = answer === 'yes' && isNarrower(telling) && !offersKind(agreement, ground, telling);
  return open ? 'undetermined' : answer;
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

function pendingOf({ agreement, hers, theirs }: Weighed, ground: Ground, telling: Telling) {
  const own = partsPending(ground, agreement, telling);
  const others = hers.pending.length + theirs.pending.length;
  return others === 0 ? own : [...new Set([...own, ...hers.pending, ...theirs.pending])];
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
function offersKind(agreement: AgreementRecord, { partner }: Ground, telling: Telling): boolean {
  const { kind } = telling.purpose;
  if (kind === undefined) return false;
  const kinds = [comparable(kind.poi), comparable(kind.name)];
  return agreement.onOffer(partner.body).some((id) => {
    const facility = telling.facility(id);
    const certain = facility?.described.length === 1 && facility.isOf(kinds);
    return certain && facility.open(telling.incomplete).answer === 'yes';
  });
}
