import {
  EventStoreDBClient,
  type JSONEventData,
  jsonEvent,
  NO_STREAM,
  streamNameFilter,
} from '@eventstore/db-client';

import { within } from '../../src/within.js';
import type { NewEvent } from '../../src/event-sourcing/event-store.js';
import { StreamCalls } from '../../src/event-sourcing/eventstoredb/client-internals.js';

/** Any credentials with the call lead to the unary path, as the adapter takes it. */
const credentials = { username: 'musubi', password: 'musubi' };
const asUser = { credentials, requiresLeader: true } as const;

/** The client alone, with a connection of its own, doing the adapter's calls as fast as it can. */
export class BareEventStoreDb {
  private readonly client: EventStoreDBClient;

  constructor(connectionString: string) {
    const other = connectionString.includes('?') ? '&' : '?';
    // Equal settings share one connection.
    this.client = EventStoreDBClient.connectionString(
      `${connectionString}${other}keepAliveInterval=10002`,
    );
  }

  /** One append by the unary path, acknowledged when it resolves. */
  async append(
    stream: string,
    expectedRevision: number,
    events: readonly JSONEventData[],
  ): Promise<void> {
    await this.client.appendToStream(stream, [...events], {
      expectedRevision: expectedRevision < 0 ? NO_STREAM : BigInt(expectedRevision),
      deadline: 5_000,
      ...asUser,
    });
  }

  /** One append by the client's batch path, which stores appends in the order in which they are called. */
  async appendBatched(
    stream: string,
    expectedRevision: number,
    event: JSONEventData,
  ): Promise<void> {
    await this.client.appendToStream(stream, event, {
      expectedRevision: expectedRevision < 0 ? NO_STREAM : BigInt(expectedRevision),
      deadline: 600_000,
    });
  }

  /** Reads the log from a position on until so many events of these streams have come. */
  async read(position: bigint, prefix: string, count: number): Promise<number> {
    const fromPosition = { commit: position, prepare: position };
    const events = this.client.readAll({ fromPosition, ...asUser });
    let read = 0;
    for await (const { event } of events) {
      if (event?.streamId.startsWith(prefix) !== true || event.data === null) continue;
      read += 1;
      if (read === count) break;
    }
    await events.cancel();
    return read;
  }

  /** Follows the streams of a prefix from the start until so many events have come. */
  async follow(prefix: string, count: number): Promise<number> {
    const filter = streamNameFilter({ prefixes: [prefix], checkpointInterval: 8 });
    const events = this.client.subscribeToAll({ filter, ...asUser });
    let read = 0;
    for await (const { event } of events) {
      if (event?.data !== null) read += 1;
      if (read === count) break;
    }
    await events.unsubscribe();
    return read;
  }

  async close(): Promise<void> {
    // It waits for the end of a reading that nobody read to its end, for ever.
    await within(1_000, () => this.client.dispose()).catch(() => undefined);
    await new StreamCalls(this.client).closeChannel();
  }
}

/** An event as the client takes it: the same bytes as the adapter stores. */
export function bareEvent({ id, type, recordedAt, body }: NewEvent): JSONEventData {
  const data = JSON.parse(body) as Record<string, unknown>;
  return jsonEvent({ id, type, data, metadata: { recordedAt } });
}
