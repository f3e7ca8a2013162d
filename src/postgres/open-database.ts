import { Client } from 'pg';

import type { Config } from '../config.js';
import { recordedConnection } from './connection-file.js';
import { dataDirectory } from './data-directory.js';
import { DatabaseFault } from './database-fault.js';
import { startEmbeddedServer } from './embedded-server.js';
import type { ServerStatus } from './kept-server.js';

/** The database of this process. */
export interface OpenDatabase {
  readonly url: string;
  readonly embedded: boolean;
  /** Whether the embedded data were made by this start; never true for a configured database. */
  readonly created: boolean;
  /** `external`: somebody else keeps the server running. */
  status(): ServerStatus | 'external';
  /** Gives the database back: stops the embedded server, leaves any other alone. */
  close(): Promise<void>;
}

type DatabaseConfig = Pick<Config, 'data' | 'databaseUrl'>;

const patienceMilliseconds = 10_000;

/**
 * Opens the configured database, or starts our own where none is configured. Throws DatabaseFault;
 * `report` gets lines for the log while the embedded server is kept running.
 */
export async function openDatabase(
  config: DatabaseConfig,
  report?: (line: string) => void,
): Promise<OpenDatabase> {
  if (config.databaseUrl !== undefined) return openConfigured(config.databaseUrl);
  const server = await startEmbeddedServer({
    directory: config.data,
    ...(report ? { report } : {}),
  });
  return { embedded: true, ...server };
}

/**
 * For programs beside the application: the same database, by way of the process that owns it when it
 * runs, otherwise started for as long as it is open here.
 */
export async function reachDatabase(
  config: DatabaseConfig,
  report?: (line: string) => void,
): Promise<OpenDatabase> {
  try {
    return await openDatabase(config, report);
  } catch (error) {
    if (!(error instanceof DatabaseFault) || error.code !== 'database/held') throw error;
    const connection = await recordedConnection(dataDirectory(config.data).connection);
    if (!connection) throw error;
    return { ...(await openConfigured(connection.url)), embedded: true };
  }
}

async function openConfigured(url: string): Promise<OpenDatabase> {
  await requireUtf8(url);
  return {
    url,
    embedded: false,
    created: false,
    status: () => 'external',
    close: async () => undefined,
  };
}

async function requireUtf8(url: string): Promise<void> {
  const client = new Client({
    connectionString: url,
    connectionTimeoutMillis: patienceMilliseconds,
  });
  client.on('error', () => undefined);
  let encoding: string | undefined;
  try {
    await client.connect();
    const found = await client.query<{ server_encoding: string }>('show server_encoding');
    encoding = found.rows[0]?.server_encoding;
  } catch (cause) {
    throw unreachable(cause);
  } finally {
    await client.end().catch(() => undefined);
  }
  if (encoding !== 'UTF8') {
    throw new DatabaseFault(
      'database/encoding',
      `データベースの文字コードが ${encoding} です。UTF8 で作ったデータベースを DATABASE_URL に指定してください。`,
    );
  }
}

/** The message of the driver names host and port, never the password. */
function unreachable(cause: unknown): DatabaseFault {
  const reason = cause instanceof Error ? cause.message || cause.name : String(cause);
  return new DatabaseFault(
    'database/unreachable',
    `データベースに接続できません（${reason}）。サーバーが動いていることと DATABASE_URL を確かめてください。`,
    { cause },
  );
}
