import type { PoiKinds } from '../../src/facilities/list/count-kinds.js';
import type { Incomplete } from '../incomplete.js';
import type { PartyNames } from '../party-names.js';
import type { FacilityListed } from './facility.answer.js';
import type { FacilityRecord } from './facility-record.js';

/** A facility as a line of a list; what is not certain on the day is null and named. */
export function facilityListed(
  it: FacilityRecord,
  names: PartyNames,
  kinds: PoiKinds,
  incomplete: Incomplete,
): FacilityListed {
  const text = (attribute: string) => {
    const value = it.value(attribute);
    return value === undefined ? null : String(value);
  };
  const degrees = (attribute: string) => {
    const value = it.value(attribute);
    return typeof value === 'number' ? value : null;
  };
  const poi = text('poi');
  return {
    id: it.id,
    owner: it.owner === undefined ? null : names.shown(it.owner),
    name: text('name'),
    kana: text('kana'),
    poi,
    kind: poi === null ? null : (kinds.get(poi) ?? null),
    note: text('note'),
    address: text('address'),
    latitude: degrees('latitude'),
    longitude: degrees('longitude'),
    telephone: text('telephone'),
    url: text('url'),
    open: it.open(incomplete),
    undetermined: it.undetermined,
    pending: it.pending,
  };
}
