import {
  Client,
  type ClientBase,
  type ClientConfig,
  type CustomTypesConfig,
  Pool,
  types as pgTypes,
} from 'pg';
import { instantFromPostgres } from './instant.js';
import { channelOf, refuseUnlawfulSchemas, type RegisterSchemas } from './postgres-schema.js';

export interface PostgresEventStoreOptions extends RegisterSchemas {
  /** Where the server is: `{ connectionString }` or host, port, user … as pg takes them. */
  readonly connection: ClientConfig;
  /** The writer's clock in milliseconds; Date.now by default. */
  readonly now?: () => number;
  /** How long a group waits for another process's; 5 s by default. */
  readonly lockTimeoutMs?: number;
  /** After what time an unanswered append counts as of unknown outcome; 15 s by default. */
  readonly deadlineMs?: number;
  /** How often a subscriber looks without having been woken; 1 s by default. */
  readonly pollMs?: number;
  /** How long anything but an append may take to be answered; for ever by default. */
  readonly readWithinMs?: number;
  /** Connections for readers; 8 by default. */
  readonly readers?: number;
}

/**
 * A writer that is frozen within a transaction holds the head, and with it the writers of all other
 * processes: it is cut off before they give up waiting.
 */
const heldByWriterMs = 3_000;

/** Every writer waits for the answer, and the process that ends does. */
const permitWithinMs = 5_000;

/** For a writer's machine that vanished without a word: its lock goes with its connection. */
const goneWithinSeconds = `
  set tcp_keepalives_idle = 2;
  set tcp_keepalives_interval = 1;
  set tcp_keepalives_count = 3;
  set tcp_user_timeout = 5000`;

type Purpose = 'append' | 'import' | 'read' | 'wake' | 'permit';

/** Register numbers stay far below 2^53; instants come as the register writes them. */
const types: CustomTypesConfig = {
  getTypeParser: ((type: Parameters<typeof pgTypes.getTypeParser>[0]) => {
    if (type === pgTypes.builtins.INT8) return Number;
    if (type === pgTypes.builtins.TIMESTAMPTZ) return instantFromPostgres;
    return pgTypes.getTypeParser(type);
  }) as typeof pgTypes.getTypeParser,
};

/** The connections of one register's store: one that writes, one that listens, a pool that reads. */
export class PostgresSessions {
  private readonly lockTimeoutMs: number;
  private readonly deadlineMs: number;

  constructor(private readonly options: PostgresEventStoreOptions) {
    refuseUnlawfulSchemas(options.schema, options.vaultSchema);
    this.lockTimeoutMs = options.lockTimeoutMs ?? 5_000;
    this.deadlineMs = options.deadlineMs ?? 15_000;
  }

  /** A connection of its own, ready to use. Whoever asked for it ends it. */
  async connect(purpose: Purpose): Promise<Client> {
    const client = new Client(this.config(purpose));
    // A fault reaches whoever waits for a query; without a listener it would end the process too.
    client.on('error', () => undefined);
    try {
      await client.connect();
      await this.prepare(client, purpose);
      return client;
    } catch (fault) {
      await client.end().catch(() => undefined);
      throw fault;
    }
  }

  /** The pool for readers. Whoever asked for it ends it. */
  pool(): Pool {
    // The pool awaits onConnect, though its types do not say so.
    const onConnect: (client: ClientBase) => unknown = (client) => this.prepare(client, 'read');
    const pool = new Pool({ ...this.config('read'), max: this.options.readers ?? 8, onConnect });
    pool.on('error', () => undefined);
    return pool;
  }

  private config(purpose: Purpose): ClientConfig {
    const within = purpose === 'permit' ? permitWithinMs : this.options.readWithinMs;
    return {
      connectionTimeoutMillis: purpose === 'permit' ? permitWithinMs : 10_000,
      keepAlive: true,
      ...(within === undefined ? {} : { query_timeout: within }),
      // Two groups may be under way: the second is sent while the first is committed.
      ...(purpose === 'append' ? { query_timeout: this.deadlineMs, pipeline: true } : {}),
      ...this.options.connection,
      application_name: `${channelOf(this.options.schema)} ${purpose}`,
      types,
    };
  }

  /** By statement: `options` inside a connection string would hide those of a config. */
  private async prepare(client: ClientBase, purpose: Purpose): Promise<void> {
    if (purpose === 'permit') await client.query(goneWithinSeconds);
    const idleMs =
      purpose === 'append' ? Math.min(heldByWriterMs, this.deadlineMs) : this.deadlineMs;
    await client.query(`
      set time zone 'UTC';
      set datestyle = 'ISO, MDY';
      set lock_timeout = ${this.lockTimeoutMs};
      set idle_in_transaction_session_timeout = ${idleMs};
      select set_config('synchronous_commit', 'on', false)
        where current_setting('synchronous_commit') = 'off'`);
  }
}
