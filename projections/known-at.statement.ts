import { escapeLiteral } from 'pg';

import type { LedgerState } from './ledger-states.js';

/**
 * SQL: rows of a ledger as known at n, found among those that are known still. Most questions are about
 * the present, and of what it reads a register has several times as many rows that it has closed: they
 * are looked through only where the ledger has gone beyond n, as the same snapshot says.
 * @param rows the ledger's rows, quoted
 * @param where a condition on `p`, by its stream and part
 * @param n the parameter that holds the register number
 */
export function knownAt(
  rows: string,
  { ledger, version }: Pick<LedgerState, 'ledger' | 'version'>,
  where: string,
  n: string,
): string {
  return `
    select p.* from ${rows} p where ${where} and upper_inf(p.known) and (p.known @> ${n}::int8) is true
    union all
    select p.* from ${rows} p
    where (select coalesce(max(c.n), ${n}::int8 + 1) > ${n}::int8 from projection.checkpoint c
        where c.ledger = ${escapeLiteral(ledger)} and c.version = ${version})
      and ${where} and not upper_inf(p.known) and (p.known @> ${n}::int8) is true`;
}
