import { randomUUID } from 'node:crypto';

import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import { EventStoreDbDouble } from '../eventstoredb-double/eventstoredb-double.js';
import { startTestApplication, type TestApplication } from '../support/application.js';
import { health, impatient, municipality, timed, until, well } from './on-double.js';

const otherHistory = '503 not-ready, event store other-history';
let double: EventStoreDbDouble;
let running: TestApplication[];

async function register(name: string): Promise<TestApplication> {
  const settings = { eventStoreUrl: double.connectionString, register: name };
  const it = await startTestApplication(`esdb_users_${name}`, undefined, settings, impatient);
  running.push(it);
  return it;
}

beforeEach(async () => {
  double = await EventStoreDbDouble.start();
  running = [];
});
afterEach(async () => {
  for (const it of running) await it.close();
  await double.stop();
});

test('two registers whose names begin alike share a server with others, and see nothing of each other', async () => {
  double.noise(700);
  const main = await register('main');
  double.noise(40);
  const other = await register('main-agreement');
  const entered = { main: [] as string[], other: [] as string[] };
  for (let at = 0; at < 15; at += 1) {
    double.noise(at * 7, at % 2 === 0 ? '$stats' : 'musubi-mainly');
    entered.main.push((await main.enter(municipality(`主${at}`))).events[0] ?? '');
    entered.other.push((await other.enter(municipality(`副${at}`))).events[0] ?? '');
  }
  for (const [it, ids] of [
    [main, entered.main],
    [other, entered.other],
  ] as const) {
    const seen: string[] = [];
    const numbers: number[] = [];
    for await (const { id, n } of it.surroundings.store.readAll(null)) {
      seen.push(id);
      numbers.push(n);
    }
    expect(seen.slice(-15)).toEqual(ids);
    expect(numbers).toEqual(numbers.map((_, place) => place));
    expect(await it.head()).toBe(15);
    await until(() => health(it), well);
  }
}, 60_000);

test('a body that is no JSON gets a number, but is given out to nobody', async () => {
  const it = await register('main');
  const { id } = await it.enter(municipality('鎌倉市'));
  const metadata = JSON.stringify({ recordedAt: new Date().toISOString() });
  double.cluster.log.append(`musubi-main-party-${id}`, 'any', [
    {
      id: randomUUID(),
      type: 'PartyRenamed',
      contentType: 'application/json',
      data: Buffer.from('{"half":'),
      metadata: Buffer.from(metadata),
    },
  ]);
  await until(() => it.head(), 2);
  const { store } = it.surroundings;
  const reading = async () => {
    for await (const event of store.readAll(null)) expect(event.n).toBeLessThan(2);
  };
  await expect(reading()).rejects.toThrow('it is not canonical');
}, 60_000);

describe('an event in a stream of the register that no register wrote', () => {
  const foreign = {
    'has no time of recording': { metadata: '' },
    'has no metadata that can be read': { metadata: '{"recordedAt":' },
    'has a time that is none': { metadata: '{"recordedAt":"gestern"}' },
    'is no JSON': { contentType: 'application/octet-stream', data: '\u0000\u0001' },
  } as const;

  test.each(Object.entries(foreign))(
    'and that %s stops writing, and health says so',
    async (_, made) => {
      const it = await register('main');
      const { id } = await it.enter(municipality('鎌倉市'));
      const recordedAt = new Date().toISOString();
      const event = {
        type: 'PartyRenamed',
        contentType: 'application/json',
        data: '{}',
        metadata: JSON.stringify({ recordedAt }),
        ...made,
        id: randomUUID(),
      };
      double.cluster.log.append(`musubi-main-party-${id}`, 'any', [
        { ...event, data: Buffer.from(event.data), metadata: Buffer.from(event.metadata) },
      ]);
      await until(() => health(it), otherHistory);
      const events = double.log.length;
      for (let tries = 0; tries < 5; tries += 1) {
        const refused = await timed(it, municipality('逗子市'));
        expect([refused.status, refused.code]).toEqual([503, 'store/other-history']);
        expect(await health(it)).toBe(otherHistory);
      }
      expect(double.log).toHaveLength(events);
      expect((await it.get('/api/parties', { as: 'auditor' })).status).toBe(200);
      await expect(it.another()).rejects.toThrow('was not written by a register');
    },
  );
});
