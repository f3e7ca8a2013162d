import type { Cell, Read } from './cell.js';
import {
  type AccessibilityField,
  accessibilityFields,
  type Field,
  type NumberField,
  type TextField,
  type TimeField,
} from './columns.js';
import type { FindingCode } from './finding.js';
import { readDecimal, readPresence, readTime } from './readings.js';

/** The cells of a row that say something. */
export type Cells = { readonly [F in Field]?: Cell };

/** One facility as its row has it. A field that the row leaves empty is absent: empty is no 無. */
export type FacilityRecord = { readonly [F in TextField]?: Cell } & {
  readonly [F in NumberField]?: Read<number>;
} & {
  /** Minutes after midnight. */
  readonly [F in TimeField]?: Read<number>;
} & { readonly [F in AccessibilityField]?: Read<boolean> } & {
  readonly code: Cell;
  readonly name: Cell;
};

interface Reading {
  readonly read: (text: string) => number | boolean | undefined;
  /** What it is called when the text is not readable. */
  readonly fault: FindingCode;
}

/** How the fields that are more than text are read. */
export const readings: ReadonlyMap<Field, Reading> = new Map<Field, Reading>([
  ['latitude', { read: readDecimal, fault: 'coordinates/unreadable' }],
  ['longitude', { read: readDecimal, fault: 'coordinates/unreadable' }],
  ['altitude', { read: readDecimal, fault: 'altitude/unreadable' }],
  ['opens', { read: readTime, fault: 'time/unreadable' }],
  ['closes', { read: readTime, fault: 'time/unreadable' }],
  ...accessibilityFields.map(
    (it) => [it, { read: readPresence, fault: 'accessibility/unreadable' }] as const,
  ),
]);

/** The record of a row in which nothing was found that refuses it. */
export function recordOf(cells: Cells): FacilityRecord {
  const taken = Object.entries(cells).map(([field, cell]) => {
    const value = readings.get(field as Field)?.read(cell.text);
    return [field, value === undefined ? cell : { ...cell, value }];
  });
  return Object.fromEntries(taken) as FacilityRecord;
}
