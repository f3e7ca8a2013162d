import type { SpanRow } from '../obligations/span.js';

/** Bodies that state on the day that their list of the field is whole: of them nothing recorded is a no. */
export function covering(rows: readonly SpanRow[], field: string, day: number): readonly string[] {
  return rows
    .filter(
      ({ part, from, to, contents }) =>
        part === `coverage:${field}` &&
        from <= day &&
        day < to &&
        contents.some(({ content }) => (content as { readonly by?: unknown[] }).by?.length !== 0),
    )
    .map((it) => it.stream);
}
