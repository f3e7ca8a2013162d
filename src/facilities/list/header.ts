import { type Field, type Form, forms } from './columns.js';
import { type Finding, finding } from './finding.js';

export interface Header {
  readonly form: Form;
  /** The columns in the list's own order; without a field where the form has no such column. */
  readonly columns: readonly { readonly name: string; readonly field?: Field }[];
  /** Columns of the list that the form does not have. */
  readonly unknown: readonly string[];
  /** Columns of the form that the list does not have. */
  readonly absent: readonly string[];
}

/** Which form the names are of, whatever their order; findings where a list cannot be read by them. */
export function readHeader(names: readonly string[]): Header | readonly Finding[] {
  const form = formOf(names);
  if (form === undefined) return [finding('list/header-unknown', names.join(','))];

  const { required } = forms[form];
  const fields = new Map([...forms[form].fields].map(([name, field]) => [key(name), field]));
  const columns = names.map((name) => {
    const field = fields.get(key(name));
    return field === undefined ? { name } : { name, field };
  });
  const keys = names.map(key);
  const absent = [...forms[form].fields.keys()].filter((it) => !keys.includes(key(it)));
  const repeated = keys.filter((it, i) => fields.has(it) && keys.indexOf(it) !== i);
  const findings = [
    ...required
      .filter((it) => absent.includes(it))
      .map((column) => finding('list/column-missing', '', { column, expected: column })),
    ...[...new Set(repeated)].map((it) => finding('list/column-repeated', it, { column: it })),
  ];
  if (findings.length > 0) return findings;
  const unknown = columns.filter((it) => it.field === undefined).map((it) => it.name);
  return { form, columns, unknown, absent };
}

/** How many of the names are columns of a form that the other form does not have. */
export function likeness(names: readonly string[]): number {
  return Math.max(own(names, 'older'), own(names, 'current'));
}

function formOf(names: readonly string[]): Form | undefined {
  const [older, current] = [own(names, 'older'), own(names, 'current')];
  if (older === current) return undefined;
  return older > current ? 'older' : 'current';
}

function own(names: readonly string[], form: Form): number {
  const other = forms[form === 'older' ? 'current' : 'older'].fields;
  const keys = new Set(names.map(key));
  return [...forms[form].fields.keys()].filter((it) => !other.has(it) && keys.has(key(it))).length;
}

/** Column names are matched whatever their width, spaces and the brackets that some lists put around them. */
function key(name: string): string {
  return name.normalize('NFKC').replace(/[\s「」]/gu, '');
}
