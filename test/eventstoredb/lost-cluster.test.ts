import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';

import { afterEach, expect, test } from 'vitest';

import { openClient, StreamCalls } from '../../src/event-sourcing/eventstoredb/client-internals.js';
import { followRequest } from '../../src/event-sourcing/eventstoredb/read-request.js';
import { EventStoreDbDouble } from '../eventstoredb-double/eventstoredb-double.js';
import { unavailable } from '../eventstoredb-double/statuses.js';

const doubles: EventStoreDbDouble[] = [];
afterEach(async () => {
  for (const it of doubles.splice(0)) await it.stop();
});

function put({ cluster }: EventStoreDbDouble): void {
  cluster.log.append('some-stream', 'any', [
    {
      id: randomUUID(),
      type: 'Noise',
      contentType: 'application/json',
      data: Buffer.from('{}'),
      metadata: Buffer.from('{}'),
    },
  ]);
}

test('a cluster that goes away while two calls are open does not end the process', async () => {
  const leader = await EventStoreDbDouble.start();
  const follower = await EventStoreDbDouble.start({ follows: leader });
  doubles.push(follower, leader);
  const hosts = [leader, follower].map(({ port }) => `127.0.0.1:${port}`).join();
  const client = openClient(
    `esdb://${hosts}?tls=false&maxDiscoverAttempts=5&discoveryInterval=100`,
  );
  const calls = new StreamCalls(client);
  const follow = () =>
    calls.open('read', {}, (service, ...how) =>
      service.read(followRequest(undefined, 'some-'), ...how),
    );
  const rejected: unknown[] = [];
  const hear = (fault: unknown) => rejected.push(fault);
  process.on('unhandledRejection', hear);
  const failed: string[] = [];
  for (const [name, events] of [
    ['first', 1],
    ['second', 2],
  ] as const) {
    for (const it of [leader, follower]) {
      it.faults.failAfter(events, { calls: ['subscription'], times: 1 });
    }
    const call = await follow();
    call.on('error', () => failed.push(name));
    call.resume();
    await pause(200);
    for (const it of [leader, follower]) it.faults.clear();
  }
  for (const it of [leader, follower]) it.faults.refuse(unavailable(), { calls: ['gossip'] });
  put(leader);
  await expect.poll(() => failed, { timeout: 10_000 }).toEqual(['first']);
  // The client looks for a node now and finds none; the other call fails meanwhile.
  const looking = expect(follow()).rejects.toThrow('Failed to discover');
  await pause(100);
  put(leader);
  await expect.poll(() => failed, { timeout: 10_000 }).toEqual(['first', 'second']);
  await looking;
  await pause(300);
  process.off('unhandledRejection', hear);
  expect(rejected).toEqual([]);
  await client.dispose();
}, 30_000);
