import { afterAll, beforeAll, expect, test } from 'vitest';

import type { Readiness } from '../../src/http/operation/readiness.js';
import { TestClock } from '../identity/running-office.js';
import { startTestApplication, type TestApplication } from '../support/application.js';

const clock = new TestClock();
let it: TestApplication;

beforeAll(async () => {
  it = await startTestApplication('http_clock_skew', clock);
});
afterAll(() => it.close());

const kamakura = {
  opens: 'party',
  acts: [{ type: 'PartyRegistered', data: { kind: 'municipality', name: '鎌倉市' } }],
};

test.each([
  ['進んで', 0.5, 30],
  ['遅れて', -0.5, -30],
])('a clock 30 s off (%s) stops writing, and whoever asks is told', async (way, minutes, off) => {
  clock.passes(minutes);
  const before = await it.head();
  const refused = await it.post('/api/entries', kamakura);
  expect([refused.status, refused.code]).toEqual([503, 'store/clock-skew']);
  expect(refused.body['detail']).toMatch(/サーバーの時計が保存先の時計より(2[5-9]|3[0-5])秒/);
  expect(refused.body['detail']).toContain(way);
  expect(refused.headers.get('retry-after')).toBe('30');
  expect(await it.head()).toBe(before);

  expect((await it.get('/api/parties')).status).toBe(200);
  const health = await it.get<Readiness>('/health/ready');
  expect(health.status).toBe(200);
  expect(health.body).toMatchObject({ status: 'degraded', clock: { state: 'skewed' } });
  expect(Math.abs(health.body.clock.seconds - off)).toBeLessThan(5);
  expect((await it.get('/metrics')).text).toMatch(/^musubi_clock_skew_seconds -?[23]\d/m);

  clock.passes(-minutes);
  expect((await it.post('/api/entries', kamakura)).status).toBe(201);
  const again = await it.get<Readiness>('/health/ready');
  expect(again.body).toMatchObject({ status: 'ready', clock: { state: 'agrees' } });
});
