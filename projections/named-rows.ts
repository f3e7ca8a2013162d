import { contentOf } from '../src/entries/domain/content.js';
import type { Numbered, RegisterEvent } from '../src/entries/domain/event.js';
import { pendingEntries, type PartRow } from '../src/entries/domain/part-rows.js';
import { isAct } from '../src/entries/domain/readings.js';
import { standing } from '../src/entries/domain/standing.js';
import { rowOfAllDays } from './row-of-all-days.js';

/**
 * Rows by which a stream is found, whatever the day: one for each name that its acts give, such as
 * `field:図書館`. A name that only pending entries give has no content, and tells which they are.
 */
export function namedRows(
  events: readonly Numbered[],
  namesOf: (act: RegisterEvent) => readonly string[],
): readonly PartRow[] {
  const approved = names(standing(events, 'approved').events, namesOf);
  const pending = pendingEntries(events);
  const entered =
    pending.length === 0 ? approved : names(standing(events, 'entered').events, namesOf);
  return [...new Set([...approved, ...entered])]
    .sort()
    .map((part) =>
      approved.has(part)
        ? rowOfAllDays(part, { named: true })
        : { ...rowOfAllDays(part, null), contents: [], pending },
    );
}

function names(
  stand: readonly Numbered[],
  namesOf: (act: RegisterEvent) => readonly string[],
): ReadonlySet<string> {
  return new Set(
    stand.flatMap(({ event }) => (isAct(event) ? namesOf(contentOf(event, stand)) : [])),
  );
}
