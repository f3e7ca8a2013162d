/**
 * SQL: what other agreements claim to supersede of the `chosen` ones on the day, as rows like the
 * others; whether the claiming agreement is disclosed is read at the head.
 * @param agreement the ledger's rows, quoted
 * @param n, day the parameters that hold the register number and the day, `$3`
 */
export function claimsOn(agreement: string, n: string, day: string): string {
  return `
      select 'agreement', s.stream, s.part, s.contents, s.pending, true,
          exists (select from ${agreement} d where d.stream = s.stream and d.part = 'disclosure'
            and upper_inf(d.known) and d.contents @> '[{"content":{"disclosed":true}}]')
        from chosen join ${agreement} s on s.part = 'supersedes:' || chosen.stream
        where (s.known @> ${n}::int8) is true and (s.days @> ${day}::date) is true`;
}
