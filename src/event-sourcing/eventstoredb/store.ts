import type { Pool } from 'pg';
import { within } from '../../within.js';
import { leavable } from '../aborting.js';
import { pause } from '../back-off.js';
import { EventStoreDbAppends } from './appends.js';
import {
  type Appended,
  type Checkpoint,
  type Delivery,
  type EventStore,
  type Head,
  type NewEvent,
  type RecordedEvent,
  type SealedValue,
  StoreUnavailable,
} from '../event-store.js';
import { readAddress } from './address.js';
import { EventStoreDbCalls } from './client.js';
import { deliveries } from './deliveries.js';
import { toldByEventStoreDb } from './faults.js';
import { importInOrder } from './import.js';
import { pagesOfLog, pagesOfStream } from './pages.js';
import { createOrderSchema } from './schema.js';
import { isInstant } from '../instant.js';
import { itemsOfPages } from '../items-of-pages.js';
import { OrderChunks } from './order-chunks.js';
import { OrderFollower } from './order-follower.js';
import { told } from '../postgres-faults.js';
import { type PostgresEventStoreOptions, PostgresSessions } from '../postgres-sessions.js';
import type { StoreState } from './reachability.js';
import { RegisterOrder } from './register-order.js';
import { refuseUnstorable } from '../storable-event.js';
import { staleAfter, WritingPermit } from './writing-permit.js';

/** How patient the adapter is. */
export interface EventStoreDbTiming {
  /** After what time an unanswered append counts as of unknown outcome; 5 s by default. */
  readonly deadlineMs?: number;
  /** How long a reading waits for its next event; 5 s by default. */
  readonly readTimeoutMs?: number;
  /** How often the server is asked for its end; 2 s by default. */
  readonly heartbeatMs?: number;
  /** How long nothing may come while something is to come; 3 s by default. */
  readonly stallMs?: number;
  /** How often PostgreSQL is asked whether this process may write; 1 s by default. */
  readonly permitMs?: number;
  /** How long a writer that died may still have an append under way; 10 s by default. */
  readonly settleMs?: number;
}

/** The PostgreSQL that the register's processes share: vault, order, the word on who may write. */
type SharedDatabase = Pick<
  PostgresEventStoreOptions,
  'connection' | 'schema' | 'vaultSchema' | 'now'
>;

export interface EventStoreDbOptions extends SharedDatabase, EventStoreDbTiming {
  /** `esdb://user:password@host:2113?tls=true&tlsCAFile=…`; it may hold a password. */
  readonly connectionString: string;
  /** What the names of the register's streams begin with. */
  readonly prefix: string;
  /** Whether a stream is the register's; by default whether its name begins so. */
  readonly owns?: (stream: string) => boolean;
  /** Reads the register's order from the log, and forgets what was seen of it before. */
  readonly anew?: boolean;
  readonly report?: (line: string) => void;
}

/** How long a reader waits for a server that went away just now, as a new leader is elected. */
const graceOfReaders = 2_000;

/** Opens a register in EventStoreDB, level with the server. @throws StoreUnavailable, UnexpectedHistory */
export async function openEventStoreDb(options: EventStoreDbOptions): Promise<EventStoreDbStore> {
  const store = new EventStoreDbStore(options);
  try {
    await store.open();
    return store;
  } catch (fault) {
    await store.close().catch(() => undefined);
    if (fault instanceof Error && fault.name === 'UnexpectedHistory') throw fault;
    const reason = fault instanceof StoreUnavailable ? fault.message : toldByEventStoreDb(fault);
    throw new StoreUnavailable(`the event store cannot be opened: ${reason}`, { cause: fault });
  }
}

/** The event store port on EventStoreDB: docs/decisions has why it is built like this. */
export class EventStoreDbStore implements EventStore {
  private readonly sessions: PostgresSessions;
  private readonly pool: Pool;
  private readonly calls: EventStoreDbCalls;
  private readonly order = new RegisterOrder();
  private readonly chunks: OrderChunks;
  private readonly follower: OrderFollower;
  private readonly permit: WritingPermit;
  private readonly appends: EventStoreDbAppends;
  private readonly now: () => number;
  private readonly stallMs: number;
  private readonly settleMs: number;
  private readonly closing = new AbortController();
  private closed = false;

