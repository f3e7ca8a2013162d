import { act, opening, type EventOf } from '../../entries/domain/act-type.js';
import { open, optional } from '../../entries/domain/field.js';
import { integer, party, text } from '../../entries/domain/field-kinds.js';

const attributes = {
  name: open(text(200)),
  kana: optional(open(text(200))),
  /** POI code: 図書館 1512, 公民館 1307 … */
  poi: optional(open(text(10))),
  address: optional(open(text(300))),
  ward: optional(open(party())),
  capacity: optional(open(integer())),
};

export const facilityActs = {
  FacilityRegistered: opening({ owner: open(party()), ...attributes }),
  FacilityChanged: act({ ...attributes, name: optional(attributes.name) }),
  FacilityClosed: act({}),
};

export type FacilityEvent = EventOf<typeof facilityActs>;
