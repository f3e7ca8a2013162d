import type { Pool, PoolClient } from 'pg';

import { refuse } from '../entries/domain/refusal.js';
import { inTransaction } from '../event-sourcing/postgres-transaction.js';
import { copyTable, digestTable, sameText, type TableDigest } from './copy-table.js';
import {
  accountTable,
  endSessions,
  movedTables,
  provenTables,
  vaultTable,
} from './moved-tables.js';

export interface OfficeProof {
  readonly vault: TableDigest;
  readonly accounts: TableDigest;
  readonly tokens: TableDigest;
}

/**
 * Copies vault, accounts, API tokens and the access log of one database to another. What is there and
 * the same stays as it is, so that running it again is safe.
 */
export async function copyOffice(source: Pool, target: Pool): Promise<void> {
  await withBoth(source, target, async (here, there) => {
    await inTransaction(there, () => copyTables(here, there));
  });
}

/**
 * Copies what changed meanwhile and compares vault, accounts and tokens whole, while nobody can change
 * them at the source; `andThen` runs before that ends, and only if they are the same.
 * @throws Refusal `move/office-differs`
 */
export async function proveOffice(
  source: Pool,
  target: Pool,
  andThen: () => Promise<void>,
): Promise<OfficeProof> {
  return withBoth(source, target, (here, there) =>
    inTransaction(here, async () => {
      const proven = provenTables.map((it) => it.name).join(', ');
      await here.query(`set local lock_timeout = '10s'; lock table ${proven} in share mode`);
      await inTransaction(there, () => copyTables(here, there));
      const proofs: TableDigest[] = [];
      for (const table of provenTables) {
        const [one, other] = await Promise.all([here, there].map((it) => digestTable(it, table)));
        if (one === undefined || one.digest !== other?.digest) differs(table.name);
        proofs.push(one);
      }
      const [vault, accounts, tokens] = proofs as [TableDigest, TableDigest, TableDigest];
      await andThen();
      return { vault, accounts, tokens };
    }),
  );
}

async function copyTables(here: PoolClient, there: PoolClient): Promise<void> {
  for (const table of movedTables) await copyTable(here, there, table);
  await there.query(endSessions);
}

/**
 * Refuses a target whose office holds what the source's does not: the rows would become another
 * register's. `strangeVault` says whether sealed values that only the target has are strange as well.
 * @throws Refusal `move/other-accounts`, `move/other-values`
 */
export async function refuseOtherOffice(
  source: Pool,
  target: Pool,
  strangeVault: boolean,
): Promise<void> {
  const accounts = await rowsOf<{ id: string; login: string }>(target, accountTable.name);
  const known = new Map(
    (await rowsOf<{ id: string; login: string }>(source, accountTable.name)).map((it) => [
      it.id,
      it.login,
    ]),
  );
  const other = accounts.find(({ id, login }) => known.get(id) !== login);
  if (other !== undefined) {
    refuse(
      'conflict',
      'move/other-accounts',
      `移転先に、移転元にないアカウント「${other.login}」があります。別の登録簿が使っているデータベースではないか確かめてください。`,
    );
  }
  if (strangeVault && (await countOf(target, vaultTable.name)) > 0) {
    refuse(
      'conflict',
      'move/other-values',
      '移転先に、この登録簿のものでない非公開の値があります。別の登録簿が使っているデータベースではないか確かめてください。',
    );
  }
}

async function rowsOf<T extends object>(pool: Pool, table: string): Promise<readonly T[]> {
  if (!(await isThere(pool, table))) return [];
  const { rows } = await pool.query<T>(`select * from ${table}`);
  return rows;
}

async function countOf(pool: Pool, table: string): Promise<number> {
  if (!(await isThere(pool, table))) return 0;
  const { rows } = await pool.query<{ n: number }>(`select count(*)::int as n from ${table}`);
  return rows[0]?.n ?? 0;
}

async function isThere(pool: Pool, table: string): Promise<boolean> {
  const { rows } = await pool.query<{ there: boolean }>(
    'select to_regclass($1) is not null as there',
    [table],
  );
  return rows[0]?.there === true;
}

async function withBoth<T>(
  source: Pool,
  target: Pool,
  work: (here: PoolClient, there: PoolClient) => Promise<T>,
): Promise<T> {
  const here = await source.connect();
  const there = await target.connect().catch((fault: unknown) => {
    here.release();
    throw fault;
  });
  let broken: Error | undefined;
  try {
    await here.query(sameText);
    await there.query(sameText);
    return await work(here, there);
  } catch (fault) {
    broken = fault instanceof Error ? fault : new Error(String(fault));
    throw fault;
  } finally {
    // After a fault a COPY may still be under way on them.
    here.release(broken);
    there.release(broken);
  }
}

function differs(table: string): never {
  return refuse(
    'conflict',
    'move/office-differs',
    `${table} の写しが移転元と一致しません。移転先のデータベースをほかのプログラムが使っていないか確かめてください。`,
  );
}
