import { escapeIdentifier, type Pool } from 'pg';

import type { StreamKind } from '../../src/entries/domain/act-type.js';
import type { LedgerState } from '../ledger-states.js';
import { spanOf } from '../obligations/party-rows.statement.js';
import type { ChangeLog } from './change-log.js';
import { type KnownRow, RowTable } from './row-table.js';

/** Which rows of a ledger are kept: of which streams, and an SQL condition on the row `r`. */
export interface Which {
  /** A short one; statements are told apart by it. */
  readonly name: string;
  readonly streams: StreamKind;
  readonly rows: string;
}

/**
 * Rows of a ledger that nearly every question needs, all of them in memory, and read again stream by
 * stream as the streams change.
 */
export class KeptRows {
  private table = new RowTable();
  private edition = '';
  private reading: Promise<void> = Promise.resolve();

  constructor(
    private readonly pool: Pool,
    private readonly log: ChangeLog,
    private readonly which: Which,
  ) {}

  /**
   * A table to which nothing is missing up to and with n.
   * @throws RangeError where one of the two ledgers has not come to n
   */
  async upTo(n: number, register: LedgerState, ledger: LedgerState): Promise<RowTable> {
    if (n > Math.min(register.n, ledger.n)) {
      throw new RangeError(`${n} is beyond ${register.n} or ${ledger.n}`);
    }
    while (ledger.edition !== this.edition || n > this.table.n) {
      this.reading = this.reading.catch(() => undefined).then(() => this.read(n, register, ledger));
      await this.reading;
    }
    return this.table;
  }

  private async read(n: number, register: LedgerState, ledger: LedgerState): Promise<void> {
    const { edition } = ledger;
    if (edition === this.edition && n <= this.table.n) return;
    const upTo = Math.min(register.n, ledger.n);
    const known = edition === this.edition ? this.table.n : undefined;
    const changed = known === undefined ? undefined : await this.log.between(register, known, upTo);
    if (changed === undefined) {
      await this.log.follow(register);
      const table = new RowTable();
      table.take(await this.rows(ledger), upTo);
      this.table = table;
      this.edition = edition;
      return;
    }
    const ids = changed.filter(({ kind }) => kind === this.which.streams).map(({ id }) => id);
    this.table.take(ids.length === 0 ? [] : await this.rows(ledger, ids), upTo);
  }

  /** Rows of all n: what opened or closed after the table's own n as well, as far as it is there. */
  private async rows(
    { schema }: LedgerState,
    streams?: readonly string[],
  ): Promise<readonly KnownRow[]> {
    const { rows } = await this.pool.query<KnownRow>({
      name: `${streams === undefined ? 'all' : 'changed'} ${this.which.name} ${schema}`,
      text: `
        select r.stream, r.part, r.contents, r.pending, true as holds, ${spanOf('r')},
          lower(r.known)::float8 as since, coalesce(upper(r.known)::float8, 'Infinity') as until
        from ${escapeIdentifier(schema)}.part_row r
        where (${this.which.rows}) ${streams === undefined ? '' : 'and r.stream = any($1::uuid[])'}`,
      values: streams === undefined ? [] : [streams],
    });
    return rows;
  }
}
