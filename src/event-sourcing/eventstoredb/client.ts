import { convertToCommandError, type EventStoreDBClient } from '@eventstore/db-client';
import streams from '@eventstore/db-client/generated/streams_pb.js';
import pLimit from 'p-limit';
import { within } from '../../within.js';
import { StoreUnavailable } from '../event-store.js';
import type { EventStoreDbAddress } from './address.js';
import { appendOnce } from './append-call.js';
import type { Appending } from './batch-append.js';
import { type Asking, openClient, StreamCalls } from './client-internals.js';
import { storedEvent, type StoredEvent, streamOf } from './event.js';
import type { LogPosition } from './position.js';
import { OrderedAppends } from './ordered-appends.js';
import { PulledStream } from './pulled-stream.js';
import { backwardsRequest, followRequest, logRequest, streamRequest } from './read-request.js';

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
/** The client waits for each of its calls to tell its end, which one that never came about does not. */
const disposeWithinMs = 1_000;

/**
 * The calls to EventStoreDB, each with a bound on its time, none left open. Appends go by the unary
 * path: the client's batch path rejects what was committed whenever anything else fails.
 */
export class EventStoreDbCalls {
  private readonly clients: readonly EventStoreDBClient[];
  private readonly calls: StreamCalls;
  /** Equal settings would share one connection, and long calls count on it. */
  private readonly following: StreamCalls;
  private readonly asking: Asking;
  private readonly writing = pLimit(writingAtOnce);
  private readonly reading = pLimit(readingAtOnce);
  private readonly open = new Set<{ close(): void }>();
  private closed = false;

  constructor(private readonly settings: EventStoreDbSettings) {
    const { connection, credentials } = settings.address;
    this.asking = { credentials };
    const other = connection.includes('?') ? '&' : '?';
    const client = openClient(connection);
    const following = openClient(`${connection}${other}keepAliveInterval=10001`);
    this.clients = [client, following];
    this.calls = new StreamCalls(client);
    this.following = new StreamCalls(following);
  }

  /**
   * @param clearance asked right before the bytes go out: how many milliseconds are left for the answer
   * @returns the position of the last event. @throws the client's error, and that of the clearance
   */
  append(appending: Appending, clearance: () => number): Promise<LogPosition> {
    return this.writing(() => {
      this.refuseClosed();
      const asking = () => ({ ...this.asking, deadline: clearance() });
      return appendOnce(this.calls, asking, appending);
    });
  }

  /** Appends that go out one behind another without waiting, and are stored in that order. */
  appendInOrder(): Promise<OrderedAppends> {
    return OrderedAppends.open(this.calls, this.asking);
  }

  /** Events of one stream from a revision on, so many at most; none for a stream that is not there. */
  streamPage(stream: string, from: number, most: number): Promise<ReadPage> {
    return this.page(streamRequest(stream, from, most), most);
  }

  /** The register's events among so many of the log, from a position on, that one included. */
  logPage(from: LogPosition | undefined, most: number): Promise<ReadPage> {
    return this.page(logRequest(from, most), most);
  }

  /** So many of the log backwards, from before a position or from its end. */
  async logBackwards(
    before: LogPosition | undefined,
    most: number,
  ): Promise<readonly PlacedItem[]> {
    const items: PlacedItem[] = [];
    await this.read(backwardsRequest(before, most), most, (item) => items.push(item));
    return items;
  }

  /**
   * The last record of the log, asked past the readers that wait for their turn.
   * @param of whose connection is asked: subscriptions may have another node than the rest
   */
  async end(of: 'readers' | 'subscriptions'): Promise<PlacedItem | undefined> {
    const calls = of === 'readers' ? this.calls : this.following;
    let last: PlacedItem | undefined;
    await this.readNow(calls, backwardsRequest(undefined, 1), 1, (item) => {
      last = item;
    });
    return last;
  }

