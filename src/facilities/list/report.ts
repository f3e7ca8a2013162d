import type { Form } from './columns.js';
import type { KindCount, StatedCount } from './count-kinds.js';
import type { Encoding } from './encoding.js';
import type { Finding } from './finding.js';
import type { FacilityRecord } from './record.js';

interface RowPlaced {
  readonly line: number;
  readonly lastLine: number;
}

/** A row is taken whole or not at all: a refused one has no record. */
export type RowReport =
  | (RowPlaced & {
      readonly verdict: 'taken' | 'taken-with-warnings';
      readonly record: FacilityRecord;
      readonly findings: readonly Finding[];
    })
  | (RowPlaced & { readonly verdict: 'refused'; readonly findings: readonly Finding[] });

export interface Summary {
  /** Rows below the header: `taken` and `refused` together. */
  readonly read: number;
  readonly taken: number;
  /** Of those taken. */
  readonly withWarnings: number;
  readonly refused: number;
  readonly kinds: readonly KindCount[];
  /** None where the whole list is refused: its own counts are not known then. */
  readonly stated: readonly StatedCount[];
}

/** What a list says, row by row. The same bytes give the same report. */
export interface ListReport {
  /** SHA-256 of the file's bytes, in hexadecimal. */
  readonly sha256: string;
  readonly bytes: number;
  /** The body asked for. */
  readonly owner: string;
  readonly encoding: Encoding | null;
  readonly form: Form | null;
  /** Columns of the list that its form does not have. */
  readonly unknownColumns: readonly string[];
  /** Columns of the form that the list does not have. */
  readonly absentColumns: readonly string[];
  /** Why the whole list is refused; empty where it is judged row by row. */
  readonly refusals: readonly Finding[];
  /** Every row below the header; none where the whole list is refused. */
  readonly rows: readonly RowReport[];
  readonly summary: Summary;
}
