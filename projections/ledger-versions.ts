import { type ClientBase, escapeIdentifier } from 'pg';

import { schemaOf } from './ledger.js';

/** A number that no version of the ledger has had; what an interrupted rebuild left is cleared away. */
export async function nextVersion(connection: ClientBase, ledger: string): Promise<number> {
  const { rows } = await connection.query<{ version: number; serving: number | null }>(
    `select coalesce(max(version), 0)::int as version,
        max(version) filter (where serves) as serving
      from projection.checkpoint where ledger = $1`,
    [ledger],
  );
  const [{ version, serving } = { version: 0, serving: null }] = rows;
  for (let left = (serving ?? 0) + 1; left <= version; left++) await drop(connection, ledger, left);
  await connection.query(
    `drop schema if exists ${escapeIdentifier(schemaOf(ledger, version + 1))} cascade`,
  );
  return version + 1;
}

/** Drops every version below `kept`. */
export async function dropVersionsBefore(
  connection: ClientBase,
  ledger: string,
  kept: number,
): Promise<void> {
  const { rows } = await connection.query<{ version: number }>(
    'select version from projection.checkpoint where ledger = $1 and version < $2 and not serves',
    [ledger, kept],
  );
  for (const { version } of rows) await drop(connection, ledger, version);
}

async function drop(connection: ClientBase, ledger: string, version: number): Promise<void> {
  await connection.query(
    `drop schema if exists ${escapeIdentifier(schemaOf(ledger, version))} cascade`,
  );
  await connection.query(
    'delete from projection.checkpoint where ledger = $1 and version = $2 and not serves',
    [ledger, version],
  );
}
