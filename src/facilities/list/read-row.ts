import { bodyOf, bodyText, isOf, nameOf, type Owner } from './body.js';
import type { Cell } from './cell.js';
import { checkCells, isTooLong } from './cell-checks.js';
import type { Field } from './columns.js';
import type { PoiKinds } from './count-kinds.js';
import { crossCheck } from './cross-checks.js';
import { decode, type Encoding, offsetOfFault } from './encoding.js';
import { type Finding, finding, findingAt } from './finding.js';
import type { Header } from './header.js';
import { checkLocation } from './location.js';
import type { Cells } from './record.js';
import { isBlank, notAFacility, wrongCount } from './row-shape.js';
import { type CellPlace, type RowPlace, unquoted } from './scan-csv.js';

/** The list that a row is of. */
export interface ListRead {
  readonly bytes: Uint8Array;
  readonly encoding: Encoding;
  readonly header: Header;
  readonly owner: Owner;
  readonly poi: PoiKinds;
}

export interface RowRead {
  readonly line: number;
  readonly lastLine: number;
  /** Empty where the row is no facility's or its cells cannot be told apart. */
  readonly cells: Cells;
  readonly findings: readonly Finding[];
}

/** One row by itself; what is found between rows comes later. */
export function readRow(place: RowPlace, list: ListRead): RowRead {
  const { line, lastLine } = place;
  const all = place.cells.map((it, i) => cellAt(it, list.header.columns[i]?.name ?? '', list));
  const unlike = notAFacility(all, list.header);
  if (unlike !== undefined) return { line, lastLine, cells: {}, findings: [unlike] };
  const damage = [
    ...wrongCount(place.cellCount, all, list.header),
    ...place.cells.flatMap((it, i) => damageOf(it, all[i], list.header.columns[i]?.field, list)),
  ];
  if (damage.length > 0) return { line, lastLine, cells: {}, findings: damage };

  const cells = cellsByField(all, list.header);
  const columnOf = (field: Field) =>
    list.header.columns.find((it) => it.field === field)?.name ?? '';
  const findings = [
    ...checkCells(cells, list.poi),
    ...crossCheck(cells, columnOf),
    ...checkLocation(cells),
    ...checkOwner(cells, list.owner),
  ];
  return { line, lastLine, cells, findings };
}

function cellAt({ line, from, to }: CellPlace, column: string, list: ListRead): Cell {
  const text = unquoted(decode(list.bytes.subarray(from, to), list.encoding));
  return { text, line, column, from, to };
}

function cellsByField(all: readonly Cell[], { columns }: Header): Cells {
  return Object.fromEntries(
    all.flatMap((cell, i) => {
      const field = columns[i]?.field;
      return field === undefined || isBlank(cell) ? [] : [[field, cell]];
    }),
  );
}

/** What makes a cell's text something else than its author wrote, or longer than is read. */
function damageOf(
  { from, to, misquoted }: CellPlace,
  cell: Cell | undefined,
  field: Field | undefined,
  { bytes, encoding }: ListRead,
): readonly Finding[] {
  if (cell === undefined) return [];
  if (misquoted) return [findingAt('cell/quotation', cell)];
  if (cell.text.includes('\u{fffd}')) {
    const byte = from + (offsetOfFault(bytes.subarray(from, to), encoding) ?? 0);
    return [findingAt('cell/no-character', cell, { byte })];
  }
  if (/[^\P{Cc}\t\r\n]/u.test(cell.text)) return [findingAt('cell/control-character', cell)];
  if (/\p{Co}/u.test(cell.text)) return [findingAt('cell/private-character', cell)];
  return isTooLong(cell.text, field) ? [findingAt('cell/too-long', cell)] : [];
}

function checkOwner(cells: Cells, owner: Owner): readonly Finding[] {
  const body = bodyOf(cells);
  const own = isOf(owner, body);
  if (own === true) return [];
  const expected = nameOf(owner);
  if (own === false) return [finding('row/other-body', bodyText(body), { expected })];
  return 'name' in owner ? [finding('row/body-unsaid', bodyText(body), { expected })] : [];
}
