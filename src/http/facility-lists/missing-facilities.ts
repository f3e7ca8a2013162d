import { Timeline } from '../../entries/domain/timeline.js';
import type { FacilityEvent } from '../../facilities/domain/acts.js';
import type { Described } from '../../facilities/domain/facility-parts.js';
import type { KeptReport } from '../../facilities/import/stored-list.js';
import { comparable } from '../../facilities/list/comparable.js';
import type { FacilityRecord } from '../../facilities/list/record.js';
import type { OwnedFacilities } from './known-facilities.js';

/**
 * Facilities on record, not closed, that the list does not name: of the kinds that it names, or of any
 * kind where it is said to be complete. They are reported and nothing more: a list that is silent about
 * a facility does not say that it was closed.
 */
export async function missingFrom(
  records: readonly FacilityRecord[],
  complete: boolean,
  known: OwnedFacilities,
  named: ReadonlySet<string>,
): Promise<KeptReport['missing']> {
  const kinds = new Set(
    records.flatMap(({ poi, note }) =>
      [poi, note].flatMap((it) => (it === undefined ? [] : [comparable(it.text)])),
    ),
  );
  const missing: { id: string; name: string | null }[] = [];
  for await (const { id, events, described } of known.others(named)) {
    if (new Timeline<FacilityEvent>(events).standing('FacilityClosed') !== undefined) continue;
    const [first] = described;
    if (first === undefined || !(complete || isOf(kinds, first))) continue;
    const name = first.attributes['name']?.value;
    missing.push({ id, name: name === undefined ? null : String(name) });
  }
  return missing;
}

function isOf(kinds: ReadonlySet<string>, { attributes }: Described): boolean {
  return [attributes['poi'], attributes['note']].some(
    (it) => it !== undefined && kinds.has(comparable(String(it.value))),
  );
}
