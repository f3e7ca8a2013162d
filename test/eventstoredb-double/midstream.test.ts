import { NO_STREAM, START } from '@eventstore/db-client';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';

import {
  append,
  compareAt,
  named,
  observe,
  someEvents,
  type ComparedServer,
} from './compared-server.js';
import { EventStoreDbDouble } from './eventstoredb-double.js';

const patience = { timeout: 10_000, interval: 20 };
let double: EventStoreDbDouble;
let server: ComparedServer;

beforeEach(async () => {
  double = await EventStoreDbDouble.start();
  server = compareAt(double.connectionString, () => double.stop());
  await append(server, 's', someEvents(10), NO_STREAM);
});
afterEach(async () => {
  double.faults.clear();
  await server.close();
});

const readAll = () => named(server, server.client.readAll({ fromPosition: START }));

describe('a read', () => {
  test('can become unavailable after so many events', async () => {
    double.faults.failAfter(4, { calls: ['read'], times: 1 });

    await expect(readAll()).rejects.toMatchObject({ type: 'unavailable' });
    expect(await readAll()).toHaveLength(10);
  });

  test('can end early as if that were all', async () => {
    double.faults.endAfter(4, { times: 1 });

    expect(await readAll()).toEqual(['s@0', 's@1', 's@2', 's@3']);
    expect(await readAll()).toHaveLength(10);
  });

  test('can have its line cut', async () => {
    double.faults.cutAfter(4, { times: 1 });

    await expect(readAll()).rejects.toMatchObject({ type: 'unavailable' });
  });

  test('can fall silent, and goes on when the fault is cleared', async () => {
    double.faults.silentAfter(4, { times: 1 });
    const reading = readAll();
    await vi.waitFor(() => expect(double.openCalls()).toMatchObject([{ events: 4 }]), patience);
    double.faults.clear();

    expect(await reading).toHaveLength(10);
  });
});

describe('a subscription', () => {
  const events = (seen: readonly string[]) => seen.filter((it) => it.includes('@'));

  test('can become unavailable after so many events', async () => {
    double.faults.failAfter(4, { calls: ['subscription'], times: 1 });
    const { seen } = observe(server, START, { prefix: 's' });

    await vi.waitFor(() => expect(seen).toContain('error 14'), patience);
    expect(events(seen).length).toBeLessThanOrEqual(4);
    expect(double.openCalls()).toEqual([]);
  });

  test('can end without an error before it caught up', async () => {
    double.faults.endAfter(0, { calls: ['subscription'], times: 1 });
    const subscription = server.client.subscribeToAll();
    const ended = vi.fn<() => void>();
    subscription.on('end', ended).resume();

    await vi.waitFor(() => expect(ended).toHaveBeenCalled(), patience);
  });

  test('can be cut', async () => {
    const { seen } = observe(server, START, { prefix: 's' });
    await vi.waitFor(() => expect(seen).toContain('caught up'), patience);
    double.cutConnections();

    await vi.waitFor(() => expect(seen).toContain('error 14'), patience);
    expect(double.openCalls()).toEqual([]);
  });

  test('leaves no call behind when its client unsubscribes', async () => {
    const { seen, stop } = observe(server, START, { prefix: 's' });
    await vi.waitFor(() => expect(seen).toContain('caught up'), patience);
    expect(double.openCalls()).toMatchObject([{ kind: 'subscription', about: '$all', events: 10 }]);
    await stop();

    await vi.waitFor(() => expect(double.openCalls()).toEqual([]), patience);
  });
});
