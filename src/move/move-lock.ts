import { setTimeout as wait } from 'node:timers/promises';

import { Client, type Pool } from 'pg';

import { refuse } from '../entries/domain/refusal.js';

const patienceMs = 3_000;

/** Holds both databases against a second move, until it is released or its connections are lost. */
export interface MoveLock {
  /** @throws Refusal `move/lock-lost`: another move may have begun since */
  stillHeld(): Promise<void>;
  release(): Promise<void>;
}

/** @throws Refusal `move/under-way` */
export async function lockMove(databaseUrls: readonly string[]): Promise<MoveLock> {
  const clients: Client[] = [];
  const release = async () => {
    await Promise.all(clients.map((it) => it.end().catch(() => undefined)));
  };
  try {
    for (const connectionString of databaseUrls) {
      const client = new Client({ connectionString, application_name: 'musubi move lock' });
      client.on('error', () => undefined);
      clients.push(client);
      await client.connect();
      if (await taken(client)) continue;
      refuse('conflict', 'move/under-way', '別の移転が、この登録簿に対して行われています。');
    }
  } catch (fault) {
    await release();
    throw fault;
  }
  return {
    stillHeld: async () => {
      try {
        for (const it of clients) await it.query('select 1');
      } catch (cause) {
        refuseLost(cause);
      }
    },
    release,
  };
}

/** The server may take a moment to notice that the process of a move before was killed. */
async function taken(client: Client): Promise<boolean> {
  for (const until = performance.now() + patienceMs; ; await wait(100)) {
    const { rows } = await client.query<{ mine: boolean }>(
      `select pg_try_advisory_lock(hashtextextended('musubi move', 0)) as mine`,
    );
    if (rows[0]?.mine === true || performance.now() > until) return rows[0]?.mine === true;
  }
}

function refuseLost(cause: unknown): never {
  const why = cause instanceof Error ? cause.message : String(cause);
  return refuse(
    'conflict',
    'move/lock-lost',
    `データベースとの接続が切れました（${why}）。同じコマンドをもう一度実行してください。`,
  );
}

/** Whether both are one database, however its address is written. */
export async function isSameDatabase(one: Pool, other: Pool): Promise<boolean> {
  const [here, there] = await Promise.all([one, other].map(identity));
  return here === there;
}

async function identity(pool: Pool): Promise<string> {
  const { rows } = await pool.query<{ identity: string }>(
    `select extract(epoch from pg_postmaster_start_time())::text || ' ' || oid as identity
       from pg_database where datname = current_database()`,
  );
  return rows[0]?.identity ?? '';
}
