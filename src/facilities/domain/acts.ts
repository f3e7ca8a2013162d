import { act, opening, type EventOf } from '../../entries/domain/act-type.js';
import { list, open, optional, record } from '../../entries/domain/field.js';
import { integer, number, party, sha256, text, word } from '../../entries/domain/field-kinds.js';
import { accessibilityFeatures } from './accessibility.js';

/** Parts of an address as the list writes them; the whole stands in `address`. */
const addressParts = record({
  /** 全国地方公共団体コード of the place. */
  code: optional(open(text(20))),
  /** 町字ID */
  townId: optional(open(text(20))),
  prefecture: optional(open(text(100))),
  municipality: optional(open(text(200))),
  town: optional(open(text(300))),
  number: optional(open(text(300))),
  building: optional(open(text(2000))),
  postcode: optional(open(text(2000))),
});

/** 利用可能曜日・時間 as written; times are read by whoever needs them. */
const hours = record({
  days: optional(open(text(2000))),
  from: optional(open(text(100))),
  to: optional(open(text(100))),
  note: optional(open(text(2000))),
});

const attributes = {
  name: open(text(200)),
  kana: optional(open(text(200))),
  /** POI code: 図書館 1512, 公民館 1307 … */
  poi: optional(open(text(10))),
  address: optional(open(text(300))),
  ward: optional(open(party())),
  capacity: optional(open(integer())),
  english: optional(open(text(2000))),
  commonName: optional(open(text(2000))),
  /** 全国地方公共団体コード of the body, as its list has it. */
  code: optional(open(text(6))),
  /** The owner's own id of the facility in its lists (ID, NO). */
  listId: optional(open(text(100))),
  addressParts: optional(addressParts),
  /** Degrees, WGS 84 or JGD2011. */
  latitude: optional(open(number())),
  longitude: optional(open(number())),
  /** Of the office, as published; 内線 apart. */
  telephone: optional(open(text(2000))),
  extension: optional(open(text(2000))),
  email: optional(open(text(2000))),
  url: optional(open(text(2000))),
  formUrl: optional(open(text(2000))),
  corporateNumber: optional(open(text(13))),
  organisation: optional(open(text(2000))),
  opening: optional(hours),
  accessibility: optional(
    list(
      record({
        feature: open(word(...accessibilityFeatures)),
        written: open(text(2000)),
      }),
    ),
  ),
  description: optional(open(text(2000))),
  /** 備考 of a published list, which often says the kind. */
  note: optional(open(text(2000))),
};

/** Where each attribute was read, when it comes from a row of a list. */
const taken = {
  /** The row: digest of the file and the line on which it begins, from 1. */
  row: optional(record({ sha256: open(sha256()), line: open(integer(1)) })),
  cells: optional(
    list(
      record({
        /** `name`, `opening.days`, `accessibility.wheelchairAccess` … */
        attribute: open(text(60)),
        /** The column's name as the list's own header has it. */
        column: open(text(200)),
        /** The cell to the letter, where the attribute is not that itself. */
        text: optional(open(text(2000))),
      }),
    ),
  ),
};

/**
 * 施設. `effective` of a registration is the opening day, of a change or closing its own day. A change
 * holds only what changed: what it does not name stays as it was.
 */
export const facilityActs = {
  FacilityRegistered: opening({ owner: open(party()), ...attributes, ...taken }),
  FacilityChanged: act({ ...attributes, name: optional(attributes.name), ...taken }),
  FacilityClosed: act({ wording: optional(open(word('lastDay', 'firstDayWithout'))) }),
};

export type FacilityEvent = EventOf<typeof facilityActs>;
