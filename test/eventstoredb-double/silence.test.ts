import { EventStoreDBClient, NO_STREAM, START } from '@eventstore/db-client';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';

import {
  anEvent,
  append,
  compareAt,
  observe,
  someEvents,
  type ComparedServer,
} from './compared-server.js';
import { EventStoreDbDouble } from './eventstoredb-double.js';

const patience = { timeout: 20_000, interval: 20 };
const quickPings = '&keepAliveInterval=1000&keepAliveTimeout=2000';
let double: EventStoreDbDouble;
let server: ComparedServer;

beforeEach(async () => {
  vi.spyOn(console, 'warn').mockImplementation(() => {});
  double = await EventStoreDbDouble.start();
  server = compareAt(double.connectionString + quickPings, () => double.stop());
  await append(server, 's', someEvents(3), NO_STREAM);
});
afterEach(async () => {
  vi.restoreAllMocks();
  double.thaw();
  await server.close();
});

const appendWithin = (deadline: number) =>
  server.client.appendToStream('t', anEvent(), { credentials: server.credentials, deadline });

test('a silent server never answers, commits nothing, and keeps its other calls', async () => {
  const { seen, stop } = observe(server, START);
  await vi.waitFor(() => expect(seen).toContain('caught up'), patience);
  double.faults.silent({ calls: ['append'], times: 1 });

  await expect(appendWithin(300)).rejects.toMatchObject({ type: 'deadline-exceeded' });
  expect(double.log).toHaveLength(3);
  await append(server, 's', someEvents(1), 2n);
  await vi.waitFor(() => expect(seen).toContain('s@3'), patience);
  await stop();
});

test('a hushed server answers pings and nothing else until it is cleared', async () => {
  const { seen, stop } = observe(server, START);
  await vi.waitFor(() => expect(seen).toContain('caught up'), patience);
  double.faults.hush();
  double.noise(1, `${server.prefix}s`);
  await new Promise((resolve) => setTimeout(resolve, 4_000));

  expect(seen.at(-1)).toBe('caught up');
  double.faults.clear();
  await vi.waitFor(() => expect(seen).toContain('s@3'), patience);
  await stop();
});

test('a frozen server takes connections but not even pings are answered', async () => {
  const { seen } = observe(server, START);
  await vi.waitFor(() => expect(seen).toContain('caught up'), patience);
  double.freeze();
  const other = EventStoreDBClient.connectionString(`${double.connectionString}${quickPings}&x=1`);
  const connected = other.appendToStream('u', anEvent(), {
    credentials: server.credentials,
    deadline: 500,
  });

  await expect(connected).rejects.toMatchObject({ type: 'deadline-exceeded' });
  await vi.waitFor(() => expect(seen).toContain('error 14'), patience);
  double.thaw();
  expect(await appendWithin(20_000)).toMatchObject({ success: true });
  await other.dispose();
});

test('the health page answers over HTTP/1.1 while the server lives', async () => {
  const page = `http://127.0.0.1:${double.port}/health/live`;

  expect((await fetch(page)).status).toBe(204);
  await double.stop();
  await expect(fetch(page)).rejects.toThrow('fetch failed');
});

test('a server that was stopped comes back at its address with its log', async () => {
  await double.stop();
  await expect(appendWithin(20_000)).rejects.toMatchObject({ type: 'unavailable' });
  await double.start();

  expect(await appendWithin(20_000)).toMatchObject({ success: true });
  expect(double.log).toHaveLength(4);
});
