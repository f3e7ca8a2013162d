import type { Finding } from '../list/finding.js';
import type { ListReport } from '../list/report.js';

/** How far a row has come. `sending`: an append of it may be under way, or may have been cut off. */
export type RowState =
  'waiting' | 'sending' | 'entered' | 'unchanged' | 'older' | 'refused' | 'failed';

export type Judged = 'approved' | 'rejected';

export interface Problem {
  readonly code: string;
  readonly text: string;
}

/** A row of a list on its way into the register. */
export interface StoredRow {
  readonly line: number;
  readonly state: RowState;
  readonly act: 'register' | 'change' | 'none' | null;
  readonly facility: string | null;
  readonly entry: string | null;
  readonly account: string | null;
  /** Of its entry. */
  readonly digest: string | null;
  readonly problem: Problem | null;
  readonly judged: Judged | null;
}

/** The report as it is kept: without the cells, which stand in the file. */
export interface KeptReport extends Omit<ListReport, 'rows'> {
  readonly rows: readonly {
    readonly line: number;
    readonly lastLine: number;
    readonly verdict: 'taken' | 'taken-with-warnings' | 'refused';
    readonly name: string | null;
    readonly findings: readonly Finding[];
  }[];
  /** Columns that say something the register does not keep. */
  readonly leftOut: readonly string[];
  /** Facilities on record that the list might be expected to name and does not. */
  readonly missing: readonly { readonly id: string; readonly name: string | null }[];
}

/** 公共施設一覧 as it was sent. */
export interface StoredList {
  readonly id: string;
  readonly owner: string;
  readonly fileName: string;
  readonly sha256: string;
  /** EDTF: the day of the list, null where nobody said it; the days in which it was written. */
  readonly listDay: string | null;
  readonly written: string;
  /** Whether it is said to name every facility of the owner. */
  readonly complete: boolean;
  /** From 1: one that was rejected, or of which a row is no longer on record, may be sent again. */
  readonly attempt: number;
  readonly sentBy: string;
  readonly sentAt: string;
  readonly judgement: Judged | null;
}

export function keptReport(
  { rows, ...rest }: ListReport,
  more: Pick<KeptReport, 'leftOut' | 'missing'>,
): KeptReport {
  return {
    ...rest,
    ...more,
    rows: rows.map((row) => ({
      line: row.line,
      lastLine: row.lastLine,
      verdict: row.verdict,
      name: row.verdict === 'refused' ? null : row.record.name.text,
      findings: row.findings,
    })),
  };
}
