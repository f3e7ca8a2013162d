import { bodiesOf, type Reader } from './reader.js';

/**
 * SQL: whether the reader may see the agreement `stream`, by the register ledger's rows. Disclosure is
 * read at the head: who may see is decided when he asks.
 * @param register the ledger's rows, quoted
 * @param stream the expression that holds the agreement's id
 * @param n the parameter that holds the register number
 * @param bodies the parameter that holds `bodies` of `sightParameters`; the next one holds its `parts`
 */
export function visibleTo(
  register: string,
  stream: string,
  n: string,
  [bodies, parts]: readonly [bodies: string, parts: string],
): string {
  return `(exists (select from ${register} d where d.part = 'disclosure' and d.stream = ${stream}
      and upper_inf(d.known) and d.contents @> '[{"content":{"disclosed":true}}]')
    or (${bodies}::text[] <> '{}' and (
      exists (select from ${register} k where k.part = 'keeper' and k.stream = ${stream}
        and (k.known @> ${n}::int8) is true and k.contents->0->'content'->>'keeper' = any(${bodies}::text[]))
      or exists (select from ${register} p where p.stream = ${stream} and p.part = any(${parts}::text[])
        and (p.known @> ${n}::int8) is true))))`;
}

/** What `visibleTo` compares with: the reader's bodies, and the rows that name them as parties. */
export function sightParameters(reader: Reader): readonly [bodies: string[], parts: string[]] {
  const bodies = [...bodiesOf(reader)].sort();
  return [bodies, bodies.map((it) => `party:${it}`)];
}
