import type { KeptReport, StoredList, StoredRow } from '../../facilities/import/stored-list.js';
import { type ListProgress, progressOf } from './list-progress.js';

/** A list with its report and what became of each row. */
export interface ListShown extends ListProgress {
  readonly report: Omit<KeptReport, 'rows'>;
  readonly details: readonly (KeptReport['rows'][number] & Omit<StoredRow, 'line' | 'account'>)[];
}

export function listShown(
  list: StoredList,
  { rows: judged, ...report }: KeptReport,
  rows: readonly StoredRow[],
): ListShown {
  const byLine = new Map(rows.map((it) => [it.line, it]));
  return {
    ...progressOf(list, rows),
    report,
    details: judged.flatMap((row) => {
      const found = byLine.get(row.line);
      if (found === undefined) return [];
      const { account: _, ...come } = found;
      return [{ ...row, ...come }];
    }),
  };
}
