import type { AccessibilityFeature } from '../domain/accessibility.js';
import type { Stated } from '../domain/attributes.js';
import type { Cell } from '../list/cell.js';
import {
  type AccessibilityField,
  accessibilityFields,
  type Field,
  type NumberField,
} from '../list/columns.js';
import type { FacilityRecord } from '../list/record.js';

/** Where an attribute stands in a list. */
export interface CellTaken {
  readonly attribute: string;
  readonly column: string;
  /** The cell to the letter, where the attribute is not that itself. */
  readonly text?: string;
}

/** What a row says of its facility, and the cell of each value. */
export interface RowTaken {
  readonly stated: Stated;
  readonly cells: readonly CellTaken[];
  /** Columns that say something the register does not keep. */
  readonly leftOut: readonly string[];
}

const ofAccessibility = Object.fromEntries(
  accessibilityFields.map((it) => [it, `accessibility.${it satisfies AccessibilityFeature}`]),
) as Readonly<Record<AccessibilityField, string>>;

/** The attribute that a column becomes; without one it names the owner, or is not kept. */
const attributeOf: Readonly<Partial<Record<Field, string>>> = {
  code: 'code',
  id: 'listId',
  name: 'name',
  kana: 'kana',
  english: 'english',
  commonName: 'commonName',
  poi: 'poi',
  address: 'address',
  locationCode: 'addressParts.code',
  townId: 'addressParts.townId',
  addressPrefecture: 'addressParts.prefecture',
  addressMunicipality: 'addressParts.municipality',
  addressTown: 'addressParts.town',
  addressNumber: 'addressParts.number',
  building: 'addressParts.building',
  postcode: 'addressParts.postcode',
  latitude: 'latitude',
  longitude: 'longitude',
  phone: 'telephone',
  extension: 'extension',
  email: 'email',
  formUrl: 'formUrl',
  corporateNumber: 'corporateNumber',
  organisation: 'organisation',
  weekdays: 'opening.days',
  opens: 'opening.from',
  closes: 'opening.to',
  openingNote: 'opening.note',
  description: 'description',
  accessibilityNote: 'accessibility.note',
  url: 'url',
  note: 'note',
  ...ofAccessibility,
};

/** They name the owner, which is known. */
const ofOwner: ReadonlySet<Field> = new Set(['prefecture', 'municipality', 'body']);

const numbers: ReadonlySet<Field> = new Set<NumberField>(['latitude', 'longitude']);

export function attributesOf(record: FacilityRecord): RowTaken {
  const stated: Record<string, string | number> = {};
  const cells: CellTaken[] = [];
  const leftOut: string[] = [];
  for (const [name, cell] of Object.entries(record) as [Field, Cell & { value?: unknown }][]) {
    const attribute = attributeOf[name];
    if (attribute === undefined) {
      if (!ofOwner.has(name)) leftOut.push(cell.column);
      continue;
    }
    const value = numbers.has(name) && typeof cell.value === 'number' ? cell.value : cell.text;
    stated[attribute] = value;
    const { column, text } = cell;
    cells.push({ attribute, column, ...(String(value) === text ? {} : { text }) });
  }
  return { stated, cells, leftOut };
}
