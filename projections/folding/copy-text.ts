import type { StreamChanges } from '../changes.js';
import type { Ledger } from '../ledger.js';
import type { GrowingText } from './growing-text.js';

/** The columns of `addCopyText`, in its order. */
export function copiedColumns(ledger: Pick<Ledger, 'searchKey'>): string {
  return `stream, part, days, contents, pending, known${ledger.searchKey ? ', grams' : ''}`;
}

/** Adds rows as PostgreSQL's COPY reads them, a line for each; every line ends. */
export function addCopyText(
  text: GrowingText,
  ledger: Pick<Ledger, 'searchKey'>,
  { opened }: Pick<StreamChanges, 'opened'>,
): void {
  for (const { stream, row, from, to } of opened) {
    const { part, days, contents, pending, grams } = row;
    const waits = pending.length === 0 ? '{}' : escaped(arrayLiteral(pending));
    text.add(
      `${stream}\t${escaped(part)}\t${days}\t${escaped(contents)}\t${waits}\t[${from},${to ?? ''})`,
    );
    if (ledger.searchKey) {
      text.add(`\t${grams === undefined ? String.raw`\N` : escaped(arrayLiteral(grams))}`);
    }
    text.add('\n');
  }
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
