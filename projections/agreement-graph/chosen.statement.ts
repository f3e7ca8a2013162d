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
 * `chosenParameters`, `$1` to `$5`. Where the parties are withheld from him, it is found by no party but
 * his own bodies.
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
          where p.part = any($3::text[]) and p.stream = k.stream and (p.known @> $1::int8) is true
            and (p.part = any($5::text[]) or k.contents->0->'content'->>'keeper' = any($4::text[])
              or not exists (select from ${register} w where w.part = 'disclosure' and w.stream = k.stream
                and upper_inf(w.known) and w.contents @> '[{"content":{"withheld":["parties"]}}]'))))
        and ${visibleTo(register, 'k.stream', '$1', ['$4', '$5'])}
    )`;
}

export function chosenParameters({ field, whose, reader }: Chosen, n: number): readonly unknown[] {
  const parts = whose?.map((it) => `party:${it}`) ?? null;
  return [n, field ?? null, parts, ...sightParameters(reader)];
}
