import {
  BACKWARDS,
  END,
  EventStoreDBClient,
  jsonEvent,
  NO_STREAM,
  START,
  streamNameFilter,
} from '@eventstore/db-client';
import pLimit from 'p-limit';
import { type NewEvent, StoreUnavailable } from './event-store.js';
import type { EventStoreDbAddress } from './eventstoredb-address.js';
import {
  type ClientEvent,
  metadataOf,
  storedEvent,
  type StoredEvent,
} from './eventstoredb-event.js';
import { eventStoreDbFault } from './eventstoredb-faults.js';
import type { LogPosition } from './eventstoredb-position.js';
import { closeChannel, OrderedAppends } from './ordered-appends.js';
import { PulledStream } from './pulled-stream.js';

/** Something of the log, in its order: an event of the register, or a place that was passed. */
export type PlacedItem =
  | { readonly kind: 'event'; readonly event: StoredEvent }
  | { readonly kind: 'passed'; readonly position: LogPosition };

export type LogItem =
  | PlacedItem
  /** The subscription has come to what was the log's end when it was opened. */
  | { readonly kind: 'level' };

export interface EventStoreDbSettings {
  readonly address: EventStoreDbAddress;
  /** What the names of the register's streams begin with; a cluster may be shared. */
  readonly prefix: string;
  /** Whether a stream is the register's; prefixes of two registers may begin alike. */
  readonly owns: (stream: string) => boolean;
  /** After what time an unanswered append counts as of unknown outcome, in milliseconds. */
  readonly deadlineMs: number;
  /** How long a reading waits for the next event before it is given up. */
  readonly readTimeoutMs: number;
}

export interface ReadPage {
  readonly events: readonly StoredEvent[];
  /** Whether the server had no more when it was asked. */
  readonly whole: boolean;
  /** The last place that was looked at, events of others included. */
  readonly passed: LogPosition | undefined;
}

/** A server takes 100 calls on a connection, and the 101st hangs; both kinds share one. */
const writingAtOnce = 64;
const readingAtOnce = 24;
/** Bodies of one page in bounds: they are up to 64,000 bytes. */
const bytesOfPage = 8 * 1024 * 1024;
const onLeader = { requiresLeader: true } as const;
/** Any credentials with the call lead to the unary path; a server without TLS ignores them. */
const nobody = { username: 'musubi', password: 'musubi' };

/**
 * The calls to EventStoreDB, each with a bound on its time, none left open. Appends go by the unary
 * path: the client's batch path rejects what was committed whenever anything else fails.
 */
export class EventStoreDbCalls {
  private readonly client: EventStoreDBClient;
  /** Equal settings would share one connection, and long calls count on it. */
  private readonly following: EventStoreDBClient;
  private readonly writing = pLimit(writingAtOnce);
  private readonly reading = pLimit(readingAtOnce);
  private readonly open = new Set<PulledStream<unknown>>();
  private closed = false;

  constructor(private readonly settings: EventStoreDbSettings) {
    const { connection } = settings.address;
    this.client = EventStoreDBClient.connectionString(connection);
    const other = connection.includes('?') ? '&' : '?';
    this.following = EventStoreDBClient.connectionString(
      `${connection}${other}keepAliveInterval=10001`,
    );
  }

  /** @returns the position of the last event. @throws the client's error */
  append(
    stream: string,
    expectedRevision: number,
    events: readonly NewEvent[],
  ): Promise<LogPosition> {
    return this.writing(async () => {
      if (this.closed) throw new StoreUnavailable('the event store is closed');
      const { position } = await this.client.appendToStream(stream, events.map(toClient), {
        expectedRevision: expectedRevision < 0 ? NO_STREAM : BigInt(expectedRevision),
        deadline: this.settings.deadlineMs,
        credentials: this.credentials,
        ...onLeader,
      });
      if (position === undefined) throw new Error('an append was answered without a position');
      return Number(position.commit);
    });
  }

  /** Appends that go out one behind another without waiting, and are stored in that order. */
  appendInOrder(): Promise<OrderedAppends> {
    return OrderedAppends.open(this.client, this.credentials, toClient);
  }

  /** Events of one stream from a revision on, so many at most. */
  async streamPage(stream: string, from: number, most: number): Promise<ReadPage> {
    const fromRevision = BigInt(from);
    try {
      return await this.page(most, () =>
        this.client.readStream(stream, { fromRevision, maxCount: most, ...this.asUser }),
      );
    } catch (fault) {
      if (eventStoreDbFault(fault) !== 'no-stream') throw fault;
      return { events: [], whole: true, passed: undefined };
    }
  }

  /** The register's events among so many of the log, from a position on, that one included. */
  logPage(from: LogPosition | undefined, most: number): Promise<ReadPage> {
    const fromPosition = from === undefined ? START : placed(from);
    return this.page(most, () =>
      this.client.readAll({ fromPosition, maxCount: most, ...this.asUser }),
    );
  }

