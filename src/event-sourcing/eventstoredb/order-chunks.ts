import { escapeIdentifier, type Pool } from 'pg';
import { told } from '../postgres-faults.js';
import type { RegisterOrder } from './register-order.js';

const eventsOfChunk = 1_024;

/**
 * The register's order as it was seen before, kept in PostgreSQL so that a start need not read the
 * whole log, and knows a server that was restored to an older state. It is derived: what is missing is
 * read from the log again, and the last of it is compared with the log at every start. The last chunk
 * is saved while it grows.
 */
export class OrderChunks {
  private saving: Promise<void> = Promise.resolve();
  /** The first number that is in no whole chunk. */
  private next = 0;
  private saved = 0;
  private readonly table: string;

  constructor(
    private readonly pool: Pool,
    schema: string,
    private readonly report: (line: string) => void,
  ) {
    this.table = `${escapeIdentifier(schema)}.order_chunk`;
  }

  /** Chunks from the first on, up to one that is missing. */
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
        this.next = order.size - (order.size % eventsOfChunk);
        this.saved = order.size;
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
      this.saveLater(order, this.next + eventsOfChunk);
      this.next += eventsOfChunk;
    }
  }

  /** Saves the chunk that grows, too. */
  keepAll(order: RegisterOrder): void {
    this.keep(order);
    if (this.saved < order.size) this.saveLater(order, order.size);
  }

  async settled(): Promise<void> {
    await this.saving;
  }

  private saveLater(order: RegisterOrder, to: number): void {
    const first = this.next;
    const entries = order.saved(first, to);
    this.saved = to;
    this.saving = this.saving.then(() => this.save(first, entries));
  }

  private async save(first: number, entries: Buffer): Promise<void> {
    try {
      await this.pool.query(
        `insert into ${this.table} as kept (first_n, entries) values ($1, $2)
          on conflict (first_n) do update set entries = excluded.entries
          where length(kept.entries) < length(excluded.entries)`,
        [first, entries],
      );
    } catch (fault) {
      // A later start reads this part from the log.
      this.report(`並びの控えを保存できません(登録番号 ${first} から、${told(fault)})。`);
    }
  }
}
