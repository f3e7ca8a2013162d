import { type ClientBase, DatabaseError, escapeIdentifier } from 'pg';
import { StoreUnavailable } from './event-store.js';
import { inTransaction } from './postgres-transaction.js';

/** The two schemas of one register. Sealed values live apart, so that dumps can leave them out. */
export interface RegisterSchemas {
  readonly schema: string;
  readonly vaultSchema: string;
}

export const quoted = escapeIdentifier;

/** The name of the notification channel; readers are woken on it. */
export function channelOf(schema: string): string {
  return `musubi_${schema}`;
}

/** PostgreSQL cuts names at 63 bytes, the channel's too, and two registers must not meet there. */
export function refuseUnlawfulSchemas(...schemas: readonly string[]): void {
  const unlawful = schemas.find((schema) => !/^[a-z_][a-z0-9_]{0,49}$/.test(schema));
  if (unlawful !== undefined) throw new RangeError(`${unlawful}: no lawful name of a schema`);
}

/**
 * Creates what is missing. Two processes that start at once take turns; one without the right to
 * create schemas may open a register that is complete.
 */
export async function createRegisterSchemas(
  connection: ClientBase,
  { schema, vaultSchema }: RegisterSchemas,
): Promise<void> {
  await inTransaction(connection, async () => {
    await connection.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [
      `musubi schema ${schema}`,
    ]);
    const { rows } = await connection.query<{ complete: boolean; headColumns: number }>(
      `select to_regclass($1) is not null and to_regclass($2) is not null as complete,
        (select count(*)::int from pg_attribute
         where attrelid = to_regclass($1) and attname = 'read_only') as "headColumns"`,
      [`${quoted(schema)}.register_head`, `${quoted(vaultSchema)}.sealed_value`],
    );
    if (rows[0]?.complete === true) {
      if (rows[0].headColumns === 0) await addReadOnly(connection, quoted(schema));
      return;
    }
    await connection.query(`create schema if not exists ${quoted(schema)}`);
    await connection.query(eventTables(quoted(schema)));
    await createVault(connection, vaultSchema);
  });
}

export async function createVault(connection: ClientBase, vaultSchema: string): Promise<void> {
  await connection.query(`create schema if not exists ${quoted(vaultSchema)}`);
  await connection.query(vaultTable(quoted(vaultSchema)));
}

/** Brings a register of an earlier program up to date. */
async function addReadOnly(connection: ClientBase, schema: string): Promise<void> {
  const statement = `alter table ${schema}.register_head add column read_only text`;
  try {
    await connection.query(statement);
  } catch (fault) {
    if (!(fault instanceof DatabaseError) || fault.code !== notPermitted) throw fault;
    throw new StoreUnavailable(
      `this role may not bring the register up to date; let its owner say once: ${statement}`,
      { cause: fault },
    );
  }
}

const notPermitted = '42501';

/** `body` is text, since jsonb reorders keys and loses what was hashed. */
function eventTables(schema: string): string {
  return `
    create table if not exists ${schema}.event (
      n bigint primary key,
      id uuid not null unique,
      stream text collate "C" not null,
      revision integer not null,
      type text collate "C" not null,
      recorded_at timestamptz(3) not null,
      at timestamptz(3) not null,
      body text not null,
      unique (stream, revision)
    );
    -- One row. Updating it is the lock between processes; n is -1 while the register is empty.
    create table if not exists ${schema}.register_head (
      only_row boolean primary key default true check (only_row),
      n bigint not null,
      at timestamptz(3),
      -- Why no appends are taken; null while they are.
      read_only text
    ) with (fillfactor = 10);
    insert into ${schema}.register_head (n) values (-1) on conflict do nothing;
  `;
}

function vaultTable(vaultSchema: string): string {
  return `
    create table if not exists ${vaultSchema}.sealed_value (
      commitment text collate "C" primary key,
      salt text not null,
      ciphertext text not null,
      key text not null
    );
  `;
}
