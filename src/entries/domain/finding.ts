import type { Answer } from '../../time/three-valued.js';
import {
  certain,
  isCertain,
  isTooMany,
  joined,
  TOO_MANY,
  unknownsIn,
  type Possible,
  type TooMany,
} from '../../time/possibility.js';
import type { Presumption } from './presumption.js';

/** Why an answer is what it is: a stable code and the events that it rests on. */
export interface Reason {
  readonly code: ReasonCode;
  readonly events: readonly string[];
}

export type ReasonCode =
  | 'begun'
  | 'bound'
  | 'not-begun'
  | 'ended'
  | 'left'
  | 'not-concluded'
  | 'not-owed'
  | 'topology-unknown'
  | 'service-started'
  | 'service-not-begun'
  | 'service-not-recorded'
  | 'service-suspended'
  | 'service-ended'
  | 'member'
  | 'not-a-party'
  | 'not-member'
  | 'membership-unknown'
  | 'bound-through'
  | 'part-of'
  | 'not-part-of'
  | 'succeeded'
  | 'not-succeeded'
  | 'not-taken-over'
  | 'succession-unstated'
  | 'succeeded-by'
  | 'reserved'
  | 'outside-scope'
  | 'practice'
  | 'facility-open'
  | 'continuation-unsaid'
  | 'date-unknown'
  | 'order-unknown'
  | 'disputed'
  | 'fallen'
  | 'pending'
  | 'claimed-elsewhere'
  | 'superseded'
  | 'nothing-recorded'
  | 'not-under-coverage'
  | 'undisclosed'
  | 'eligible'
  | 'not-eligible'
  | 'excluded'
  | 'part-only'
  | 'kind-not-recorded'
  | 'projection/incomplete'
  | typeof TOO_MANY;

/** An answer on a day with everything it rests on. */
export interface Finding {
  readonly answer: Answer;
  readonly reasons: readonly Reason[];
  readonly presumed: readonly Presumption[];
  /** Names of the unknowns it depends on (see World). */
  readonly unknowns: readonly string[];
}

/** One possibility's own answer. */
export interface Verdict {
  readonly answer: Answer;
  readonly reasons: readonly Reason[];
  readonly presumed: readonly Presumption[];
}

export type Verdicts = Possible<Verdict>;

export function verdict(answer: Answer, code: ReasonCode, events: readonly string[] = []): Verdict {
  return { answer, reasons: [{ code, events }], presumed: [] };
}

/** Verdicts of a part, one for each of its possible contents; without any, nothing is concluded. */
export function verdicts<C>(
  contents: Possible<C | TooMany>,
  judge: (content: C) => Verdict,
): Verdicts {
  if (contents.length === 0) {
    return [{ content: verdict('undetermined', 'not-concluded'), worlds: [{}] }];
  }
  return contents.map(({ content, worlds }) => ({
    worlds,
    content:
      typeof content === 'object' && content !== null && isTooMany(content as object)
        ? verdict('undetermined', TOO_MANY)
        : judge(content as C),
  }));
}

/**
 * All of them must hold, joined on the unknowns that they share. A no stands with its own reasons
 * alone; beyond 256 combinations the whole is undetermined.
 */
export function allOf(first: Verdicts, ...others: readonly Verdicts[]): Verdicts {
  if (isCertain(first) && others.every(isCertain)) {
    return certain(allCertain([first, ...others].map((it) => it[0].content)));
  }
  let all = first;
  for (const other of others) {
    const next = joined(all, other, both);
    if (next === undefined) {
      return [{ content: verdict('undetermined', TOO_MANY), worlds: [{}] }];
    }
    all = next;
  }
  return all;
}

/** The same as one after another: the first no alone, else the reasons of all. */
function allCertain(all: readonly Verdict[]): Verdict {
  const no = all.find((it) => it.answer === 'no');
  if (no !== undefined) return no;
  return {
    answer: all.every((it) => it.answer === 'yes') ? 'yes' : 'undetermined',
    reasons: merged(all.flatMap((it) => it.reasons)),
    presumed: all.reduce<Verdict['presumed']>((sum, it) => presumedBy(sum, it.presumed), []),
  };
}

