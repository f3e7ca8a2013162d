import { addYears, type CivilDate } from '../../time/civil-date.js';
import { monthOf, rangeOf, yearOf, type DayRange } from '../../time/day-range.js';
import type { DateFlag } from '../../time/date-reading.js';
import type { PartialDate } from '../../time/partial-date.js';
import { readDate } from '../../time/read-date.js';

/** What is odd about a record, as it stands: stated and flagged, never repaired (domain § 3, § 6). */
export interface Warning {
  readonly code: WarningCode;
  /** The acts whose dates are odd. */
  readonly events: readonly string[];
  /** Which date of theirs. */
  readonly field?: 'acted' | 'effective';
}

export type WarningCode =
  | 'service-long-after-signing'
  | 'service-before-effect'
  | 'service-before-signing'
  | 'effect-before-signing'
  | 'month-only'
  | 'year-only'
  | 'date-unknown'
  | DateFlag;

/** An act and its dates, as corrected. */
export interface DatedAct {
  readonly event: string;
  readonly type: string;
  readonly acted?: PartialDate;
  readonly effective?: PartialDate;
}

const signing: ReadonlySet<string> = new Set(['AgreementRegistered', 'AgreementConcluded']);
/** Acts whose day decides answers: a month alone leaves them open. */
const deciding: ReadonlySet<string> = new Set([
  ...signing,
  'AgreementTookEffect',
  'ServiceStarted',
  'ServiceEnded',
  'AgreementEnded',
]);

/** Every oddity of an agreement's dates. `signing ≤ effect ≤ service start` is usual, no more. */
export function warningsOf(acts: readonly DatedAct[]): readonly Warning[] {
  const signed = acts.filter((it) => signing.has(it.type)).flatMap(actedOn);
  const effective = acts.filter((it) => it.type === 'AgreementTookEffect').flatMap(effectiveOn);
  const started = acts.filter((it) => it.type === 'ServiceStarted').flatMap(effectiveOn);
  return [
    ...pairs(signed, started).flatMap(([sign, start]) =>
      start.range.from > addYears(sign.range.to as CivilDate, 1)
        ? [odd('service-long-after-signing', sign, start)]
        : [],
    ),
    ...before('service-before-effect', started, effective),
    ...before('service-before-signing', started, signed),
    ...before('effect-before-signing', effective, signed),
    ...acts.flatMap(oddDates),
  ];
}

interface Dated {
  readonly event: string;
  readonly range: DayRange;
}

function actedOn({ event, acted }: DatedAct): readonly Dated[] {
  const range = acted && rangeOf(acted);
  return range === undefined ? [] : [{ event, range }];
}

function effectiveOn({ event, effective, acted }: DatedAct): readonly Dated[] {
  return actedOn({
    event,
    type: '',
    ...((effective ?? acted) ? { acted: effective ?? acted } : {}),
  });
}

/** Certainly earlier: its last possible day lies before the other's first. */
function before(
  code: WarningCode,
  early: readonly Dated[],
  late: readonly Dated[],
): readonly Warning[] {
  return pairs(early, late).flatMap(([one, other]) =>
    one.range.to < other.range.from ? [odd(code, one, other)] : [],
  );
}

function pairs(
  all: readonly Dated[],
  others: readonly Dated[],
): readonly (readonly [Dated, Dated])[] {
  return all.flatMap((one) => others.map((other) => [one, other] as const));
}

function odd(code: WarningCode, ...dated: readonly Dated[]): Warning {
  return { code, events: dated.map((it) => it.event) };
}

function oddDates(act: DatedAct): readonly Warning[] {
  return (['acted', 'effective'] as const).flatMap((field) => {
    const date = act[field];
    if (date === undefined) return [];
    const codes = [...flagsOf(date), ...(deciding.has(act.type) ? precisionOf(date) : [])];
    return codes.map((code) => ({ code, events: [act.event], field }));
  });
}

/** The flags that reading the source's own words gives: an overrun era stays as printed. */
function flagsOf({ text }: PartialDate): readonly WarningCode[] {
  const read = text === undefined ? undefined : readDate(text, { printed: true });
  return read?.ok ? read.flags : [];
}

function precisionOf(date: PartialDate): readonly WarningCode[] {
  if ('tag' in date) return date.tag === 'unknown' ? ['date-unknown'] : [];
  const range = rangeOf(date);
  if (range === undefined) return [];
  if (monthOf(range) !== undefined) return ['month-only'];
  return yearOf(range) === undefined ? [] : ['year-only'];
}