  constructor(private readonly options: EventStoreDbOptions) {
    const { connectionString, prefix, schema, vaultSchema, connection } = options;
    const { deadlineMs = 5_000, readTimeoutMs = 5_000, stallMs = 3_000 } = options;
    const { permitMs = 1_000 } = options;
    const { report = () => undefined } = options;
    const address = readAddress(connectionString);
    if (address === undefined) throw new RangeError('no connection string of EventStoreDB');
    this.now = options.now ?? Date.now;
    this.stallMs = stallMs;
    const database = { connection, schema, vaultSchema, readers: 4, readWithinMs: 15_000 };
    this.sessions = new PostgresSessions(database);
    this.pool = this.sessions.pool();
    this.calls = new EventStoreDbCalls({
      address,
      prefix,
      owns: options.owns ?? ((stream) => stream.startsWith(prefix)),
      deadlineMs,
      readTimeoutMs,
    });
    this.chunks = new OrderChunks(this.pool, schema, report);
    this.follower = new OrderFollower(
      this.calls,
      this.order,
      this.chunks,
      { heartbeatMs: options.heartbeatMs ?? 2_000, stallMs, report },
      (event, n) => this.appends.numbered(event, n),
    );
    this.permit = new WritingPermit(() => this.sessions.connect('permit'), {
      schema,
      now: this.now,
      everyMs: permitMs,
    });
    // A writer that lost its lock finds out when its permit is stale, and its last call has its end.
    this.settleMs = options.settleMs ?? staleAfter * permitMs + deadlineMs + 1_000;
    const parts = { calls: this.calls, order: this.order, follower: this.follower };
    this.appends = new EventStoreDbAppends({ ...parts, permit: this.permit }, this.pool, {
      schema,
      vaultSchema,
      deadlineMs,
    });
  }

  async open(): Promise<void> {
    const client = await this.sessions.connect('import');
    try {
      await createOrderSchema(client, this.options);
    } finally {
      await client.end();
    }
    // A register that others may not write to is not here, or only arriving: nothing is taken on trust.
    const trusted = this.options.anew !== true && (await this.permit.readOnly()) === null;
    await (trusted ? this.chunks.load(this.order) : this.chunks.forget());
    await this.follower.open();
  }

  /** Whether the server answers, as this process finds on trying. */
  state(): StoreState {
    return this.follower.state();
  }

  async append(
    stream: string,
    expectedRevision: number,
    events: readonly NewEvent[],
    sealed: readonly SealedValue[] = [],
  ): Promise<Appended> {
    refuseUnstorable(stream, expectedRevision, events, this.now());
    return this.appends.append({ stream, expectedRevision, events, sealed });
  }

  readStream(stream: string, fromRevision = 0): AsyncIterable<RecordedEvent> {
    return itemsOfPages(leavable(() => pagesOfStream(this.reading, stream, fromRevision)));
  }

  async *readStreams(streams: readonly string[]): AsyncGenerator<RecordedEvent, void, undefined> {
    for (const it of streams) yield* this.readStream(it);
  }

  readAll(after: Checkpoint | null): AsyncIterable<RecordedEvent> {
    return itemsOfPages(leavable(() => pagesOfLog(this.reading, after)));
  }

  subscribeAll(after: Checkpoint | null, signal: AbortSignal): AsyncIterable<Delivery> {
    const { calls, order, follower, stallMs } = this;
    return leavable(
      (ending) => deliveries({ calls, order, follower, stallMs }, after, ending),
      signal,
      this.closing.signal,
    );
  }

  async head(): Promise<Head | null> {
    await this.level();
    return this.order.head();
  }

  /** @throws RangeError for a text that is no instant with milliseconds in UTC */
  async numberAt(instant: string): Promise<Head | null> {
    if (!isInstant(instant))
      throw new RangeError(`${instant}: no instant such as 2026-04-01T00:00:00.000Z`);
    await this.level();
    return this.order.at(instant);
  }

  readOnly(): Promise<string | null> {
    return this.permit.readOnly();
  }

  /** @throws StoreUnavailable where it cannot be sure that nothing is under way: the word stands then */
  async setReadOnly(reason: string | null): Promise<void> {
    await this.permit.setReadOnly(reason);
    if (reason === null) return;
    // A server that comes back may still do what it was sent before.
    await this.level();
    await pause(this.settleMs, this.closing.signal);
  }

  import(events: AsyncIterable<RecordedEvent>, sealed: readonly SealedValue[] = []): Promise<void> {
    return importInOrder(this.reading, { pool: this.pool, ...this.options }, events, sealed);
  }

  /** Finishes the appends that were taken, ends subscriptions, and cuts reads off with StoreUnavailable. */
  async close(): Promise<void> {
    if (this.closed) return;
    this.closed = true;
    const { report = () => undefined } = this.options;
    // A step that a dead server holds up must not keep the others from their end.
    const step = (what: string, milliseconds: number, end: () => Promise<void>) =>
      within(milliseconds, end).catch((fault: unknown) => report(`${what}: ${told(fault)}`));
    await step('追記の終了', 30_000, () => this.appends.close());
    this.closing.abort();
    await step('登録の許可の返上', 10_000, () => this.permit.close());
    await step('購読の終了', 10_000, () => this.follower.close());
    await step('接続の終了', 5_000, () => this.calls.close());
    await step('データベースとの接続の終了', 5_000, () => this.pool.end());
  }

  private get reading() {
    const { calls, order, follower } = this;
    const whileUp = () => follower.whileUp(graceOfReaders);
    return { calls, order, follower, whileUp, level: () => this.level() };
  }

  /** Everything that the server had at the call has its number afterwards. @throws StoreUnavailable */
  private async level(): Promise<void> {
    if (this.closing.signal.aborted) throw new StoreUnavailable('the event store is closed');
    await this.follower.whileUp(graceOfReaders);
    await this.follower.current();
  }
}
