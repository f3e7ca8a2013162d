import type { AddressInfo } from 'node:net';

import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { systemClock } from '../../src/clock.js';
import { readConfig } from '../../src/config.js';
import { createServer } from '../../src/http/create-server.js';
import { Accounts } from '../../src/identity/accounts.js';
import { ApiTokens } from '../../src/identity/api-tokens.js';
import { createOffice } from '../../src/identity/office-schema.js';
import { type Route, routeTable } from '../../src/identity/route-table.js';
import { openSurroundings, type Surroundings } from '../../src/surroundings.js';
import { type FreshDatabase, freshDatabase } from '../support/database.js';
import { ask } from './running-office.js';

let database: FreshDatabase;
let surroundings: Surroundings;
let app: NestFastifyApplication;
let table: readonly Route[];
let url: string;
let stranger: { authorization: string };

beforeAll(async () => {
  database = await freshDatabase('routes');
  surroundings = await openSurroundings(
    database.url,
    readConfig({ LOG_LEVEL: 'error' }),
    systemClock,
  );
  const { pool, clock } = surroundings;
  await createOffice(pool);
  await new Accounts(pool, clock).create('stranger', '役割のない人');
  const { secret } = await new ApiTokens(pool, clock).create('stranger', '試験', 1);
  stranger = { authorization: `Bearer ${secret}` };

  app = await createServer(surroundings);
  await app.listen(0, '127.0.0.1');
  url = `http://127.0.0.1:${(app.getHttpServer().address() as AddressInfo).port}`;
  table = routeTable(app);
});

afterAll(async () => {
  await app.close();
  await surroundings.close();
  await database.dispose();
});

const spoken = ({ method, path }: Route) => `${method} ${path}`;
const knock = ({ method, path }: Route, headers: Record<string, string> = {}) =>
  ask(method, url + path.replaceAll(/:\w+/g, 'x'), headers);

test('every route of the application says who may call it', () => {
  expect(table.filter((it) => it.access === undefined).map(spoken)).toEqual([]);
  expect(table.map(spoken)).toEqual(
    expect.arrayContaining(['POST /api/session', 'POST /api/grants', 'POST /api/entries']),
  );
});

test('what the public may change is signing in, and nothing else', () => {
  const changing = table.filter((it) => it.access === 'public' && it.method !== 'GET');
  expect(changing.map(spoken)).toEqual(['POST /api/session']);
});

test('whoever has not signed in gets through no other door', async () => {
  for (const route of table.filter((it) => it.access !== 'public')) {
    const { status, code } = await knock(route);
    expect([spoken(route), status, code]).toEqual([spoken(route), 401, 'session/required']);
  }
});

test('whoever has no role gets through no door that asks for one', async () => {
  for (const route of table.filter((it) => typeof it.access === 'object')) {
    const { status, code } = await knock(route, stranger);
    expect([spoken(route), status, code]).toEqual([spoken(route), 403, 'access/denied']);
  }
});

test('a public door asks nobody for his name', async () => {
  for (const route of table.filter((it) => it.access === 'public')) {
    const { status } = await knock(route);
    expect([spoken(route), [401, 403, 500].includes(status)]).toEqual([spoken(route), false]);
  }
});
