import type { EligibilityBasis, TermsOfUse } from '../../agreements/domain/terms-of-use.js';
import { verdict, verdicts, type Verdict, type Verdicts } from '../../entries/domain/finding.js';
import type { Presumption } from '../../entries/domain/presumption.js';
import { isTooMany, type Possible, type TooMany } from '../../time/possibility.js';

/** 在住・在勤・在学: what ties a person to a body; 誰でも where nothing does. */
export type Tie = EligibilityBasis;

export const tieWords: Readonly<Record<EligibilityBasis, string>> = {
  resident: '在住',
  worker: '在勤',
  student: '在学',
  anyone: '誰でも',
};

/** Terms as they stand on a day; null while none are stated. */
export interface TermsStated {
  readonly stated: (Pick<TermsOfUse, 'eligibility' | 'excluded'> & { readonly by: string }) | null;
  readonly presumed?: readonly Presumption[];
}

/** The eligibilities that speak of the tie, 誰でも included. */
export function itemsFor(
  { stated }: TermsStated,
  tie: Tie,
): TermsOfUse['eligibility'][number][] | [] {
  return (stated?.eligibility ?? []).filter((it) => it.basis === tie || it.basis === 'anyone');
}

/**
 * Whether an agreement's terms let in who is tied to the beneficiary. Where the paper is silent, mutual
 * use between municipalities is for those who live there (`residents`, domain § 4).
 */
export function eligibleUnder(terms: Possible<TermsStated | TooMany>, tie: Tie): Verdicts {
  if (terms.length === 0) return [{ content: silent(tie), worlds: [{}] }];
  return verdicts(terms, (it) => judged(it, tie) ?? silent(tie));
}

/** Whether a body's own rules let in who is tied to it; what they do not say is not known. */
export function eligibleByRules(rules: Possible<TermsStated | TooMany>, tie: Tie): Verdicts {
  const unsaid = verdict('undetermined', 'nothing-recorded');
  if (rules.length === 0) return [{ content: unsaid, worlds: [{}] }];
  return verdicts(rules, (it) => judged(it, tie) ?? unsaid);
}

/** Whether use rests on a condition, at least in one possibility: all that speaks of the tie has one. */
export function conditionsOn(terms: Possible<TermsStated | TooMany>, tie: Tie): readonly string[] {
  const found = terms.flatMap(({ content }) => {
    if (isTooMany(content)) return [];
    const items = itemsFor(content, tie);
    const free = items.some((it) => it.condition === undefined);
    return free ? [] : items.flatMap((it) => it.condition ?? []);
  });
  return [...new Set(found)];
}

function judged({ stated, presumed = [] }: TermsStated, tie: Tie): Verdict | undefined {
  if (stated === null) return undefined;
  const events = [stated.by];
  const excluded = (stated.excluded ?? []).some((it) => it.basis === tie || it.basis === 'anyone');
  if (excluded) return { ...verdict('no', 'excluded', events), presumed };
  const named = stated.eligibility.some((it) => it.basis === tie || it.basis === 'anyone');
  const said = named ? verdict('yes', 'eligible', events) : verdict('no', 'not-eligible', events);
  return { ...said, presumed };
}

function silent(tie: Tie): Verdict {
  const said = tie === 'resident' ? verdict('yes', 'eligible') : verdict('no', 'not-eligible');
  return { ...said, presumed: ['residents'] };
}
