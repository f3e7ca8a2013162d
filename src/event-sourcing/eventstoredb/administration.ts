import {
  type AllStreamSubscription,
  BACKWARDS,
  type Credentials,
  END,
  type EventStoreDBClient,
  jsonEvent,
  NO_STREAM,
  START,
  streamNameFilter,
} from '@eventstore/db-client';

import { openClient } from './client-internals.js';
import { collected, patience, typeOf, unavailable } from './administration-reads.js';
import { StoreUnavailable } from '../event-store.js';

/** Who asks the server; undefined asks without signing in. */
export type StoreAccount = Credentials;

/** The newest event of a stream that holds a setting: what it says and where it stands. */
export interface Setting {
  readonly revision: bigint;
  readonly data: unknown;
}

/** What somebody may or may not do with a stream. */
export const storeActs = [
  'append',
  'read',
  'read-all',
  'set-metadata',
  'read-metadata',
  'delete',
  'tombstone',
] as const;
export type StoreAct = (typeof storeActs)[number];

/** Milliseconds for reading which of a register's streams have settings of their own. */
const scanPatience = 600_000;

/**
 * No stream has an event of this number. The server looks at the right before it looks at the number,
 * so an act with it is refused for want of the right or for the number, and changes nothing either way.
 */
const impossible = BigInt(Number.MAX_SAFE_INTEGER);

/**
 * What an administrator does with an EventStoreDB server, apart from its users: settings streams, and
 * who may do what. Nothing here writes an event of a register.
 */
export class StoreAdministration {
  private readonly client: EventStoreDBClient;

  /** @param address connection string without credentials: every call names its account */
  constructor(
    address: string,
    private readonly admin: StoreAccount,
  ) {
    this.client = openClient(address);
  }

  /** @throws StoreUnavailable */
  async setting(stream: string): Promise<Setting | undefined> {
    const options = { direction: BACKWARDS, fromRevision: END, maxCount: 1 } as const;
    const read = () => this.client.readStream(stream, { ...options, credentials: this.admin });
    const [newest] = await collected(read, { missing: [] });
    if (newest?.event === undefined) return undefined;
    return { revision: newest.event.revision, data: newest.event.data };
  }

  /** Puts a new setting after the one that was found. @throws StoreUnavailable */
  async set(stream: string, type: string, data: object, found: Setting | undefined) {
    const event = jsonEvent({ type, data: data as Record<string, unknown> });
    const expectedRevision = found?.revision ?? NO_STREAM;
    const options = { expectedRevision, credentials: this.admin, deadline: patience } as const;
    await this.client.appendToStream(stream, event, options).catch(unavailable);
  }

  /**
   * The streams of a prefix whose metadata says anything: a limit, a truncation or rights of their own,
   * which go before the server's defaults. @throws StoreUnavailable
   */
  async ownSettings(prefix: string): Promise<ReadonlyMap<string, unknown>> {
    const subscription = this.client.subscribeToAll({
      fromPosition: START,
      filter: streamNameFilter({ prefixes: [`$$${prefix}`] }),
      credentials: this.admin,
    });
    const found = new Map<string, unknown>();
    for await (const { stream, data } of untilCaughtUp(subscription)) {
      if (isEmpty(data)) found.delete(stream);
      else found.set(stream, data);
    }
    return found;
  }

  /**
   * Whether the server lets an account do something, without doing it. @throws StoreUnavailable
   * @param account undefined for somebody who is not signed in
   */
  async allows(act: StoreAct, stream: string, account: StoreAccount | undefined): Promise<boolean> {
    try {
      await this.attempt(act, stream, account);
      return true;
    } catch (fault) {
      const type = typeOf(fault);
      if (type === 'access-denied') return false;
      if (type !== undefined && reachedTheData.has(type)) return true;
      return unavailable(fault);
    }
  }

  async close(): Promise<void> {
    await this.client.dispose();
  }

  private async attempt(
    act: StoreAct,
    stream: string,
    account: StoreAccount | undefined,
  ): Promise<unknown> {
    const as = account === undefined ? {} : { credentials: account };
    const harmless = { ...as, expectedRevision: impossible, deadline: patience };
    switch (act) {
      case 'append':
        return this.client.appendToStream(stream, jsonEvent({ type: 'probe', data: {} }), harmless);
      case 'read':
        return collected(() => this.client.readStream(stream, { ...as, maxCount: 1 }));
      case 'read-all':
        return collected(() => this.client.readAll({ ...as, maxCount: 1 }));
      case 'set-metadata':
        return this.client.setStreamMetadata(stream, { maxCount: 1 }, harmless);
      case 'read-metadata':
        return collected(() => this.client.readStream(`$$${stream}`, { ...as, maxCount: 1 }));
      case 'delete':
        return this.client.deleteStream(stream, harmless);
      case 'tombstone':
        return this.client.tombstoneStream(stream, harmless);
    }
  }
}

/** The right was there: what failed is the impossible number, or that there is nothing to read. */
const reachedTheData = new Set(['wrong-expected-version', 'stream-not-found', 'stream-deleted']);

/** A metadata stream is named after its stream, with two more characters in front. */
async function* untilCaughtUp(
  subscription: AllStreamSubscription,
): AsyncGenerator<{ readonly stream: string; readonly data: unknown }> {
  const end = {};
  subscription.once('caughtUp', () => subscription.push(end));
  const timer = setTimeout(() => {
    subscription.destroy(new StoreUnavailable(`not read through within ${scanPatience} ms`));
  }, scanPatience);
  try {
    for await (const it of subscription) {
      if ((it as unknown) === end) return;
      if (it.event !== undefined) yield { stream: it.event.streamId.slice(2), data: it.event.data };
    }
    throw new StoreUnavailable('the server ended the subscription');
  } catch (fault) {
    unavailable(fault);
  } finally {
    clearTimeout(timer);
    await subscription.unsubscribe();
  }
}

function isEmpty(data: unknown): boolean {
  return typeof data !== 'object' || data === null || Object.keys(data).length === 0;
}
