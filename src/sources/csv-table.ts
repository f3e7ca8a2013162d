import { scanCsv, unquoted } from '../facilities/list/scan-csv.js';

/** One row of a table with a header, by the names of its columns, and the line as it stands. */
export interface TableRow {
  readonly line: string;
  readonly cell: (column: string) => string;
}

/** The rows of a UTF-8 table behind its header. */
export function readTable(bytes: Uint8Array): readonly TableRow[] {
  const text = (from: number, to: number) => Buffer.from(bytes.subarray(from, to)).toString('utf8');
  const [header, ...rows] = Array.from(scanCsv(bytes, 0), ({ cells }) => ({
    cells: cells.map(({ from, to }) => unquoted(text(from, to))),
    line: text(cells[0]?.from ?? 0, cells.at(-1)?.to ?? 0),
  }));
  const columns = header?.cells ?? [];
  return rows.map(({ cells, line }) => ({
    line,
    cell: (column) => cells[columns.indexOf(column)] ?? '',
  }));
}
