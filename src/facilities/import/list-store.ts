import { Inject, Injectable } from '@nestjs/common';
import pLimit from 'p-limit';
import type { Pool } from 'pg';
import { v5 } from 'uuid';

import { inTransaction } from '../../event-sourcing/postgres-transaction.js';
import { POOL } from '../../postgres/pool.token.js';
import type { Judged, KeptReport, StoredList, StoredRow } from './stored-list.js';

const LISTS = 'b6b0f0d6-2c0b-5a62-9d7d-0f6a7c6f3f55';

/** The same file of the same owner and day is the same list; a further attempt at it is another. */
export function listId(
  it: Pick<StoredList, 'owner' | 'sha256' | 'listDay' | 'complete' | 'attempt'>,
): string {
  const said = [it.owner, it.sha256, it.listDay ?? '', String(it.complete), String(it.attempt)];
  return v5(said.join('\n'), LISTS);
}

const listColumns = `id, owner, file_name as "fileName", sha256, list_day as "listDay", written,
  complete, attempt, sent_by as "sentBy",
  to_char(sent_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "sentAt", judgement`;

const rowColumns =
  'line, state, act, facility, entry, account, digest, problem::json as problem, judged';

/** Lists in the office: what was sent, and how far each row has come. */
@Injectable()
export class ListStore {
  /** Each holds a connection while its work asks for more: all of them must not be held so. */
  private readonly few = pLimit(2);

  constructor(@Inject(POOL) private readonly pool: Pool) {}

  async get(id: string): Promise<StoredList | undefined> {
    const { rows } = await this.pool.query<StoredList>(
      `select ${listColumns} from office.facility_list where id = $1`,
      [id],
    );
    return rows[0];
  }

  /** The newest ones of these bodies first. */
  async of(owners: readonly string[], limit: number): Promise<readonly StoredList[]> {
    const { rows } = await this.pool.query<StoredList>(
      `select ${listColumns} from office.facility_list where owner = any($1::uuid[])
        order by sent_at desc, id limit $2`,
      [owners, limit],
    );
    return rows;
  }

  async bytesOf(id: string): Promise<Buffer> {
    const { rows } = await this.pool.query<{ bytes: Buffer }>(
      'select bytes from office.facility_list where id = $1',
      [id],
    );
    return rows[0]?.bytes ?? Buffer.alloc(0);
  }

  async reportOf(id: string): Promise<KeptReport> {
    const { rows } = await this.pool.query<{ report: string }>(
      'select report from office.facility_list where id = $1',
      [id],
    );
    return JSON.parse(rows[0]?.report ?? '{}') as KeptReport;
  }

  async rowsOf(id: string): Promise<readonly StoredRow[]> {
    const { rows } = await this.pool.query<StoredRow>(
      `select ${rowColumns} from office.facility_list_row where list = $1 order by line`,
      [id],
    );
    return rows;
  }

  /** Keeps a list and its rows, both or neither; one that is there stays as it is. */
  async add(
    list: StoredList,
    bytes: Buffer,
    report: KeptReport,
    rows: readonly Pick<StoredRow, 'line' | 'state' | 'act' | 'facility' | 'problem'>[],
  ): Promise<boolean> {
    const connection = await this.pool.connect();
    try {
      return await inTransaction(connection, async () => {
        const { rowCount } = await connection.query(
          `insert into office.facility_list (id, owner, file_name, sha256, bytes, list_day, written,
             complete, attempt, report, sent_by, sent_at)
           values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) on conflict do nothing`,
          [
            list.id,
            list.owner,
            list.fileName,
            list.sha256,
            bytes,
            list.listDay,
            list.written,
            list.complete,
            list.attempt,
            JSON.stringify(report),
            list.sentBy,
            list.sentAt,
          ],
        );
        if (rowCount === 0) return false;
        await connection.query(
          `insert into office.facility_list_row (list, line, state, act, facility, problem)
           select $1, * from unnest($2::int[], $3::text[], $4::text[], $5::uuid[], $6::text[])`,
          [
            list.id,
            rows.map((it) => it.line),
            rows.map((it) => it.state),
            rows.map((it) => it.act),
            rows.map((it) => it.facility),
            rows.map((it) => (it.problem === null ? null : JSON.stringify(it.problem))),
          ],
        );
        return true;
      });
    } finally {
      connection.release();
    }
  }

  async setRow(id: string, line: number, changed: Partial<Omit<StoredRow, 'line'>>): Promise<void> {
    const set = Object.keys(changed).map((name, i) => `${name} = $${i + 3}`);
    const values = Object.values(changed).map((value) =>
      typeof value === 'object' && value !== null ? JSON.stringify(value) : value,
    );
    await this.pool.query(
      `update office.facility_list_row set ${set.join(', ')} where list = $1 and line = $2`,
      [id, line, ...values],
    );
  }

  /** Lets rows of a list wait again, unless the whole is judged. */
  async planAgain(id: string, rows: readonly Pick<StoredRow, 'line'>[]): Promise<void> {
    await this.pool.query(
      `update office.facility_list_row set state = 'waiting', problem = null
        where list = $1 and line = any($2)
          and exists (select from office.facility_list where id = $1 and judgement is null)`,
      [id, rows.map((it) => it.line)],
    );
  }

  /** Whether the whole is judged so from now on; false where it has been judged otherwise. */
  async judge(id: string, judgement: Judged): Promise<boolean> {
    const { rowCount } = await this.pool.query(
      `update office.facility_list set judgement = $2
        where id = $1 and (judgement is null or judgement = $2)`,
      [id, judgement],
    );
    return rowCount === 1;
  }

  /**
   * Runs alone among all who work on lists of one owner, in whatever process; a process that ends lets
   * go. @returns undefined, and does nothing, while another is at work
   */
  alone<T>(owner: string, work: () => Promise<T>): Promise<{ readonly done: T } | undefined> {
    return this.few(() => this.locked(owner, work));
  }

  private async locked<T>(
    owner: string,
    work: () => Promise<T>,
  ): Promise<{ readonly done: T } | undefined> {
    const connection = await this.pool.connect();
    const key = `musubi facility lists ${owner}`;
    let broken: Error | undefined;
    try {
      const { rows } = await connection.query<{ held: boolean }>(
        'select pg_try_advisory_lock(hashtextextended($1, 0)) as held',
        [key],
      );
      if (rows[0]?.held !== true) return undefined;
      try {
        return { done: await work() };
      } finally {
        await connection
          .query('select pg_advisory_unlock(hashtextextended($1, 0))', [key])
          .catch((fault: unknown) => {
            // A connection that may still hold the lock must not go back to the others.
            broken = fault instanceof Error ? fault : new Error(String(fault));
          });
      }
    } finally {
      connection.release(broken);
    }
  }
}
