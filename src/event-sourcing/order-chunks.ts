import { escapeIdentifier, type Pool } from 'pg';
import { told } from './postgres-faults.js';
import type { RegisterOrder } from './register-order.js';

const eventsOfChunk = 1_024;

/**
 * The register's order as it was seen before, kept in PostgreSQL so that a start need not read the
 * whole log. It is derived: what is missing is read from the log again, and the last of it is compared
 * with the log at every start.
 */
export class OrderChunks {
  private saving: Promise<void> = Promise.resolve();
  private next = 0;
  private readonly table: string;

  constructor(
    private readonly pool: Pool,
    schema: string,
    private readonly report: (line: string) => void,
  ) {
    this.table = `${escapeIdentifier(schema)}.order_chunk`;
  }

  /** Whole chunks from the first on, up to one that is missing. */
  async load(order: RegisterOrder): Promise<void> {
    const page = 64;
    for (;;) {
      const { rows } = await this.pool.query<{ first_n: number; entries: Buffer }>(
        `select first_n::float8 as first_n, entries from ${this.table}
          where first_n >= $1 order by first_n limit ${page}`,
        [order.size],
      );
      for (const { first_n: first, entries } of rows) {
        if (first !== order.size) return;
        order.load(entries);
        this.next = order.size;
      }
      if (rows.length < page) return;
    }
  }

  /** Another history is to be seen from here on. */
  async forget(): Promise<void> {
    await this.pool.query(`delete from ${this.table}`);
  }

  /** Saves the chunks that are complete by now, in the background; another process may be first. */
  keep(order: RegisterOrder): void {
    while (this.next + eventsOfChunk <= order.size) {
      const first = this.next;
      this.next += eventsOfChunk;
      const entries = order.saved(first, this.next);
      this.saving = this.saving.then(() => this.save(first, entries));
    }
  }

  async settled(): Promise<void> {
    await this.saving;
  }

  private async save(first: number, entries: Buffer): Promise<void> {
    try {
      await this.pool.query(
        `insert into ${this.table} (first_n, entries) values ($1, $2)
          on conflict do nothing`,
        [first, entries],
      );
    } catch (fault) {
      // A later start reads this part from the log.
      this.report(`並びの控えを保存できません(登録番号 ${first} から、${told(fault)})。`);
    }
  }
}
