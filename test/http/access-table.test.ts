import { afterAll, beforeAll, expect, test } from 'vitest';

import { routeTable } from '../../src/identity/route-table.js';
import { startTestApplication, type TestApplication } from '../support/application.js';

let it: TestApplication;

beforeAll(async () => {
  it = await startTestApplication('http_access_table');
});
afterAll(() => it.close());

test('every door is the one that its callers need: nothing is open by oversight', () => {
  const table = routeTable(it.server);
  const behind = (access: string) =>
    table
      .filter((route) => String(route.access) === access)
      .map((route) => `${route.method} ${route.path}`)
      .toSorted();

  expect([...new Set(table.map((route) => String(route.access)))].toSorted()).toEqual([
    'administrator',
    'administrator,auditor',
    'approver',
    'public',
    'registrar',
    'registrar,approver,auditor',
    'signed-in',
  ]);
  expect(behind('public')).toEqual([
    'GET /',
    'GET /api/agreements',
    'GET /api/agreements/:id',
    'GET /api/bound',
    'GET /api/counter',
    'GET /api/facilities',
    'GET /api/facilities/:id',
    'GET /api/fields',
    'GET /api/figures',
    'GET /api/graph/export',
    'GET /api/graph/figures',
    'GET /api/graph/gaps',
    'GET /api/graph/growth',
    'GET /api/graph/matrix',
    'GET /api/graph/neighbourhood',
    'GET /api/measures',
    'GET /api/meetings',
    'GET /api/members',
    'GET /api/mutual-use',
    'GET /api/parties',
    'GET /api/parties/:id',
    'GET /api/proposals',
    'GET /health/live',
    'GET /health/ready',
    'GET /metrics',
    'POST /api/session',
  ]);
  expect(behind('approver')).toEqual([
    'POST /api/entries/:entry/approvals',
    'POST /api/entries/:entry/rejections',
    'POST /api/facility-lists/:id/approvals',
    'POST /api/facility-lists/:id/rejections',
  ]);
  expect(behind('registrar,approver,auditor')).toEqual([
    'GET /api/entries',
    'GET /api/entries/:entry',
    'GET /api/facility-lists',
    'GET /api/facility-lists/:id',
  ]);
  const acts = behind('registrar');
  expect(acts.length).toBeGreaterThan(60);
  expect(acts.filter((door) => !door.startsWith('POST /api/'))).toEqual([]);
});