  /** So many of the log backwards, from before a position or from its end. */
  async logBackwards(
    before: LogPosition | undefined,
    most: number,
  ): Promise<readonly PlacedItem[]> {
    const fromPosition = before === undefined ? END : placed(before);
    const items: PlacedItem[] = [];
    await this.read(
      most,
      (item) => items.push(item),
      () =>
        this.client.readAll({
          fromPosition,
          maxCount: most,
          direction: BACKWARDS,
          ...this.asUser,
        }),
    );
    return items;
  }

  /** What comes after a position, and what is to come. Whoever opens it closes it. */
  follow(after: LogPosition | undefined): PulledStream<LogItem> {
    if (this.closed) throw new StoreUnavailable('the event store is closed');
    const subscription = this.following.subscribeToAll(
      {
        fromPosition: after === undefined ? START : placed(after),
        filter: streamNameFilter({
          prefixes: [this.settings.prefix],
          checkpointInterval: 8,
          maxSearchWindow: 32,
          // In band: the position of a marker is ahead of the events that were not taken yet.
          checkpointReached: async (it, marker) => void it.push({ passed: passedBy(marker) }),
        }),
        ...this.asUser,
      },
      { highWaterMark: 64 },
    );
    subscription.on('caughtUp', () => void subscription.push({ level: true }));
    const stream: PulledStream<LogItem> = new PulledStream(
      subscription,
      () => {
        this.open.delete(stream);
        return subscription.unsubscribe();
      },
      (it) => this.itemOf(it as LogRecord),
    );
    this.open.add(stream);
    return stream;
  }

  /** Cuts what is open. `dispose` alone keeps the channels, and misses calls that are still opening. */
  async close(): Promise<void> {
    this.closed = true;
    for (const it of this.open) it.close();
    await Promise.all([this.client, this.following].map(disposed));
  }

  private get credentials() {
    return this.settings.address.credentials ?? nobody;
  }

  private get asUser() {
    return { credentials: this.credentials, ...onLeader };
  }

  private async page(most: number, open: () => ClientReading): Promise<ReadPage> {
    const events: StoredEvent[] = [];
    let passed: LogPosition | undefined;
    const whole = await this.read(
      most,
      (item) => {
        passed = item.kind === 'event' ? item.event.position : item.position;
        if (item.kind === 'event') events.push(item.event);
      },
      open,
    );
    return { events, whole, passed };
  }

  /** @returns whether the server ended before so many were read */
  private read(
    most: number,
    take: (item: PlacedItem) => void,
    open: () => ClientReading,
  ): Promise<boolean> {
    return this.reading(async () => {
      if (this.closed) throw new StoreUnavailable('the event store is closed');
      const opened = open();
      const stream = new PulledStream<PlacedItem>(
        opened,
        () => opened.cancel(),
        (it) => this.placedItemOf(it as LogRecord),
      );
      this.open.add(stream);
      let [items, bytes] = [0, 0];
      let ended = false;
      try {
        // Read to its end even when all has come: a server minds calls that are cut off in haste.
        while (!ended && bytes < bytesOfPage) {
          for (const item of stream.take()) {
            items += 1;
            take(item);
            if (item.kind === 'event') bytes += item.event.body.length;
          }
          const next = await stream.more(this.settings.readTimeoutMs);
          if (this.closed) throw new StoreUnavailable('the event store was closed while reading');
          if (next === 'silent') throw new StoreUnavailable('the event store stopped answering');
          ended = next === 'ended';
        }
        return ended && items < most;
      } finally {
        if (!ended) stream.close();
        this.open.delete(stream);
      }
    });
  }

  private itemOf(record: LogRecord): LogItem {
    return record.level === true ? { kind: 'level' } : this.placedItemOf(record);
  }

  private placedItemOf({ event, passed }: LogRecord): PlacedItem {
    if (event === undefined) return { kind: 'passed', position: passed ?? -1 };
    if (this.settings.owns(event.streamId)) return { kind: 'event', event: storedEvent(event) };
    return { kind: 'passed', position: Number(event.position?.commit ?? 0n) };
  }
}

type ClientReading = ReturnType<EventStoreDBClient['readAll' | 'readStream']>;

/** What comes out of the client's streams: an event, or a marker that was pushed in among them. */
interface LogRecord {
  readonly level?: boolean;
  readonly event?: ClientEvent;
  readonly passed?: LogPosition;
}

/**
 * The last place that a marker says was looked through. With another prepare position it names the
 * record that comes next; where nothing was found it names the end of all possible logs.
 */
function passedBy({ commit, prepare }: { commit: bigint; prepare: bigint }): LogPosition {
  if (commit > BigInt(Number.MAX_SAFE_INTEGER)) return -1;
  return Number(commit) - (prepare === commit ? 0 : 1);
}

function toClient(event: NewEvent) {
  const { id, type, body } = event;
  const data = JSON.parse(body) as Record<string, unknown>;
  return jsonEvent({ id, type, data, metadata: metadataOf(event) });
}

function placed(position: LogPosition): { commit: bigint; prepare: bigint } {
  return { commit: BigInt(position), prepare: BigInt(position) };
}

async function disposed(client: EventStoreDBClient): Promise<void> {
  await client.dispose();
  await closeChannel(client);
}
