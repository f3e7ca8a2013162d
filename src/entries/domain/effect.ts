import { rangeOf, type DayRange } from '../../time/day-range.js';
import type { PartialDate } from '../../time/partial-date.js';
import type { RegisterEvent } from './event.js';
import type { Presuming, Presumption } from './presumption.js';

/** What an act does, from a day within `range` on; an act may have several, each with its own day. */
export interface Effect<E extends RegisterEvent = RegisterEvent> {
  /** Names the unknown that its day is: the event's id, or that and what else it depends on. */
  readonly key: string;
  readonly kind: string;
  readonly event: E;
  /** First and last day on which it may begin. */
  readonly range: DayRange;
  readonly presumed: readonly Presumption[];
  /** What it changes; effects that share no slot never disturb each other. */
  readonly slots: readonly string[];
  /** An act is presumed to follow the act that it builds on. */
  follows(other: Effect): boolean;
  /** Which of the two comes first decides nothing, though they change the same. */
  commutes?(other: Effect): boolean;
}

export const ALWAYS: DayRange = { from: -Infinity, to: -Infinity };
const ANY_DAY: DayRange = { from: -Infinity, to: Infinity };

export interface DayOfEffect {
  readonly range: DayRange;
  readonly presumed: readonly Presumption[];
}

/**
 * The day from which an act has effect: as stated; else the day it was done; else, for what a
 * document reports, by the last day on which the document can have been written; else unknown.
 */
export function dayOfEffect(event: RegisterEvent, presume: Presuming): DayOfEffect {
  const stated = stand(event.effective);
  if (stated !== undefined) return { range: stated, presumed: [] };
  const acted = stand(event.acted);
  const known = acted !== undefined && (acted.from !== -Infinity || acted.to !== Infinity);
  if (known && presume.has('effect-on-conclusion')) {
    return { range: acted, presumed: ['effect-on-conclusion'] };
  }
  const written = event.acted === undefined ? stand(event.source?.written) : undefined;
  if (written !== undefined && presume.has('as-reported')) {
    return { range: { from: -Infinity, to: written.to }, presumed: ['as-reported'] };
  }
  return { range: ANY_DAY, presumed: [] };
}

/** An act that describes the paper holds from the beginning, unless it has a day of its own. */
export function dayOfDescription(event: RegisterEvent, presume: Presuming): DayOfEffect {
  return event.effective === undefined
    ? { range: ALWAYS, presumed: [] }
    : dayOfEffect(event, presume);
}

export type EndWording = 'lastDay' | 'firstDayWithout' | undefined;

/** The first day without, of an end as worded; unsaid means last day, which is a presumption. */
export function firstDayWithout(
  day: DayOfEffect,
  wording: EndWording,
  presume: Presuming,
): DayOfEffect {
  if (wording === 'firstDayWithout') return day;
  const after = day.range.to === Infinity ? Infinity : day.range.to + 1;
  const from = day.range.from === -Infinity ? -Infinity : day.range.from + 1;
  if (wording === 'lastDay') return { ...day, range: { from, to: after } };
  if (!presume.has('last-day')) return { ...day, range: { from: day.range.from, to: after } };
  return { range: { from, to: after }, presumed: [...day.presumed, 'last-day'] };
}

function stand(date: PartialDate | undefined): DayRange | undefined {
  return date === undefined ? undefined : rangeOf(date);
}

/** An effect; `follows` names, by kind, the kinds that it is presumed to follow (`in-order`). */
export function effectOf<E extends RegisterEvent>(
  event: E,
  kind: string,
  slots: readonly string[],
  { range, presumed }: DayOfEffect,
  presume: Presuming,
  follows: Readonly<Record<string, readonly string[]>>,
): Effect<E> {
  const earlier = presume.has('in-order') ? (follows[kind] ?? []) : [];
  return {
    key: event.id,
    kind,
    event,
    range,
    presumed,
    slots,
    follows: (other) => earlier.includes(other.kind),
  };
}
