/**
 * SQL: what a row says, as far as obligations rest on it. An outline lists its parties, hundreds of them
 * at times, on each of its runs of days; whom it binds is told by the bonds.
 */
export function contentsOf(row: string): string {
  return `case when ${row}.part = 'core'
        then ${row}.contents #- '{0,content,parts,outline,contents,0,content,parties}'
        else ${row}.contents end as contents`;
}
