import { randomUUID } from 'node:crypto';

import { afterEach, beforeEach, expect, test } from 'vitest';

import { EventStoreDbDouble } from '../eventstoredb-double/eventstoredb-double.js';
import { startTestApplication } from '../support/application.js';
import {
  health,
  impatient,
  municipality,
  type OnDouble,
  timed,
  times,
  unlikeLedgers,
  until,
  well,
  withoutStore,
} from './on-double.js';

let on: OnDouble;
let second: EventStoreDbDouble;

beforeEach(async () => {
  const double = await EventStoreDbDouble.start();
  second = await EventStoreDbDouble.start({ follows: double });
  const hosts = [double, second].map(({ host, port }) => `${host}:${port}`).join(',');
  const settings = { eventStoreUrl: `esdb://${hosts}?tls=false` };
  const it = await startTestApplication('esdb_leadership', undefined, settings, impatient);
  const close = async () => {
    await it.close();
    await double.stop();
    await second.stop();
  };
  on = { it, double, close };
});
afterEach(() => on.close());

async function registered(name: string): Promise<void> {
  const { it, double } = on;
  const key = randomUUID();
  const entered = await timed(it, municipality(name), { key });
  console.log(`${name}: ${entered.status} after ${entered.seconds.toFixed(2)} s`);
  expect([entered.status, times(double, entered.body.events[0])]).toEqual([201, 1]);
  const repeated = await timed(it, municipality(name), { key });
  expect([repeated.status, repeated.body]).toEqual([200, { ...entered.body, repeated: true }]);
}

test('a node that no longer leads sends commands on to the one that does', async () => {
  await registered('鎌倉市');
  second.lead();
  await registered('逗子市');
  await until(() => health(on.it), well);
  on.double.lead();
  await registered('葉山町');
  await until(() => health(on.it), well);
  expect(await unlikeLedgers(on)).toEqual([]);
});

test('a leader that dies is followed by another, and comes back as one that follows', async () => {
  const { it, double } = on;
  await registered('鎌倉市');
  await double.stop();
  await until(() => health(it), withoutStore);
  const refused = await timed(it, municipality('藤沢市'));
  console.log(`without a leader: ${refused.code} after ${refused.seconds.toFixed(2)} s`);
  expect([refused.status, refused.code]).toEqual([503, 'store/unavailable']);
  expect(refused.seconds).toBeLessThan(10);
  second.lead();
  await until(() => health(it), well);
  await registered('逗子市');
  await double.start();
  await registered('葉山町');
  expect(await unlikeLedgers(on)).toEqual([]);
});
