import type { Pool, QueryConfig, QueryResultRow } from 'pg';

import { refuse } from '../../src/entries/domain/refusal.js';

/** Milliseconds that one read of the graph may take: anybody may ask it, of the whole register. */
const LONGEST = 10_000;

/** PostgreSQL's query_canceled, which a statement timeout raises. */
const CANCELED = '57014';

/**
 * Rows of one reading statement, given up where it takes too long.
 * @throws Refusal graph/too-large
 */
export async function timedRead<R extends QueryResultRow>(
  pool: Pool,
  query: QueryConfig,
  millis: number = LONGEST,
): Promise<readonly R[]> {
  const client = await pool.connect();
  let broken: Error | undefined;
  try {
    // Compiling statements this long costs more than it gains; sorting on disk too.
    await client.query(
      `begin read only; set local statement_timeout = ${millis}; set local jit = off; set local work_mem = '32MB'`,
    );
    const { rows } = await client.query<R>(query);
    await client.query('commit');
    return rows;
  } catch (error) {
    await client.query('rollback').catch((fault: unknown) => {
      broken = fault instanceof Error ? fault : new Error(String(fault));
    });
    if ((error as { code?: unknown }).code === CANCELED) return refuseTooLong(millis);
    throw error;
  } finally {
    client.release(broken);
  }
}

function refuseTooLong(millis: number): never {
  const expected = '対象が少なくなる of(団体)、field(分野)または年の範囲';
  return refuse(
    'malformed',
    'graph/too-large',
    `対象が多く、${millis / 1000}秒以内に読み切れませんでした。of か field で絞ってください。`,
    { field: 'of', code: 'graph/too-large', read: `${millis / 1000}秒を超過`, expected },
  );
}
