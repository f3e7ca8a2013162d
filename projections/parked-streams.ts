import type { ClientBase, Pool } from 'pg';

import type { LedgerPoint } from './checkpoint.js';

/** A stream whose events from n on wait: the fold or the table refuses one of them. */
export interface ParkedStream {
  /** The stream's name, and the id of what it is about. */
  readonly stream: string;
  readonly id: string;
  readonly n: number;
  readonly error: string;
}

type Connection = ClientBase | Pool;

export async function park(
  connection: Connection,
  { ledger, version }: LedgerPoint,
  { stream, id, n, error }: ParkedStream,
): Promise<void> {
  await connection.query(
    `insert into projection.parked_stream (ledger, version, stream, id, n, error)
      values ($1, $2, $3, $4, $5, $6)`,
    [ledger, version, stream, id, n, error],
  );
}

export async function unpark(
  connection: Connection,
  { ledger, version }: LedgerPoint,
  stream: string,
): Promise<void> {
  await connection.query(
    'delete from projection.parked_stream where ledger = $1 and version = $2 and stream = $3',
    [ledger, version, stream],
  );
}

export async function parkedIn(
  connection: Connection,
  { ledger, version }: Pick<LedgerPoint, 'ledger' | 'version'>,
): Promise<readonly ParkedStream[]> {
  const { rows } = await connection.query<ParkedStream>(
    `select stream, id, n::float8 as n, error from projection.parked_stream
      where ledger = $1 and version = $2 order by n`,
    [ledger, version],
  );
  return rows;
}
