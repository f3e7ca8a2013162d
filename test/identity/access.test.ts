import { Controller, Get, Post, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { afterAll, beforeAll, expect, test } from 'vitest';

import type { Role } from '../../src/entries/domain/event.js';
import { AccessLog } from '../../src/identity/access-log.js';
import { Access } from '../../src/identity/access.decorator.js';
import { ApiTokens } from '../../src/identity/api-tokens.js';
import { CurrentPrincipal } from '../../src/identity/current-principal.decorator.js';
import { authorise, type Principal, signedIn } from '../../src/identity/principal.js';
import { routeTable } from '../../src/identity/route-table.js';
import {
  ask,
  freshOffice,
  kamakura,
  type Office,
  openFor,
  serve,
  yokohama,
} from './running-office.js';

@Controller('doors')
class Doors {
  constructor(private readonly log: AccessLog) {}

  @Get('forgotten')
  forgotten() {
    return { open: true };
  }

  @Get('open')
  @Access('public')
  open(@CurrentPrincipal() { kind, grants }: Principal) {
    return { kind, grants };
  }

  @Get(['office', 'bureau'])
  @Access('signed-in')
  office(@CurrentPrincipal() principal: Principal) {
    return principal;
  }

  @Post('desk/:body')
  @Access('registrar', 'approver')
  desk(@CurrentPrincipal() principal: Principal, @Req() request: FastifyRequest) {
    const { body } = request.params as { body: string };
    return authorise(principal, 'registrar', body);
  }

  @Get('files')
  @Access('auditor')
  async files(@CurrentPrincipal() principal: Principal, @Req() request: FastifyRequest) {
    await this.log.record(signedIn(principal), request, { body: kamakura, what: 'files 7' });
    return {};
  }
}

let office: Office;
let server: Awaited<ReturnType<typeof serve>>;
const people = new Map<string, { id: string; authorization: string }>();

beforeAll(async () => {
  office = await freshOffice('access');
  const tokens = new ApiTokens(office.pool, office.clock);
  for (const login of ['registrar', 'approver', 'auditor', 'stranger']) {
    const { id } = await office.accounts.create(login, login);
    const { secret } = await tokens.create(login, '試験', 1);
    people.set(login, { id, authorization: `Bearer ${secret}` });
  }
  const roles: readonly Role[] = ['registrar', 'approver', 'auditor'];
  await openFor(
    office,
    roles.map((role) => ({ account: people.get(role)?.id ?? '', role, body: yokohama })),
  );
  server = await serve(office, [Doors]);
});

afterAll(async () => {
  await server.app.close();
  await office.close();
});

const as = (login: string) => ({ authorization: people.get(login)?.authorization ?? '' });
const door = (path: string, login?: string, method = 'GET') =>
  ask(method, `${server.url}/doors/${path}`, login === undefined ? {} : as(login));

test('a route that says nothing about access is denied to everybody', async () => {
  for (const who of [undefined, 'registrar', 'stranger']) {
    expect((await door('forgotten', who)).code).toBe('access/undeclared');
  }
});

test('a public route is open, and knows who comes all the same', async () => {
  expect((await door('open')).body).toEqual({ kind: 'public', grants: [] });
  expect((await door('open', 'auditor')).body).toEqual({
    kind: 'signed-in',
    grants: [{ role: 'auditor', body: yokohama }],
  });
});

test('a signed-in route asks for an account, not for a role', async () => {
  expect((await door('office')).code).toBe('session/required');
  expect((await door('bureau', 'stranger')).body).toEqual({
    kind: 'signed-in',
    account: people.get('stranger')?.id,
    login: 'stranger',
    displayName: 'stranger',
    grants: [],
  });
});

test('a role is asked for at the door, its body at the desk', async () => {
  const desk = (body: string, login?: string) => door(`desk/${body}`, login, 'POST');
  expect((await desk(yokohama)).code).toBe('session/required');
  expect((await desk(yokohama, 'auditor')).code).toBe('access/denied');
  expect((await desk(yokohama, 'registrar')).body).toEqual({
    account: people.get('registrar')?.id,
    role: 'registrar',
    body: yokohama,
  });

  for (const [body, login] of [
    [kamakura, 'registrar'],
    [yokohama, 'approver'],
  ] as const) {
    const refused = await desk(body, login);
    expect(refused.code).toBe('access/not-for-this-body');
    expect(refused.body['detail']).toContain(body);
    expect(refused.body['detail']).toContain('登録担当者');
  }
});

test('a reading that is not public is on record, without what was searched for', async () => {
  await door('files?q=%E7%B5%90%E5%9F%8E', 'auditor');
  const { rows } = await office.pool.query('select * from office.access_log');
  expect(rows).toEqual([
    {
      id: '1',
      at: expect.any(Date) as Date,
      account: people.get('auditor')?.id,
      method: 'GET',
      path: '/doors/files',
      body: kamakura,
      what: 'files 7',
    },
  ]);
});

test('the table of routes names every route that is served, and finds the one without access', () => {
  const table = routeTable(server.app);
  expect(table.filter((it) => it.access === undefined)).toEqual([
    { method: 'GET', path: '/doors/forgotten', access: undefined, handler: 'Doors.forgotten' },
  ]);
  const named = table.map((it) => `${it.method} ${it.path}`);
  expect(named).toEqual(expect.arrayContaining(['GET /doors/bureau', 'POST /doors/desk/:body']));
  expect(server.served.filter((it) => !it.startsWith('HEAD ')).toSorted()).toEqual(
    named.toSorted(),
  );
});
