import type { StreamChanges } from '../changes.js';
import type { Ledger } from '../ledger.js';

/** The columns of `copyText`, in its order. */
export function copiedColumns(ledger: Pick<Ledger, 'searchKey'>): string {
  return `stream, part, days, contents, pending, known${ledger.searchKey ? ', grams' : ''}`;
}

/** Rows as PostgreSQL's COPY reads them, a line for each; every line ends. */
export function copyText(
  ledger: Pick<Ledger, 'searchKey'>,
  { opened }: Pick<StreamChanges, 'opened'>,
): string {
  let text = '';
  for (const { stream, row, from, to } of opened) {
    text += `${stream}\t${escaped(row.part)}\t${row.days}\t${escaped(row.contents)}\t${escaped(arrayLiteral(row.pending))}\t[${from},${to ?? ''})`;
    if (ledger.searchKey) {
      text += `\t${row.grams === undefined ? String.raw`\N` : escaped(arrayLiteral(row.grams))}`;
    }
    text += '\n';
  }
  return text;
}

/** One line of any columns; null is no value. */
export function copyLine(fields: readonly (string | number | null)[]): string {
  const line = fields.map((it) => (it === null ? String.raw`\N` : escaped(String(it))));
  return `${line.join('\t')}\n`;
}

function escaped(field: string): string {
  return /[\\\t\n\r]/.test(field)
    ? field
        .replaceAll('\\', '\\\\')
        .replaceAll('\t', String.raw`\t`)
        .replaceAll('\n', String.raw`\n`)
        .replaceAll('\r', String.raw`\r`)
    : field;
}

function arrayLiteral(values: readonly string[]): string {
  const quoted = values.map((it) => `"${it.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`);
  return `{${quoted.join()}}`;
}
