import type { Pool } from 'pg';
import { leavable } from './aborting.js';
import { AppendWriter } from './append-writer.js';
import { importEvents } from './event-import.js';
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
  UnexpectedHistory,
} from './event-store.js';
import { GroupCommit } from './group-commit.js';
import { isInstant } from './instant.js';
import { itemsOfPages } from './items-of-pages.js';
import { mayPass, told } from './postgres-faults.js';
import {
  type FetchPage,
  pagesOfRegister,
  pagesOfStream,
  pagesOfStreams,
  prefetched,
} from './postgres-pages.js';
import { channelOf, createRegisterSchemas } from './postgres-schema.js';
import { type PostgresEventStoreOptions, PostgresSessions } from './postgres-sessions.js';
import { headAt, lastHead } from './register-head.js';
import { readOnlyReason, setReadOnlyReason } from './read-only.js';
import { resolveRepeated } from './repeated-append.js';
import { refuseUnstorable } from './storable-event.js';
import { deliveries } from './subscription.js';
import { Wakes } from './wakes.js';

/** Opens a register's store, and creates its two schemas where they are missing. */
export async function openPostgresEventStore(
  options: PostgresEventStoreOptions,
): Promise<PostgresEventStore> {
  const sessions = new PostgresSessions(options);
  try {
    const client = await sessions.connect('import');
    try {
      await createRegisterSchemas(client, options);
    } finally {
      await client.end();
    }
    return new PostgresEventStore(options, sessions);
  } catch (fault) {
    throw new StoreUnavailable(`the event store cannot be opened: ${told(fault)}`, {
      cause: fault,
    });
  }
}

/** The event store port on PostgreSQL: docs/decisions has why it is built like this. */
export class PostgresEventStore implements EventStore {
  private readonly schema: string;
  private readonly now: () => number;
  private readonly pool: Pool;
  private readonly writer: AppendWriter;
  private readonly groups: GroupCommit;
  private readonly wakes: Wakes;
  private readonly closing = new AbortController();

  constructor(
    private readonly options: PostgresEventStoreOptions,
    private readonly sessions: PostgresSessions,
  ) {
    this.schema = options.schema;
    this.now = options.now ?? Date.now;
    this.pool = sessions.pool();
    this.writer = new AppendWriter(
      options,
      () => sessions.connect('append'),
      this.now,
      (append, found) => () => resolveRepeated(this.pool, this.schema, append, found),
    );
    this.groups = new GroupCommit((group) => this.writer.commit(group));
    this.wakes = new Wakes(() => sessions.connect('wake'), channelOf(this.schema));
  }

  async append(
    stream: string,
    expectedRevision: number,
    events: readonly NewEvent[],
    sealed: readonly SealedValue[] = [],
  ): Promise<Appended> {
    const size = refuseUnstorable(stream, expectedRevision, events, this.now());
    return this.groups.append({ stream, expectedRevision, events, sealed, size });
  }

  readStream(stream: string, fromRevision = 0): AsyncIterable<RecordedEvent> {
    const fetch = pagesOfStream(this.pool, this.schema, stream);
    const pages = () => prefetched(fromRevision - 1, whileReading(fetch), (it) => it.revision);
    return itemsOfPages(leavable(pages));
  }

  readStreams(streams: readonly string[]): AsyncIterable<RecordedEvent> {
    const fetch = whileReading(pagesOfStreams(this.pool, this.schema, streams));
    const pages = () => prefetched<RecordedEvent | null>(null, fetch, (it) => it);
    return itemsOfPages(leavable(pages));
  }

  readAll(after: Checkpoint | null): AsyncIterable<RecordedEvent> {
    return itemsOfPages(leavable(() => this.pagesToHead(after?.n ?? -1)));
  }

  subscribeAll(after: Checkpoint | null, signal: AbortSignal): AsyncIterable<Delivery> {
    const source = {
      fetch: pagesOfRegister(this.pool, this.schema),
      wakes: this.wakes,
      refuseBeyondHead: (n: number) => this.refuseBeyond(n),
      pollMs: this.options.pollMs ?? 1_000,
    };
    return leavable(
      (ending) => deliveries(source, after?.n ?? -1, ending),
      signal,
      this.closing.signal,
    );
  }

  head(): Promise<Head | null> {
    return reading(() => lastHead(this.pool, this.schema));
  }

  /** @throws RangeError for a text that is no instant with milliseconds in UTC */
  async numberAt(instant: string): Promise<Head | null> {
    if (!isInstant(instant))
      throw new RangeError(`${instant}: no instant such as 2026-04-01T00:00:00.000Z`);
    return reading(() => headAt(this.pool, this.schema, instant));
  }

  readOnly(): Promise<string | null> {
    return reading(() => readOnlyReason(this.pool, this.schema));
  }

  /** Waits for the group that holds the head; whoever comes after it finds the reason. */
  setReadOnly(reason: string | null): Promise<void> {
    return reading(() => setReadOnlyReason(this.pool, this.schema, reason));
  }

  async import(
    events: AsyncIterable<RecordedEvent>,
    sealed: readonly SealedValue[] = [],
  ): Promise<void> {
    await reading(async () => {
      const client = await this.sessions.connect('import');
      try {
        await importEvents(this.pool, client, this.options, events, sealed);
      } finally {
        await client.end();
      }
    });
  }

  /** Commits what was taken, ends subscriptions, and cuts reads off with StoreUnavailable. */
  async close(): Promise<void> {
    if (this.closing.signal.aborted) return;
    await this.groups.close();
    this.closing.abort();
    await Promise.all([this.writer.close(), this.wakes.close(), this.pool.end()]);
  }

  private async *pagesToHead(
    after: number,
  ): AsyncGenerator<readonly RecordedEvent[], void, undefined> {
    const head = await this.refuseBeyond(after);
    if (head === after) return;
    const fetch = pagesOfRegister(this.pool, this.schema, head);
    yield* prefetched(after, whileReading(fetch), ({ n }) => n);
  }

  private async refuseBeyond(n: number): Promise<number> {
    const head = (await this.head())?.n ?? -1;
    if (n <= head) return head;
    throw new UnexpectedHistory(
      `number ${n} is asked for and the register ends at ${head}: restored from an older backup?`,
    );
  }
}

async function reading<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (fault) {
    if (!mayPass(fault)) throw fault;
    throw new StoreUnavailable(`the database cannot be read: ${told(fault)}`, { cause: fault });
  }
}

function whileReading<Place>(fetch: FetchPage<Place>): FetchPage<Place> {
  return (after) => reading(() => fetch(after));
}
