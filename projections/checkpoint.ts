import type { ClientBase, Pool } from 'pg';

import type { Head } from '../src/event-sourcing/event-store.js';

type Connection = ClientBase | Pool;

/** Where one version of a ledger stands. */
export interface LedgerPoint {
  readonly ledger: string;
  readonly version: number;
  /** The version of the fold that made its rows. */
  readonly fold: number;
  /** -1 before the first event. */
  readonly n: number;
  readonly position: string | null;
  /** Raised by every new leader; who holds an older one may write no more. */
  readonly fence: number;
}

const columns = 'ledger, version, fold::int, n::float8 as n, position, fence::int';

/** The version that answers; undefined while none was ever built. */
export async function currentPoint(
  connection: Connection,
  ledger: string,
): Promise<LedgerPoint | undefined> {
  const { rows } = await connection.query<LedgerPoint>(
    `select ${columns} from projection.checkpoint where ledger = $1 and serves`,
    [ledger],
  );
  return rows[0];
}

export async function pointOf(
  connection: Connection,
  ledger: string,
  version: number,
): Promise<LedgerPoint | undefined> {
  const { rows } = await connection.query<LedgerPoint>(
    `select ${columns} from projection.checkpoint where ledger = $1 and version = $2`,
    [ledger, version],
  );
  return rows[0];
}

export async function addPoint(
  connection: Connection,
  { ledger, version, fold }: Pick<LedgerPoint, 'ledger' | 'version' | 'fold'>,
  serves: boolean,
): Promise<void> {
  await connection.query(
    `insert into projection.checkpoint (ledger, version, fold, serves) values ($1, $2, $3, $4)`,
    [ledger, version, fold, serves],
  );
}

/** A new leader's fencing token: the old one's next commit fails. */
export async function raiseFence(
  connection: Connection,
  { ledger, version }: Pick<LedgerPoint, 'ledger' | 'version'>,
): Promise<LedgerPoint> {
  const { rows } = await connection.query<LedgerPoint>(
    `update projection.checkpoint set fence = fence + 1, state = 'running', reason = null
      where ledger = $1 and version = $2 returning ${columns}`,
    [ledger, version],
  );
  const [point] = rows;
  if (point === undefined) throw new Error(`${ledger} has no version ${version}`);
  return point;
}

/** Another leader took over, or a replay moved in between. */
export class Deposed extends Error {
  override readonly name = 'Deposed';
}

/** Compare and set, in the transaction of the rows. @throws Deposed */
export async function advance(
  connection: Connection,
  point: LedgerPoint,
  { n, position, at }: Head,
): Promise<LedgerPoint> {
  const { rowCount } = await connection.query({
    name: 'advance',
    text: `update projection.checkpoint set n = $4, position = $5, at = $7, moved = now()
      where ledger = $1 and version = $2 and n = $3 and fence = $6`,
    values: [point.ledger, point.version, point.n, n, position, point.fence, at],
  });
  if (rowCount !== 1) throw new Deposed(`${point.ledger}: another process leads`);
  return { ...point, n, position };
}

/** Stops the ledger visibly: it answers as of where it stands until a person has looked. */
export async function halt(
  connection: Connection,
  { ledger, version, fence }: LedgerPoint,
  reason: string,
): Promise<void> {
  await connection.query(
    `update projection.checkpoint set state = 'halted', reason = $4
      where ledger = $1 and version = $2 and fence = $3`,
    [ledger, version, fence, reason],
  );
}
