import { BACKWARDS, END, NO_STREAM } from '@eventstore/db-client';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';

import {
  append,
  compareAt,
  named,
  observe,
  recorded,
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
  await append(server, 's', someEvents(6), NO_STREAM);
});
afterEach(() => server.close());

test('a restored server has the older events alone, and its connections are gone', async () => {
  const { seen } = observe(server, END);
  await vi.waitFor(() => expect(seen).toContain('caught up'), patience);
  double.restoreTo(4);

  await vi.waitFor(() => expect(seen).toContain('error 14'), patience);
  expect(await recorded(server, 's')).toHaveLength(4);
  const head = server.client.readAll({ direction: BACKWARDS, fromPosition: END, maxCount: 1 });
  expect(await named(server, head)).toEqual(['s@3']);
});

test('a position that it has lost gives nothing, and is refused once others write there', async () => {
  const lost = (await recorded(server, 's'))[5]?.position ?? { commit: 0n, prepare: 0n };
  double.restoreTo(4);
  await vi.waitFor(async () => expect(await recorded(server, 's')).toHaveLength(4), patience);
  const after = () => named(server, server.client.readAll({ fromPosition: lost }));
  expect(await after()).toEqual([]);
  const { seen } = observe(server, lost);
  await vi.waitFor(() => expect(seen).toContain('caught up'), patience);
  await append(server, 'other', someEvents(1), NO_STREAM);

  await expect(after()).rejects.toMatchObject({ code: 2 });
  expect(seen).toEqual(['confirmed', 'caught up']);
});

test('the appends that it has lost can be made again', async () => {
  const events = someEvents(1);
  await append(server, 's', events, 5n);
  double.restoreTo(6);
  await vi.waitFor(async () => expect(await recorded(server, 's')).toHaveLength(6), patience);

  expect(await append(server, 's', events, 5n)).toMatchObject({ nextExpectedRevision: 6n });
  expect(double.log).toHaveLength(7);
});
