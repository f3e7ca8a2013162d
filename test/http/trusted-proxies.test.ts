import { afterEach, expect, test } from 'vitest';

import { startTestApplication, type TestApplication } from '../support/application.js';

let it: TestApplication;
afterEach(() => it.close());

/** How many of eight wrong passwords, each from an address of its own as a proxy says, are looked at. */
async function lookedAt(): Promise<number> {
  let count = 0;
  for (let i = 0; i < 8; i += 1) {
    const headers = { 'content-type': 'application/json', 'x-forwarded-for': `192.0.2.${i}` };
    const body = JSON.stringify({ login: 'registrar', password: 'wrong' });
    const { code } = await it.ask('POST', '/api/session', { headers }, body);
    if (code === 'session/wrong-credentials') count += 1;
    else expect(code).toBe('session/throttled');
  }
  return count;
}

test('a client cannot choose its address', async () => {
  it = await startTestApplication('http_no_proxy');
  expect(await lookedAt()).toBe(5);
});

test('behind a load balancer that is trusted each client has an address of its own', async () => {
  it = await startTestApplication('http_proxy', undefined, { trustedProxies: ['127.0.0.1'] });
  expect(await lookedAt()).toBe(8);
});
