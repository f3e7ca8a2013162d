import { sightParameters, visibleTo } from '../visible.statement.js';
import type { Reader } from '../reader.js';

/** Which agreements a figure or an export is about: in which field, and who stands in them. */
export interface Chosen {
  readonly field: string | undefined;
  /** A party with its wards and organs; undefined for everybody. */
  readonly whose: readonly string[] | undefined;
  readonly reader: Reader;
}

/**
 * SQL: the agreements `chosen`, as known at `$1`, that the reader may see. Its parameters are those of
 * `chosenParameters`, `$1` to `$5`.
 * @param register, graph the ledgers' rows, quoted
 */
export function chosenAgreements(register: string, graph: string): string {
  return `
    chosen as materialized (
      select k.stream, lower(k.known)::float8 as n from ${register} k
      where k.part = 'keeper' and (k.known @> $1::int8) is true
        and ($2::text is null or exists (select from ${graph} f
          where f.part = 'field:' || $2 and f.stream = k.stream and (f.known @> $1::int8) is true))
        and ($3::text[] is null or exists (select from ${register} p
          where p.part = any($3::text[]) and p.stream = k.stream and (p.known @> $1::int8) is true))
        and ${visibleTo(register, 'k.stream', '$1', ['$4', '$5'])}
    )`;
}

export function chosenParameters({ field, whose, reader }: Chosen, n: number): readonly unknown[] {
  const parts = whose?.map((it) => `party:${it}`) ?? null;
  return [n, field ?? null, parts, ...sightParameters(reader)];
}
