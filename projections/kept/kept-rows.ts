import { escapeIdentifier, type Pool } from 'pg';

import type { LedgerState } from '../ledger-states.js';
import { spanOf } from '../obligations/party-rows.statement.js';
import { type KnownRow, RowTable } from './row-table.js';

/**
 * Rows of a ledger that nearly every question needs, kept in memory and brought up to date by what
 * opened or closed since. Rows at or below a ledger's n never change, so what is kept is never wrong,
 * only short.
 */
export class KeptRows {
  private table = new RowTable();
  private version = -1;
  private reading: Promise<void> = Promise.resolve();

  /** @param which an SQL condition on the row `r`; the rest of the ledger is not kept */
  constructor(
    private readonly pool: Pool,
    private readonly which: string,
  ) {}

  /** A table that has at least everything up to and with the ledger's n. */
  async upTo(state: LedgerState): Promise<RowTable> {
    while (state.version !== this.version || state.n > this.table.n) {
      this.reading = this.reading.catch(() => undefined).then(() => this.read(state));
      await this.reading;
    }
    return this.table;
  }

  private async read(state: LedgerState): Promise<void> {
    if (state.version !== this.version) {
      this.version = state.version;
      this.table = new RowTable();
    }
    const { table } = this;
    if (table.n >= state.n) return;
    const { head, rows } = await this.changedSince(state, table.n);
    table.take(rows, head);
  }

  /** With the n that the ledger stood at when they were read: in one statement. */
  private async changedSince(
    { ledger, version, schema }: LedgerState,
    n: number,
  ): Promise<{ readonly head: number; readonly rows: readonly KnownRow[] }> {
    const { rows } = await this.pool.query<KnownRow & { head: number; stream: string | null }>({
      name: `kept ${schema}`,
      text: `
        select c.n::float8 as head, r.* from projection.checkpoint c left join (
          select r.stream, r.part, r.contents, r.pending, true as holds, ${spanOf('r')},
            lower(r.known)::float8 as since, coalesce(upper(r.known)::float8, 'Infinity') as until
          from ${escapeIdentifier(schema)}.part_row r
          where (${this.which}) and (lower(r.known) > $3 or upper(r.known) > $3)) as r on true
        where c.ledger = $1 and c.version = $2`,
      values: [ledger, version, n],
    });
    const head = rows[0]?.head;
    if (head === undefined) throw new Error(`${ledger}: version ${version} is gone`);
    return { head, rows: rows.filter((it) => it.stream !== null) };
  }
}
