import { type ClientBase, escapeIdentifier } from 'pg';
import { inTransaction } from '../postgres-transaction.js';
import { createVault, type RegisterSchemas } from '../postgres-schema.js';

/**
 * Creates what a register in EventStoreDB keeps in PostgreSQL: the vault, its order as it was seen, and
 * the word on who may write. Two processes that start at once take turns.
 */
export async function createOrderSchema(
  connection: ClientBase,
  { schema, vaultSchema }: RegisterSchemas,
): Promise<void> {
  await inTransaction(connection, async () => {
    await connection.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [
      `musubi schema ${schema}`,
    ]);
    const { rows } = await connection.query<{ complete: boolean }>(
      `select to_regclass($1) is not null and to_regclass($2) is not null as complete`,
      [`${escapeIdentifier(schema)}.writing`, `${escapeIdentifier(vaultSchema)}.sealed_value`],
    );
    if (rows[0]?.complete === true) return;
    await connection.query(`create schema if not exists ${escapeIdentifier(schema)}`);
    await connection.query(tables(escapeIdentifier(schema)));
    await createVault(connection, vaultSchema);
  });
}

function tables(schema: string): string {
  return `
    create table if not exists ${schema}.order_chunk (
      first_n bigint primary key,
      entries bytea not null
    );
    -- One row. Processes write while it holds no reason why not.
    create table if not exists ${schema}.writing (
      only_row boolean primary key default true check (only_row),
      read_only text
    );
    insert into ${schema}.writing default values on conflict do nothing;
  `;
}
