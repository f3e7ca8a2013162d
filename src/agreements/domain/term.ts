import { addDays, addMonths, addYears, type CivilDate } from '../../time/civil-date.js';
import type { DayRange } from '../../time/day-range.js';
import {
  dayOfEffect,
  firstDayWithout,
  type DayOfEffect,
  type Effect,
} from '../../entries/domain/effect.js';
import type { Presuming } from '../../entries/domain/presumption.js';
import type { AgreementEvent } from './acts.js';

export type TermEvent = Extract<AgreementEvent, { type: 'TermAgreed' | 'RenewalConfirmed' }>;
export type TermClause = Extract<AgreementEvent, { type: 'TermAgreed' }>;

const MOST_PERIODS = 200;

/**
 * The first days without, of a term and of the periods by which it renews itself: as many as a
 * notice on record may end (自動更新). Empty for a term without an end.
 */
export function expiries(
  act: TermEvent,
  acts: readonly AgreementEvent[],
  presume: Presuming,
): readonly DayOfEffect[] {
  const { end } = act.data;
  if ('tag' in end && end.tag !== 'unknown') return [];
  const wording = act.type === 'TermAgreed' ? act.data.wording : 'lastDay';
  const first = firstDayWithout(dayOfEffect({ ...act, effective: end }, presume), wording, presume);
  const renewal = clauseOf(act, acts)?.data.renewal;
  const notices = acts.filter((it) => it.type === 'NonRenewalNotified');
  if (renewal?.kind !== 'automatic' || notices.length === 0) return [first];
  const last = Math.max(...notices.map((it) => dayOfEffect(it, presume).range.to));
  return [first, ...renewals(first, renewal.years, last)];
}

/** Ends of the periods that follow, to the second one after the last notice: it may come late. */
function renewals(
  first: DayOfEffect,
  years: number | undefined,
  notice: number,
): readonly DayOfEffect[] {
  const { from, to } = first.range;
  if (years === undefined || notice === Infinity || !Number.isFinite(from) || to === Infinity) {
    return [{ ...first, range: { from, to: Infinity } }];
  }
  const found: DayOfEffect[] = [];
  for (let period = 1, after = 0; period <= MOST_PERIODS && after < 2; period++) {
    const range = { from: later(from, period * years), to: later(to, period * years) };
    found.push({ ...first, range });
    if (range.from > notice) after++;
  }
  return found;
}

/** The clause under which a term renews: its own, or the one that a confirmation confirms. */
function clauseOf(act: TermEvent, acts: readonly AgreementEvent[]): TermClause | undefined {
  if (act.type === 'TermAgreed') return act;
  const clauses = acts.filter((it) => it.type === 'TermAgreed');
  return clauses.find((it) => it.data.renewal?.kind === 'automatic') ?? clauses[0];
}

/**
 * Whether a notice that came before the end of a period came in time: N months or days before it
 * (解除予告); undefined where the dates leave that open.
 */
export function inTime(notice: Effect, expiry: Effect, clause: TermClause): boolean | undefined {
  const { noticeMonths, noticeDays } = clause.data.renewal ?? {};
  if (noticeMonths === undefined && noticeDays === undefined) return true;
  const first = deadline(expiry.range.from, clause);
  const last = deadline(expiry.range.to, clause);
  const { from, to }: DayRange = notice.range;
  if (to <= first) return true;
  return from > last ? false : undefined;
}

/** The last day for a notice, of a term whose first day without is given. */
function deadline(without: number, { data: { renewal } }: TermClause): number {
  if (!Number.isFinite(without)) return without;
  const end = addDays(without as CivilDate, -1);
  if (renewal?.noticeMonths !== undefined) return addMonths(end, -renewal.noticeMonths);
  return addDays(end, -(renewal?.noticeDays ?? 0));
}

function later(day: number, years: number): number {
  return addYears(day as CivilDate, years);
}
