import { setTimeout as wait } from 'node:timers/promises';

import { Client } from 'pg';

import { refuse } from '../src/entries/domain/refusal.js';
import { ledgers } from './ledgers.js';
import { hasCheckpoints } from './translate-checkpoints.js';

/** Ledgers that nobody moves on any more, until it is released. */
export interface HeldLedgers {
  release(): Promise<void>;
}

/**
 * Waits until no ledger moves on: each that serves has taken in everything up to n, or is halted, or is
 * led by nobody and is then led from here.
 * @throws Refusal `move/ledgers-behind` when the time is over, `move/ledger-rebuilding`
 */
export async function holdLedgers(
  databaseUrl: string,
  n: number,
  timeoutMs: number,
): Promise<HeldLedgers> {
  const connection = new Client({
    connectionString: databaseUrl,
    application_name: 'musubi move ledgers',
  });
  connection.on('error', () => undefined);
  const release = () => connection.end();
  await connection.connect();
  try {
    if (!(await hasCheckpoints(connection))) return { release };
    for (const until = performance.now() + timeoutMs; ; await wait(100)) {
      const behind = await behindAndLed(connection, n);
      if (behind.length === 0) {
        await refuseRebuilding(connection);
        return { release };
      }
      if (performance.now() > until) refuseBehind(behind, n);
    }
  } catch (fault) {
    await release();
    throw fault;
  }
}

/** The lock is the one that a projector leads by; taking it again on one connection changes nothing. */
async function behindAndLed(connection: Client, n: number): Promise<readonly string[]> {
  const { rows } = await connection.query<{ ledger: string; mine: boolean }>(
    `select ledger, pg_try_advisory_lock(hashtextextended('musubi ledger ' || ledger, 0)) as mine
       from (
         select ledger from projection.checkpoint
          where serves and state = 'running' and n < $1 order by ledger
       ) as behind`,
    [n],
  );
  return rows.filter(({ mine }) => !mine).map(({ ledger }) => ledger);
}

/** A version that is being built would serve with the old store's places; none begins while this holds. */
async function refuseRebuilding(connection: Client): Promise<void> {
  for (const { name } of ledgers) {
    const { rows } = await connection.query<{ mine: boolean }>(
      'select pg_try_advisory_lock(hashtextextended($1, 0)) as mine',
      [`musubi rebuild ${name}`],
    );
    if (rows[0]?.mine === true) continue;
    refuse(
      'conflict',
      'move/ledger-rebuilding',
      `台帳 ${name} が作り直されています。終わってから、同じコマンドをもう一度実行してください。`,
    );
  }
}

function refuseBehind(ledgers: readonly string[], n: number): never {
  return refuse(
    'conflict',
    'move/ledgers-behind',
    `台帳（${ledgers.join('・')}）が登録番号 ${n} まで追いついていません。追いついてから、またはアプリケーションを止めてから、同じコマンドをもう一度実行してください。`,
  );
}
