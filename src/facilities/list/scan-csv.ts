const QUOTE = 0x22;
const COMMA = 0x2c;
const LF = 0x0a;
const CR = 0x0d;

/** Where a cell stands: its bytes `[from, to)`, quotes included, and the line on which it begins. */
export interface CellPlace {
  readonly line: number;
  readonly from: number;
  readonly to: number;
  /** A quote within an unquoted cell, text behind a closing quote, or a quote that nothing closes. */
  readonly misquoted: boolean;
}

export interface RowPlace {
  /** Lines of the file that the row stands on, from 1. */
  readonly line: number;
  readonly lastLine: number;
  /** At most `MOST_CELLS` of them. */
  readonly cells: readonly CellPlace[];
  readonly cellCount: number;
}

/** No form has a tenth as many columns. */
const MOST_CELLS = 1000;

/**
 * The rows of RFC 4180, found in the bytes: neither UTF-8 nor CP932 uses the bytes of comma, quote
 * and line end within another character, so that every cell keeps its place in the file and a byte
 * that is no character spoils its own row only. A quote that nothing closes ends with its line.
 */
export function* scanCsv(bytes: Uint8Array, start: number): Generator<RowPlace, void> {
  let at = start;
  let line = 1;
  while (at < bytes.length) {
    const cells: CellPlace[] = [];
    const first = line;
    let cellCount = 0;
    for (;;) {
      const cell = { line, from: at, ...cellEnd(bytes, at) };
      cellCount += 1;
      if (cellCount <= MOST_CELLS) cells.push(cell);
      line += lineEnds(bytes, cell.from, cell.to);
      at = cell.to + 1;
      if (bytes[cell.to] !== COMMA) break;
    }
    yield { line: first, lastLine: line, cells, cellCount };
    if (bytes[at - 1] === CR && bytes[at] === LF) at += 1;
    line += 1;
  }
}

function cellEnd(bytes: Uint8Array, from: number): Pick<CellPlace, 'to' | 'misquoted'> {
  if (bytes[from] !== QUOTE) {
    const to = delimiter(bytes, from);
    return { to, misquoted: bytes.subarray(from, to).includes(QUOTE) };
  }
  let close = bytes.indexOf(QUOTE, from + 1);
  while (close >= 0 && bytes[close + 1] === QUOTE) close = bytes.indexOf(QUOTE, close + 2);
  if (close < 0) return { to: lineEnd(bytes, from), misquoted: true };
  const to = delimiter(bytes, close + 1);
  return { to, misquoted: to !== close + 1 };
}

function delimiter(bytes: Uint8Array, from: number): number {
  let at = from;
  while (at < bytes.length && bytes[at] !== COMMA && !isLineEnd(bytes[at])) at += 1;
  return at;
}

function lineEnd(bytes: Uint8Array, from: number): number {
  let at = from;
  while (at < bytes.length && !isLineEnd(bytes[at])) at += 1;
  return at;
}

function isLineEnd(byte: number | undefined): boolean {
  return byte === LF || byte === CR;
}

/** CRLF, LF and CR alone each end a line. */
function lineEnds(bytes: Uint8Array, from: number, to: number): number {
  let count = 0;
  for (let at = from; at < to; at += 1) {
    if (bytes[at] === LF || (bytes[at] === CR && bytes[at + 1] !== LF)) count += 1;
  }
  return count;
}

/** What a cell's bytes say once decoded: without its quotes, doubled ones made single. */
export function unquoted(text: string): string {
  return text.startsWith('"') && text.endsWith('"') && text.length > 1
    ? text.slice(1, -1).replaceAll('""', '"')
    : text;
}
