import type { Numbered, RegisterEvent } from '../../entries/domain/event.js';
import { presumeAll } from '../../entries/domain/presumption.js';
import { type Counting, standing } from '../../entries/domain/standing.js';
import { Timeline } from '../../entries/domain/timeline.js';
import { isTooMany } from '../../time/possibility.js';
import { certainDay, rangeOf } from '../../time/day-range.js';
import { addDays, isoDay, type CivilDate } from '../../time/civil-date.js';
import type { PartialDate } from '../../time/partial-date.js';
import type { FacilityEvent } from '../domain/acts.js';
import type { Stated } from '../domain/attributes.js';
import { type Described, facilityParts } from '../domain/facility-parts.js';

/** What a list says of a facility that is on record already. */
export type Comparison =
  | { readonly kind: 'none' }
  /** A newer list said otherwise: what an older one says changes nothing. */
  | { readonly kind: 'older'; readonly newest: CivilDate }
  | {
      readonly kind: 'change';
      readonly stated: Stated;
      /** EDTF of the days between the two lists; absent where they are not known. */
      readonly effective?: string;
    };

/**
 * The values that are not those on record, pending ones included; a cell that is empty says nothing.
 * @param written the days within which the list was written
 */
export function compareRow(
  events: readonly Numbered[],
  stated: Stated,
  written: PartialDate,
): Comparison {
  const day = lastDayOf(written);
  const known = describedOn(events, day);
  const changed = Object.entries(stated).filter(
    ([name, value]) => !known.every((it) => it.attributes[name]?.value === value),
  );
  if (changed.length === 0) return { kind: 'none' };
  const lists = listsAmong(new Timeline<FacilityEvent>(events).acts);
  const newest = newestOf(lists);
  if (newest > day) return { kind: 'older', newest };
  const certain = lists.map((it) => certainDay(it));
  const [from, to] = [newest, certainDay(written)];
  const between = to !== undefined && from < to && certain.includes(from);
  return {
    kind: 'change',
    stated: Object.fromEntries(changed),
    ...(between ? { effective: `[${isoDay(addDays(from, 1))}..${isoDay(to)}]` } : {}),
  };
}

/**
 * Whether each value may be the one on record, or a newer list is, where only what is so counted counts.
 * @param written the days within which the list was written
 */
export function standsOnRecord(
  events: readonly Numbered[],
  stated: Stated,
  written: PartialDate,
  counting: Counting,
): boolean {
  const day = lastDayOf(written);
  const acts = standing(events, counting).events.map(({ event }) => event);
  const known = describedOn(events, day, counting);
  if (known.length === 0) return false;
  return (
    newestOf(listsAmong(acts)) > day ||
    Object.entries(stated).every(([name, value]) =>
      known.some((it) => it.attributes[name]?.value === value),
    )
  );
}

/** Every description that a day may have by all that counts; the last one where none has begun. */
export function describedOn(
  events: readonly Numbered[],
  day: number,
  counting: Counting = 'entered',
): readonly Described[] {
  const segments = facilityParts(events, counting, presumeAll).get('facility') ?? [];
  const holding = segments.find(({ from, to }) => from <= day && day < to);
  const found = describedIn(holding?.contents);
  return found.length > 0 ? found : describedIn(segments.at(-1)?.contents);
}

function describedIn(contents: readonly { readonly content: unknown }[] = []): Described[] {
  return contents.flatMap(({ content }) => {
    if (isTooMany(content as object)) return [];
    const it = content as Described;
    return it.by.length === 0 ? [] : [it];
  });
}

function listsAmong(acts: readonly RegisterEvent[]): readonly PartialDate[] {
  return acts.flatMap((it) => writtenOf(it));
}

function newestOf(lists: readonly PartialDate[]): CivilDate {
  return Math.max(...lists.map(lastDayOf)) as CivilDate;
}

function writtenOf(event: RegisterEvent): readonly PartialDate[] {
  const { row } = event.data as { readonly row?: object };
  const written = event.source?.written;
  return row === undefined || written === undefined ? [] : [written];
}

function lastDayOf(date: PartialDate): number {
  return rangeOf(date)?.to ?? Infinity;
}
