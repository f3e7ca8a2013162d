/** With a mark of its encoding, since spreadsheets take a file without one for Shift_JIS. */
const BOM = '\u{feff}';

export type Cell = string | number | null | undefined;

/** A table as RFC 4180 has it: CRLF, quotes where needed. No cell starts a formula. */
export function csv(header: readonly string[], rows: readonly (readonly Cell[])[]): string {
  return BOM + [header, ...rows].map((row) => `${row.map(cell).join(',')}\r\n`).join('');
}

function cell(value: Cell): string {
  if (value === null || value === undefined) return '';
  const text = typeof value === 'number' ? String(value) : inert(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Spreadsheets run what begins like this, full-width signs included (OWASP, CSV injection). */
function inert(text: string): string {
  return /^\s*[=+\-@＝＋－＠|%\t\r\n]/u.test(text) ? `'${text}` : text;
}
