import { afterAll, beforeAll, expect, test } from 'vitest';

import type { Readiness } from '../../src/http/operation/readiness.js';
import { EventStoreDbDouble } from '../eventstoredb-double/eventstoredb-double.js';
import { TestClock } from '../identity/running-office.js';
import { startTestApplication, type TestApplication } from '../support/application.js';
import { impatient, municipality, timed } from './on-double.js';

const clock = new TestClock();
let double: EventStoreDbDouble;
let it: TestApplication;

beforeAll(async () => {
  double = await EventStoreDbDouble.start();
  const settings = { eventStoreUrl: double.connectionString };
  it = await startTestApplication('esdb_wrong_clock', clock, settings, impatient);
});
afterAll(async () => {
  await it.close();
  await double.stop();
});

test.each([
  ['進んで', 0.5],
  ['遅れて', -0.5],
])(
  'a process whose clock is 30 s off (%s) refuses to write, says so, and answers',
  async (way, minutes) => {
    clock.passes(minutes);
    const events = double.log.length;
    const refused = await timed(it, municipality('鎌倉市'));
    expect([refused.status, refused.code]).toEqual([503, 'store/clock-skew']);
    expect(refused.text).toContain(`30秒${way}`);
    expect(double.log).toHaveLength(events);
    const { status, body } = await it.get<Readiness>('/health/ready');
    expect(status).toBe(200);
    expect(body).toMatchObject({
      status: 'degraded',
      eventStore: 'up',
      clock: { state: 'skewed' },
    });
    expect((await it.get('/api/parties', { as: 'auditor' })).status).toBe(200);

    clock.passes(-minutes);
    expect((await timed(it, municipality('鎌倉市'))).status).toBe(201);
    expect((await it.get<Readiness>('/health/ready')).body).toMatchObject({ status: 'ready' });
  },
);
