import { createHash } from 'node:crypto';

import type { PartRow } from '../../src/entries/domain/part-rows.js';
import type { RegisterEvent } from '../../src/entries/domain/event.js';
import type { FacilityEvent } from '../../src/facilities/domain/acts.js';
import { facilityRows, type Described } from '../../src/facilities/domain/facility-parts.js';
import { facilityLeaning } from '../../src/facilities/domain/leaning.js';
import { comparable } from '../../src/facilities/list/comparable.js';
import { isTooMany } from '../../src/time/possibility.js';
import { actRows } from '../act-rows.js';
import { ledger } from '../ledger.js';
import { namedRows } from '../named-rows.js';
import { gramsOf } from '../search-key.js';

/**
 * 施設 — what every facility is like and whether it exists, day by day. Public facilities are disclosed:
 * their vocabulary holds nothing that is withheld, so there is no decision on disclosure to read.
 */
export const facilities = ledger({
  name: 'facilities',
  fold: 1,
  watches: ['facility'],
  rows: (events, presume) => [
    ...facilityRows(events, presume),
    ...namedRows(events, { leaning: facilityLeaning, namesOf }),
    ...actRows(events),
  ],
  searchKey: (row) => (row.part === 'facility' ? gramsOf(textsOf(row)) : undefined),
});

/** A remark longer than this names no kind. */
const LONGEST_KIND = 100;

/** The part by which facilities are found whose POI code or remark is a kind: 1512, 図書館. */
export function kindPart(kind: string): string {
  return `kind:${comparable(kind).slice(0, LONGEST_KIND)}`;
}

/** The part by which facilities of one name are found; a name may be too long for an index. */
export function namePart(name: string): string {
  return `name:${createHash('sha256').update(comparable(name), 'utf8').digest('hex')}`;
}

function namesOf(event: RegisterEvent): readonly string[] {
  const act = event as FacilityEvent;
  if (act.type === 'FacilityClosed') return [];
  const { name, poi, note, listId } = act.data;
  return [
    ...(act.type === 'FacilityRegistered' ? [`owner:${act.data.owner}`] : []),
    ...(listId === undefined ? [] : [`listId:${listId}`]),
    ...(name === undefined ? [] : [namePart(name)]),
    ...(poi === undefined ? [] : [kindPart(poi)]),
    ...(note === undefined || note.length > LONGEST_KIND ? [] : [kindPart(note)]),
  ];
}

function textsOf(row: PartRow): readonly string[] {
  return row.contents.flatMap(({ content }) => {
    if (isTooMany(content as object)) return [];
    const { attributes } = content as Described;
    return ['name', 'kana', 'commonName'].flatMap((it) => {
      const value = attributes[it]?.value;
      return typeof value === 'string' ? [value] : [];
    });
  });
}
