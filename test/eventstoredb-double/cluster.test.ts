import { EventStoreDBClient, NO_STREAM, type Credentials } from '@eventstore/db-client';
import { afterEach, beforeEach, expect, test } from 'vitest';

import { anEvent, compareAt, named } from './compared-server.js';
import { EventStoreDbDouble } from './eventstoredb-double.js';

const credentials: Credentials = { username: 'admin', password: 'changeit' };
let leader: EventStoreDbDouble;
let followers: EventStoreDbDouble[];
const clients: EventStoreDBClient[] = [];

beforeEach(async () => {
  leader = await EventStoreDbDouble.start();
  followers = [
    await EventStoreDbDouble.start({ follows: leader }),
    await EventStoreDbDouble.start({ follows: leader }),
  ];
});
afterEach(async () => {
  for (const client of clients.splice(0)) await client.dispose();
  for (const double of [leader, ...followers]) await double.stop();
});

function connect(connectionString: string): EventStoreDBClient {
  const client = EventStoreDBClient.connectionString(connectionString);
  clients.push(client);
  return client;
}

const appendTo = (client: EventStoreDBClient, requiresLeader = false) =>
  client.appendToStream('s', anEvent(), { credentials, requiresLeader });

test('several hosts lead to the leader, and after its end to the next', async () => {
  const [second] = followers;
  const hosts = [leader, ...followers].map(({ host, port }) => `${host}:${port}`).join(',');
  const client = connect(`esdb://${hosts}?tls=false&nodePreference=leader`);

  expect(await appendTo(client, true)).toMatchObject({ nextExpectedRevision: 0n });
  await leader.stop();
  second?.lead();
  await expect(appendTo(client, true)).rejects.toMatchObject({ type: 'unavailable' });
  expect(await appendTo(client, true)).toMatchObject({ nextExpectedRevision: 1n });
});

test('discovery through one of the nodes finds the leader', async () => {
  const client = connect(`esdb+discover://127.0.0.1:${followers[1]?.port}?tls=false`);

  expect(await appendTo(client, true)).toMatchObject({ success: true });
});

test('a follower hands an append on, and sends those who want the leader to it', async () => {
  const client = connect(followers[0]?.connectionString ?? '');

  expect(await appendTo(client)).toMatchObject({ success: true });
  await expect(appendTo(client, true)).rejects.toMatchObject({
    type: 'not-leader',
    leader: { address: leader.host, port: leader.port },
  });
  expect(await appendTo(client, true)).toMatchObject({ success: true });
  expect(leader.log).toHaveLength(2);
});

test('a subscription that wants the leader is refused on a follower for the past alone', async () => {
  const client = connect(followers[0]?.connectionString ?? '');
  await appendTo(client);
  const ended = (fromPosition: 'start' | 'end') =>
    new Promise((resolve) => {
      const subscription = client.subscribeToAll({ fromPosition, requiresLeader: true });
      subscription.on('error', (fault) => resolve(Reflect.get(fault, 'type')));
      subscription.on('caughtUp', () => resolve('caught up')).resume();
    });

  expect(await ended('end')).toBe('caught up');
  expect(await ended('start')).toBe('not-leader');
});

test('a follower whose leader is gone reads, and hands appends on in vain', async () => {
  const client = connect(followers[0]?.connectionString ?? '');
  await appendTo(client);
  await leader.stop();

  await expect(appendTo(client)).rejects.toMatchObject({ type: 'timeout', code: 10 });
  await expect(client.appendToStream('s', anEvent())).rejects.toMatchObject({
    type: 'deadline-exceeded',
  });
  expect(leader.log).toHaveLength(1);
  const reader = compareAt(followers[0]?.connectionString ?? '');
  expect(await named(reader, reader.client.readStream('s'))).toEqual(['s@0']);
  await reader.close();
  await expect(appendTo(client, true)).rejects.toMatchObject({
    type: 'not-leader',
    leader: { port: leader.port },
  });
});

test('a node can point elsewhere for one call', async () => {
  const client = connect(leader.connectionString);
  leader.pointTo({ host: '127.0.0.1', port: followers[0]?.port ?? 0 }, { times: 1 });

  await expect(appendTo(client)).rejects.toMatchObject({ type: 'not-leader' });
  expect(await appendTo(client)).toMatchObject({ success: true });
});

test('every node gives what any of them was told', async () => {
  await appendTo(connect(leader.connectionString));
  const reader = compareAt(followers[1]?.connectionString ?? '');

  expect(await named(reader, reader.client.readStream('s'))).toEqual(['s@0']);
  await reader.close();
});

test('a log of its own belongs to a double that follows nobody', async () => {
  const alone = await EventStoreDbDouble.start();
  const client = connect(alone.connectionString);
  await client.appendToStream('x', anEvent(), { credentials, expectedRevision: NO_STREAM });

  expect(leader.log).toEqual([]);
  expect(alone.log.map(({ stream }) => stream)).toEqual(['x']);
  await alone.stop();
});
