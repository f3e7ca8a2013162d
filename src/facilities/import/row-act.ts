import type { PartialDate } from '../../time/partial-date.js';
import { nested, type Stated } from '../domain/attributes.js';
import type { CellTaken } from './attributes-of-row.js';

/** The list that rows are entered from. */
export interface ListSource {
  readonly owner: string;
  readonly fileName: string;
  readonly sha256: string;
  /** The days within which it was written. */
  readonly written: PartialDate;
}

/** An act as `EnterActs` reads it. */
export type RowAct = Readonly<Record<string, unknown>>;

/** Bytes of an act's data at most: the envelope comes on top, and an event holds 64,000. */
export const MOST_BYTES_OF_ROW = 56_000;

/** The act of one row: what it states and where each value stands. */
export function rowAct(
  type: 'FacilityRegistered' | 'FacilityChanged',
  { owner, fileName, sha256, written }: ListSource,
  line: number,
  stated: Stated,
  cells: readonly CellTaken[],
  effective?: string,
): RowAct {
  const data = {
    ...(type === 'FacilityRegistered' ? { owner } : {}),
    ...nested(stated),
    row: { sha256, line },
    cells: cells.filter((it) => stated[it.attribute] !== undefined),
  };
  return {
    type,
    data,
    ...(effective === undefined ? {} : { effective: { edtf: effective } }),
    source: {
      document: `${fileName} (SHA-256 ${sha256})`,
      place: `${line}行目`,
      written,
    },
    authority: { kind: 'source' },
  };
}

export function bytesOf(act: RowAct): number {
  return Buffer.byteLength(JSON.stringify(act), 'utf8');
}
