import type { Numbered, RegisterEvent } from '../src/entries/domain/event.js';
import { pendingEntries, type PartRow } from '../src/entries/domain/part-rows.js';
import {
  actsAmong,
  readingsOf,
  type Leaning,
  type Reading,
} from '../src/entries/domain/readings.js';
import { madeOf } from '../src/entries/domain/remembered-readings.js';
import type { Counting } from '../src/entries/domain/standing.js';
import { rowOfAllDays } from './row-of-all-days.js';

/** What an act names, as parts: `field:図書館`. */
export interface Naming {
  readonly leaning: Leaning;
  readonly namesOf: (act: RegisterEvent) => readonly string[];
}

/**
 * Rows by which a stream is found, whatever the day: one for each name that some reading of it gives,
 * a fallen act that others lean on and a disputed value included. A name that only pending entries
 * give has no content, and tells which they are.
 */
export function namedRows(events: readonly Numbered[], naming: Naming): readonly PartRow[] {
  const approved = names(events, 'approved', naming);
  const pending = pendingEntries(events);
  const entered = pending.length === 0 ? approved : names(events, 'entered', naming);
  return [...new Set([...approved, ...entered])]
    .sort()
    .map((part) =>
      approved.has(part)
        ? rowOfAllDays(part, { named: true })
        : { ...rowOfAllDays(part, null), contents: [], pending },
    );
}

function names(
  events: readonly Numbered[],
  counting: Counting,
  { leaning, namesOf }: Naming,
): ReadonlySet<string> {
  const readings = readingsOf(events, counting, leaning);
  if (readings === null) return namesAmong([{ acts: actsAmong(events) }], namesOf);
  return madeOf(events, readings, namesOf, () => namesAmong(readings, namesOf));
}

function namesAmong(
  readings: readonly Pick<Reading, 'acts'>[],
  namesOf: Naming['namesOf'],
): ReadonlySet<string> {
  return new Set(readings.flatMap(({ acts }) => acts.flatMap(({ event }) => namesOf(event))));
}
