import type { Client } from 'pg';

import { pause } from '../src/event-sourcing/back-off.js';
import { postgresFault } from '../src/event-sourcing/postgres-faults.js';
import { within } from '../src/within.js';
import { Deposed } from './checkpoint.js';

/** How often a leader lets itself be heard. */
const heardEveryMs = 500;
/** A leader that was not heard for so long is taken for gone. */
const silentAfterMs = 2_500;
/** After so long without an answer a leader gives up; what the server does for it counts. */
const answeredWithinMs = 60_000;

export interface Waiting {
  /** How often to ask whether the lead is free. */
  readonly everyMs: number;
  readonly signal: AbortSignal;
  readonly report: (line: string) => void;
}

/**
 * Waits until this connection leads the ledger: a session lock, so that it is free at once when the
 * leader's connection ends. Asked again and again, since a waiting statement would hold a snapshot
 * and keep the server from vacuuming. Ends the connection of a leader that has fallen silent. False
 * when the signal aborts first.
 */
export async function takeLead(
  connection: Client,
  ledger: string,
  { everyMs, signal, report }: Waiting,
): Promise<boolean> {
  await connection.query(goneWithinSeconds);
  const lock = `musubi ledger ${ledger}`;
  while (!signal.aborted) {
    const { rows } = await connection.query<{ mine: boolean }>(
      'select pg_try_advisory_lock(hashtextextended($1, 0)) as mine',
      [lock],
    );
    if (rows[0]?.mine === true) return true;
    const { rowCount } = await connection.query(endSilent, [lock, silentAfterMs]);
    if (rowCount) report(`${ledger}: the leader was silent for ${silentAfterMs / 1_000} s`);
    await pause(rowCount ? 50 : everyMs, signal);
  }
  return false;
}

/**
 * Does the work of a leader while the connection answers. An empty question now and then shows the
 * others that this process is there: the server notes the time of it, and nothing is written.
 * @param work ends when its signal aborts: with the given one, or because the lead is lost
 * @throws Deposed when the lead is lost; whatever the work throws
 */
export async function whileLeading<T>(
  connection: Client,
  ledger: string,
  signal: AbortSignal,
  work: (signal: AbortSignal) => Promise<T>,
  patienceMs = answeredWithinMs,
): Promise<T> {
  const over = new AbortController();
  let lost = false;
  const lose = () => {
    lost ||= !over.signal.aborted;
    over.abort();
  };
  connection.once('end', lose);
  const heard = letBeHeard(connection, patienceMs, over.signal).catch(async () => {
    lose();
    await connection.end().catch(() => undefined);
  });
  try {
    const done = await work(AbortSignal.any([signal, over.signal]));
    if (lost) throw new Deposed(`${ledger}: the connection that leads is gone`);
    return done;
  } finally {
    over.abort();
    connection.off('end', lose);
    await heard;
  }
}

/** Rejects when the server does not answer any more. */
async function letBeHeard(
  connection: Client,
  patienceMs: number,
  over: AbortSignal,
): Promise<void> {
  for (;;) {
    await pause(heardEveryMs, over);
    if (over.aborted) return;
    await within(patienceMs, () => connection.query('select')).catch(forgiveRefusal);
  }
}

/** Within a transaction that has failed the server refuses to do anything, which is an answer too. */
function forgiveRefusal(fault: unknown): void {
  if (postgresFault(fault) === 'connection-lost') throw fault;
}

/** For a machine that vanished without a word. A connection by Unix socket takes no notice of these. */
const goneWithinSeconds = `
  set tcp_keepalives_idle = 2;
  set tcp_keepalives_interval = 1;
  set tcp_keepalives_count = 3;
  set tcp_user_timeout = 5000`;

/**
 * While the server works for the leader it is not silent, however long that takes. Where the server
 * does not show this user the leader's session, there are no times to go by, and it is let be.
 */
const endSilent = `
  select pg_terminate_backend(leader.pid)
    from pg_locks held join pg_stat_activity leader on leader.pid = held.pid
   where held.locktype = 'advisory' and held.granted and held.objsubid = 1
     and held.database = (select oid from pg_database where datname = current_database())
     and (held.classid::bigint << 32) | held.objid::bigint = hashtextextended($1, 0)
     and leader.wait_event_type = 'Client'
     and leader.state_change < clock_timestamp() - $2 * interval '1 millisecond'`;