  /** What comes after a position, and what is to come. Whoever opens it closes it. */
  follow(after: LogPosition | undefined): PulledStream<LogItem> {
    this.refuseClosed();
    const request = followRequest(after, this.settings.prefix);
    return this.opened(this.following, request, (answer) => this.itemOf(answer));
  }

  /** Cuts what is open. `dispose` alone keeps the channels, and misses calls that are still opening. */
  async close(): Promise<void> {
    this.closed = true;
    for (const it of this.open) it.close();
    await Promise.allSettled(this.clients.map((it) => within(disposeWithinMs, () => it.dispose())));
    await Promise.allSettled([this.calls, this.following].map((it) => it.closeChannel()));
  }

  private refuseClosed(): void {
    if (this.closed) throw new StoreUnavailable('the event store is closed');
  }

  private async page(request: streams.ReadReq, most: number): Promise<ReadPage> {
    const events: StoredEvent[] = [];
    let passed: LogPosition | undefined;
    const whole = await this.read(request, most, (item) => {
      passed = item.kind === 'event' ? item.event.position : item.position;
      if (item.kind === 'event') events.push(item.event);
    });
    return { events, whole, passed };
  }

  /** In its turn; one that had to wait too long for it is given up. */
  private read(
    request: streams.ReadReq,
    most: number,
    take: (item: PlacedItem) => void,
  ): Promise<boolean> {
    const asked = performance.now();
    return this.reading(() => {
      if (performance.now() - asked > this.settings.readTimeoutMs) {
        throw new StoreUnavailable('the event store is too slow for all who read');
      }
      return this.readNow(this.calls, request, most, take);
    });
  }

  /** @returns whether the server ended before so many were read */
  private async readNow(
    calls: StreamCalls,
    request: streams.ReadReq,
    most: number,
    take: (item: PlacedItem) => void,
  ): Promise<boolean> {
    this.refuseClosed();
    const stream = this.opened(calls, request, (answer) => this.placedItemOf(answer));
    let [items, bytes] = [0, 0];
    let ended = false;
    try {
      // Read to its end even when all has come: a server minds calls that are cut off in haste.
      while (!ended && bytes < bytesOfPage) {
        for (const item of stream.take()) {
          items += 1;
          take(item);
          if (item.kind === 'event') bytes += item.event.bytes;
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
  }

  private opened<T>(
    calls: StreamCalls,
    request: streams.ReadReq,
    convert: (answer: streams.ReadResp) => T | undefined,
  ): PulledStream<T> {
    const opening = calls.open('read', this.asking, (service, ...how) =>
      service.read(request, ...how),
    );
    const stream = new PulledStream<T>(opening, {
      item: (answer) => convert(answer as streams.ReadResp),
      fault: (fault) => (fault instanceof Error ? convertToCommandError(fault) : fault),
      closed: () => this.open.delete(stream),
    });
    this.open.add(stream);
    return stream;
  }

  private itemOf(answer: streams.ReadResp): LogItem | undefined {
    const marker = answer.getCheckpoint();
    if (marker !== undefined) return { kind: 'passed', position: passedBy(marker) };
    return answer.hasCaughtUp() ? { kind: 'level' } : this.placedItemOf(answer);
  }

  private placedItemOf(answer: streams.ReadResp): PlacedItem | undefined {
    const record = answer.getEvent()?.getEvent();
    if (record === undefined) return undefined;
    const stream = streamOf(record);
    if (this.settings.owns(stream)) return { kind: 'event', event: storedEvent(record, stream) };
    return { kind: 'passed', position: Number(record.getCommitPosition()) };
  }
}

/**
 * The last place that a marker says was looked through. With another prepare position it names the
 * record that comes next; where nothing was found it names the end of all possible logs.
 */
function passedBy(marker: streams.ReadResp.Checkpoint): LogPosition {
  const commit = Number(marker.getCommitPosition());
  if (commit > Number.MAX_SAFE_INTEGER) return -1;
  return commit - (marker.getPreparePosition() === marker.getCommitPosition() ? 0 : 1);
}
