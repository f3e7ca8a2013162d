import { randomUUID } from 'node:crypto';

import {
  EventStoreDBClient,
  jsonEvent,
  streamNameFilter,
  type AllStreamRecordedEvent,
  type AppendToStreamOptions,
  type EventData,
  type JSONEventType,
  type SubscribeToAllOptions,
} from '@eventstore/db-client';

/** A server under comparison, with streams that only this test writes to. */
export interface ComparedServer {
  readonly client: EventStoreDBClient;
  /** Begins the names of this test's streams. */
  readonly prefix: string;
  readonly credentials: { readonly username: string; readonly password: string };
  close(): Promise<void>;
}

export type OpenServer = () => Promise<ComparedServer>;

/** The user in the connection string, or the one that an insecure server takes from anybody. */
export function compareAt(connectionString: string, close = async () => {}): ComparedServer {
  const { username, password } = new URL(connectionString);
  const client = EventStoreDBClient.connectionString(connectionString);
  return {
    client,
    prefix: `compared-${randomUUID().slice(0, 8)}-`,
    credentials: username ? { username, password } : { username: 'admin', password: 'changeit' },
    close: async () => {
      await client.dispose();
      await close();
    },
  };
}

export type AppendPath = 'unary' | 'batch';

/** Credentials with the call are what makes the client take the unary path. */
export function append(
  server: ComparedServer,
  stream: string,
  events: EventData[],
  expectedRevision: NonNullable<AppendToStreamOptions['expectedRevision']>,
  path: AppendPath = 'unary',
) {
  const options = path === 'unary' ? { credentials: server.credentials } : {};
  return server.client.appendToStream(server.prefix + stream, events, {
    expectedRevision,
    ...options,
  });
}

export function anEvent(id: string = randomUUID(), data: JSONEventType['data'] = { 件: 1 }) {
  return jsonEvent({ id, type: 'ReviewHeld', data, metadata: { by: 'somebody' } });
}

export function someEvents(count: number) {
  return Array.from({ length: count }, () => anEvent());
}

/** A read's events as `stream@revision`, without the prefix. */
export async function named(
  server: ComparedServer,
  read: AsyncIterable<{ event?: { streamId: string; revision: bigint } }>,
): Promise<string[]> {
  const names: string[] = [];
  for await (const { event } of read) if (event) names.push(nameOf(server, event));
  return names;
}

export async function recorded(server: ComparedServer, stream: string) {
  const events: AllStreamRecordedEvent[] = [];
  for await (const { event } of server.client.readStream(server.prefix + stream))
    if (event?.position) events.push(event as unknown as AllStreamRecordedEvent);
  return events;
}

export interface Observed {
  /** `confirmed`, `caught up`, `mark <commit>`, `stream@revision`, `error <type>`, in their order. */
  readonly seen: string[];
  readonly stop: () => Promise<void>;
}

/** Runs a filtered subscription to `$all` and notes what comes. */
export function observe(
  server: ComparedServer,
  fromPosition: NonNullable<SubscribeToAllOptions['fromPosition']>,
  filter: { prefix?: string; regex?: string; window?: number; interval?: number } = {},
): Observed {
  const seen: string[] = [];
  const common = {
    checkpointInterval: filter.interval ?? 1,
    ...(filter.window === undefined ? {} : { maxSearchWindow: filter.window }),
    checkpointReached: (_: unknown, { commit }: { commit: bigint }) => {
      subscription.push({ note: `mark ${commit}` });
    },
  };
  const subscription = server.client.subscribeToAll({
    fromPosition,
    filter:
      filter.regex === undefined
        ? streamNameFilter({ prefixes: [server.prefix + (filter.prefix ?? '')], ...common })
        : streamNameFilter({ regex: filter.regex, ...common }),
  });
  subscription.on('confirmation', () => subscription.push({ note: 'confirmed' }));
  subscription.on('caughtUp', () => subscription.push({ note: 'caught up' }));
  subscription.on('error', (fault) => seen.push(`error ${Reflect.get(fault, 'code')}`));
  subscription.on('data', (item: { note?: string; event?: AllStreamRecordedEvent }) =>
    seen.push(item.event ? nameOf(server, item.event) : String(item.note)),
  );
  return { seen, stop: () => subscription.unsubscribe() };
}

function nameOf(server: ComparedServer, event: { streamId: string; revision: bigint }): string {
  return `${event.streamId.replace(server.prefix, '')}@${event.revision}`;
}
