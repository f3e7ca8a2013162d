import { NO_STREAM, START, streamNameFilter } from '@eventstore/db-client';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';

import { anEvent, append, compareAt, type ComparedServer } from './compared-server.js';
import { EventStoreDbDouble } from './eventstoredb-double.js';

const patience = { timeout: 20_000, interval: 50 };
const total = 4_000;
let double: EventStoreDbDouble;
let server: ComparedServer;

beforeEach(async () => {
  double = await EventStoreDbDouble.start();
  server = compareAt(double.connectionString, () => double.stop());
  const large = () => anEvent(undefined, { text: 'x'.repeat(5_000) });
  for (let at = 0; at < total; at += 100) {
    const revision = at === 0 ? NO_STREAM : BigInt(at - 1);
    await append(server, 's', Array.from({ length: 100 }, large), revision);
  }
});
afterEach(() => server.close());

test.each(['read', 'subscription'] as const)(
  'a %s waits for a client that does not take its events, and then brings them all',
  async (kind) => {
    const events =
      kind === 'read'
        ? server.client.readAll()
        : server.client.subscribeToAll({
            fromPosition: START,
            filter: streamNameFilter({ prefixes: [server.prefix] }),
          });
    await vi.waitFor(() => expect(double.openCalls()).toMatchObject([{ blocked: true }]), patience);
    const [early] = double.openCalls();

    expect(early?.events).toBeLessThan(total / 4);
    let taken = 0;
    for await (const { event } of events) if (event && ++taken === total) break;
    expect(taken).toBe(total);
  },
);

test('a client that goes away while it is waited for leaves no call behind', async () => {
  const reading = server.client.readAll();
  await vi.waitFor(() => expect(double.openCalls()).toMatchObject([{ blocked: true }]), patience);
  await reading.cancel();

  await vi.waitFor(() => expect(double.openCalls()).toEqual([]), patience);
});
