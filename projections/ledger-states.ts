import type { Pool } from 'pg';

import { schemaOf } from './ledger.js';
import type { ParkedStream } from './parked-streams.js';

/** Where the serving version of a ledger stands. */
export interface LedgerState {
  readonly ledger: string;
  readonly version: number;
  readonly fold: number;
  /** The schema of its tables. */
  readonly schema: string;
  readonly n: number;
  /** The time of n; null while the ledger is empty. */
  readonly at: string | null;
  readonly parked: readonly Pick<ParkedStream, 'id' | 'n'>[];
}

/** A ledger that no projector has begun yet. */
export class LedgerNotBuilt extends Error {
  override readonly name = 'LedgerNotBuilt';
  readonly code = 'projection/not-built';

  constructor(readonly ledger: string) {
    super(`台帳 ${ledger} はまだ作られていません。`);
  }
}

interface StateRow {
  readonly ledger: string;
  readonly version: number;
  readonly fold: number;
  readonly n: number;
  readonly at: string | null;
  readonly parked: readonly Pick<ParkedStream, 'id' | 'n'>[] | null;
}

/** Every ledger that serves, read in one statement: what is at or below its n does not change. */
export async function readStates(pool: Pool): Promise<ReadonlyMap<string, LedgerState>> {
  const { rows } = await pool.query<StateRow>({
    name: 'ledger states',
    text: `select c.ledger, c.version, c.fold, c.n::float8 as n,
        to_char(c.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as at,
        (select json_agg(json_build_object('id', p.id, 'n', p.n)) from projection.parked_stream p
          where p.ledger = c.ledger and p.version = c.version) as parked
      from projection.checkpoint c where c.serves`,
  });
  return new Map(
    rows.map((it) => [
      it.ledger,
      { ...it, schema: schemaOf(it.ledger, it.version), parked: it.parked ?? [] },
    ]),
  );
}

/** @throws LedgerNotBuilt */
export function stateOf(states: ReadonlyMap<string, LedgerState>, ledger: string): LedgerState {
  const found = states.get(ledger);
  if (found === undefined) throw new LedgerNotBuilt(ledger);
  return found;
}
