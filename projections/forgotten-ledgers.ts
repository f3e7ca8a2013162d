import { Client, type ClientConfig, escapeIdentifier } from 'pg';

import { inTransaction } from '../src/event-sourcing/postgres-transaction.js';
import { schemaOf, type Ledger } from './ledger.js';

/**
 * Drops every version of ledgers that this program does not keep, nobody leads and nobody has moved for
 * a day: an earlier program built them from the log, and would again. One that another program still
 * leads beside this one stays, also while the lead passes from one process to the next.
 * @returns the names of those dropped
 */
export async function dropForgotten(
  connection: ClientConfig,
  kept: readonly Ledger[],
): Promise<readonly string[]> {
  const client = new Client({ ...connection, application_name: 'musubi forgotten ledgers' });
  client.on('error', () => undefined);
  try {
    await client.connect();
    return await inTransaction(client, () => dropped(client, kept));
  } finally {
    await client.end();
  }
}

async function dropped(client: Client, kept: readonly Ledger[]): Promise<readonly string[]> {
  const { rows } = await client.query<{ ledger: string; versions: readonly number[] }>(
    `select ledger, array_agg(version order by version) as versions from projection.checkpoint
      where ledger <> all($1) group by ledger
      having max(moved) < now() - interval '1 day' order by ledger`,
    [kept.map((it) => it.name)],
  );
  const names: string[] = [];
  for (const { ledger, versions } of rows) {
    if (!(await unled(client, ledger))) continue;
    for (const it of versions) {
      await client.query(`drop schema if exists ${escapeIdentifier(schemaOf(ledger, it))} cascade`);
    }
    await client.query('delete from projection.checkpoint where ledger = $1', [ledger]);
    names.push(ledger);
  }
  return names;
}

/** The locks that a projector leads and a rebuild works by, held to the end of the transaction. */
async function unled(client: Client, ledger: string): Promise<boolean> {
  const { rows } = await client.query<{ mine: boolean }>(
    `select pg_try_advisory_xact_lock(hashtextextended('musubi ledger ' || $1, 0))
        and pg_try_advisory_xact_lock(hashtextextended('musubi rebuild ' || $1, 0)) as mine`,
    [ledger],
  );
  return rows[0]?.mine === true;
}
