import { status } from '@grpc/grpc-js';
import { ANY, NO_STREAM } from '@eventstore/db-client';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';

import { anEvent, append, compareAt, someEvents, type ComparedServer } from './compared-server.js';
import { EventStoreDbDouble } from './eventstoredb-double.js';
import { Faults } from './faults.js';
import { statusOf } from './statuses.js';

let double: EventStoreDbDouble;
let server: ComparedServer;

beforeEach(async () => {
  double = await EventStoreDbDouble.start();
  server = compareAt(double.connectionString, () => double.stop());
});
afterEach(() => server.close());

function appendWithin(deadline: number, events = [anEvent()]) {
  return server.client.appendToStream('s', events, {
    expectedRevision: NO_STREAM,
    credentials: server.credentials,
    deadline,
  });
}

test('a late reply comes after the deadline of an append that is committed', async () => {
  const events = [anEvent()];
  double.faults.replyLate(60_000, 1);

  await expect(appendWithin(2_000, events)).rejects.toMatchObject({ type: 'deadline-exceeded' });
  expect(double.log).toHaveLength(1);
  expect(await appendWithin(10_000, events)).toMatchObject({ nextExpectedRevision: 0n });
  expect(double.log).toHaveLength(1);
});

test('a reply that is late within the deadline still comes', async () => {
  double.faults.replyLate(50, 1);

  expect(await appendWithin(20_000)).toMatchObject({ success: true });
});

test.each([
  ['unavailable', 'unavailable'],
  ['cancelled', 'cancelled'],
  ['cut', 'unavailable'],
] as const)('an acknowledgement lost as %s leaves the append committed', async (how, type) => {
  const events = [anEvent()];
  double.faults.loseReply(how, 1);

  await expect(appendWithin(20_000, events)).rejects.toMatchObject({ type });
  expect(double.log).toHaveLength(1);
  expect(await appendWithin(20_000, events)).toMatchObject({ nextExpectedRevision: 0n });
  expect(double.log).toHaveLength(1);
});

test('a refusal before the commit leaves nothing, and only for so many calls', async () => {
  const exhausted = statusOf(status.RESOURCE_EXHAUSTED, 'too much');
  double.faults.refuse(exhausted, { calls: ['append'], times: 2 });

  await expect(appendWithin(20_000)).rejects.toMatchObject({ code: status.RESOURCE_EXHAUSTED });
  await expect(appendWithin(20_000)).rejects.toMatchObject({ code: status.RESOURCE_EXHAUSTED });
  expect(double.log).toEqual([]);
  expect(await appendWithin(20_000)).toMatchObject({ success: true });
});

test.each(['unary', 'batch'] as const)('denied access is named on the %s path', async (path) => {
  double.faults.denyAccess({ calls: ['append'] });

  const denied = append(server, 's', [anEvent()], ANY, path);
  await expect(denied).rejects.toMatchObject({ type: 'access-denied' });
  double.faults.clear();
  expect(await append(server, 's', [anEvent()], ANY, path)).toMatchObject({ success: true });
});

test('a slow commit lets later appends overtake', async () => {
  double.faults.slowCommits({ ms: 3_000, probability: 1, seed: 7 });
  const slow = append(server, 'slow', [anEvent()], NO_STREAM);
  await vi.waitFor(() => expect(double.faults.struck).toBe(1), { timeout: 10_000 });
  double.faults.clear();
  await append(server, 'fast', [anEvent()], NO_STREAM);
  await slow;

  expect(double.log.map(({ stream }) => stream.slice(-4))).toEqual(['fast', 'slow']);
});

test('the same seed makes the same commits slow', async () => {
  const slowOnes = async () => {
    const faults = new Faults();
    faults.slowCommits({ ms: 60_000, probability: 0.5, seed: 7 });
    const admitted: number[] = [];
    for (let call = 0; call < 40; call++)
      void faults.admit('append').then(() => admitted.push(call));
    await new Promise((resolve) => setTimeout(resolve, 50));
    return admitted;
  };
  const first = await slowOnes();

  expect(first.length).toBeGreaterThan(5);
  expect(first.length).toBeLessThan(35);
  expect(await slowOnes()).toEqual(first);
});

test('a batch of pipelined appends is committed in the order it was sent', async () => {
  await append(server, 'p', [anEvent()], NO_STREAM, 'batch');
  await Promise.all(
    Array.from({ length: 200 }, (_, place) =>
      append(server, 'p', someEvents(1), BigInt(place), 'batch'),
    ),
  );

  expect(double.log).toHaveLength(201);
});
