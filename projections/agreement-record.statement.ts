/**
 * SQL: every row of the `chosen` agreements on the day but what they replace, with merged parts still
 * together: columns stream, part, contents, pending, holds. `core` of other days comes along for the
 * agreement's name (see `apartOnDay`); disclosure is read at the head.
 * @param graph, counter the ledgers' rows, quoted
 * @param n, day the parameters that hold the register number and the day, `$3`
 */
export function recordOn(
  { graph, counter }: Readonly<Record<'graph' | 'counter', string>>,
  { n, day }: Readonly<Record<'n' | 'day', string>>,
): string {
  return `
      select r.stream, r.part, r.contents, r.pending, (r.days @> ${day}::date) is true as holds
        from chosen join ${graph} r using (stream)
        where r.kind <> 'supersedes' and case
          when r.part = 'disclosure' then upper_inf(r.known)
          else (r.known @> ${n}::int8) is true and ((r.days @> ${day}::date) is true or r.part = 'core') end
      union all
      select u.stream, u.part, u.contents, u.pending, true
        from chosen join ${counter} u on u.stream = chosen.stream and u.part = 'use'
        where (u.known @> ${n}::int8) is true and (u.days @> ${day}::date) is true`;
}
