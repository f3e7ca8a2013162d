/**
 * SQL: what other agreements claim to supersede of the `chosen` ones on the day, as rows like the
 * others; whether the claiming agreement is disclosed is read at the head. `offset 0` has each claim
 * looked up by its key: PostgreSQL takes any expression for a part to find thousands, and would read the
 * rows of every agreement instead.
 * @param agreement the ledger's rows, quoted
 * @param n, day the parameters that hold the register number and the day, `$3`
 */
export function claimsOn(agreement: string, n: string, day: string): string {
  return `
      select 'agreement', s.stream, s.part, s.contents, s.pending, true,
          exists (select from ${agreement} d where d.stream = s.stream and d.part = 'disclosure'
            and upper_inf(d.known) and d.contents @> '[{"content":{"disclosed":true}}]')
        from chosen cross join lateral (
          select * from ${agreement} p
          where p.part = 'supersedes:' || chosen.stream
            and (p.known @> ${n}::int8) is true and (p.days @> ${day}::date) is true
          offset 0) as s`;
}
