import { afterAll, beforeAll, expect, test } from 'vitest';

import { routeTable } from '../../src/identity/route-table.js';
import { startTestApplication, type TestApplication } from '../support/application.js';

let it: TestApplication;

beforeAll(async () => {
  it = await startTestApplication('http_access_table');
});
afterAll(() => it.close());

test('every route says who may call it, and keeps to it', async () => {
  const table = routeTable(it.server);
  expect(table.length).toBeGreaterThan(80);
  for (const { method, path, access, handler } of table) {
    expect(access, handler).toBeDefined();
    if (access === 'public') continue;
    const url = path.replaceAll(/:\w+/g, 'x');
    const stranger = await it.ask(method, url);
    expect([handler, stranger.code]).toEqual([
      handler,
      expect.stringMatching(/^(?:session\/required|access\/other-site)$/),
    ]);
    if (access === undefined || access === 'signed-in') continue;
    const others = (
      ['registrar', 'approver', 'auditor', 'counter', 'administrator'] as const
    ).filter((role) => !access.includes(role));
    for (const as of others) {
      const denied = await it.ask(method, url, { as });
      expect([handler, as, denied.status, denied.code]).toEqual([
        handler,
        as,
        403,
        'access/denied',
      ]);
    }
  }
  const open = table
    .filter((route) => route.access === 'public')
    .map((route) => `${route.method} ${route.path}`);
  expect(open.toSorted()).toEqual([
    'GET /api/agreements',
    'GET /api/agreements/:id',
    'GET /api/bound',
    'GET /api/fields',
    'GET /api/mutual-use',
    'GET /api/parties',
    'GET /health/live',
    'GET /health/ready',
    'GET /metrics',
    'POST /api/session',
  ]);
});