function both(a: Verdict, b: Verdict): Verdict {
  if (a.answer === 'no') return a;
  if (b.answer === 'no') return b;
  const answer = a.answer === 'yes' && b.answer === 'yes' ? 'yes' : 'undetermined';
  return {
    answer,
    reasons: mergedOf(a.reasons, b.reasons),
    presumed: presumedBy(a.presumed, b.presumed),
  };
}

/** A question that all possibilities answer alike is still yes or no (domain § 4). */
export function finding(all: Verdicts): Finding {
  if (isCertain(all)) {
    const { answer, reasons, presumed } = all[0].content;
    return { answer, reasons: merged(reasons), presumed: presumedBy(presumed, []), unknowns: [] };
  }
  const answers = new Set(all.map((it) => it.content.answer));
  const [only] = answers;
  const reasons = merged(all.flatMap((it) => it.content.reasons));
  const presumed = [...new Set(all.flatMap((it) => it.content.presumed))].sort();
  if (answers.size === 1 && only !== undefined) {
    const unknowns = only === 'undetermined' ? unknownsIn(all) : [];
    return {
      answer: only,
      reasons: merged([...reasons, ...whyOpen(unknowns)]),
      presumed,
      unknowns,
    };
  }
  const unknowns = unknownsIn(all);
  return {
    answer: 'undetermined',
    reasons: merged([...whyOpen(unknowns), ...reasons]),
    presumed,
    unknowns,
  };
}

const kinds: Readonly<Record<string, ReasonCode>> = {
  b: 'date-unknown',
  o: 'order-unknown',
  d: 'disputed',
  f: 'fallen',
};

/** What each kind of unknown leaves open, and which events it is about. */
export function whyOpen(unknowns: readonly string[]): readonly Reason[] {
  return unknowns.flatMap((unknown) => {
    const code = kinds[unknown.slice(0, 1)];
    return code === undefined ? [] : [{ code, events: eventsOf(unknown) }];
  });
}

/** Ids of the events that an unknown names. */
export function eventsOf(unknown: string): readonly string[] {
  return unknown
    .slice(2)
    .split('|')
    .map((it) => it.slice(0, 36));
}

/** The reasons of both, those of one code as one. */
export function mergedOf(a: readonly Reason[], b: readonly Reason[]): readonly Reason[] {
  if (b.length === 0) return merged(a);
  return merged(a.length === 0 ? b : [...a, ...b]);
}

/** The presumptions of both, each once, in one order. */
export function presumedBy(
  a: readonly Presumption[],
  b: readonly Presumption[],
): readonly Presumption[] {
  if (holdsAll(a, b)) return a;
  if (holdsAll(b, a)) return b;
  return [...new Set([...a, ...b])].sort();
}

/** Whether all of both are in the first already, each once and in order: most rest on one or none. */
function holdsAll(all: readonly Presumption[], others: readonly Presumption[]): boolean {
  for (let i = 1; i < all.length; i += 1) if (all[i - 1]! >= all[i]!) return false;
  for (const it of others) if (!all.includes(it)) return false;
  return true;
}

/** Reasons of one code as one, its events each once. */
export function merged(reasons: readonly Reason[]): readonly Reason[] {
  if (isMerged(reasons)) return reasons;
  const events = new Map<ReasonCode, Set<string>>();
  for (const it of reasons) {
    const seen = events.get(it.code) ?? new Set();
    for (const id of it.events) seen.add(id);
    events.set(it.code, seen);
  }
  return [...events].map(([code, ids]) => ({ code, events: [...ids] }));
}

/** No code comes twice, nor an event within a code: most answers rest on two or three facts. */
function isMerged(reasons: readonly Reason[]): boolean {
  for (let i = 0; i < reasons.length; i += 1) {
    const { code, events } = reasons[i]!;
    if (events.length > 1 && new Set(events).size < events.length) return false;
    for (let j = 0; j < i; j += 1) if (reasons[j]!.code === code) return false;
  }
  return true;
}
