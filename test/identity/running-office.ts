import { randomUUID } from 'node:crypto';
import type { AddressInfo } from 'node:net';

import { Module, type Type, ValidationPipe } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { Pool } from 'pg';

import { type Clock, systemClock } from '../../src/clock.js';
import { CLOCK } from '../../src/clock.token.js';
import type { Role } from '../../src/entries/domain/event.js';
import { StreamNames } from '../../src/entries/stream-names.js';
import { STREAM_NAMES } from '../../src/entries/stream-names.token.js';
import { canonicalText } from '../../src/event-sourcing/canonical-json.js';
import type { EventStore } from '../../src/event-sourcing/event-store.js';
import { EVENT_STORE } from '../../src/event-sourcing/event-store.token.js';
import { openPostgresEventStore } from '../../src/event-sourcing/postgres-event-store.js';
import { AllowedMethods } from '../../src/http/allowed-methods.js';
import { ProblemFilter } from '../../src/http/problem-filter.js';
import { refusalOf } from '../../src/http/validation-faults.js';
import { Accounts } from '../../src/identity/accounts.js';
import { IdentityModule } from '../../src/identity/identity.module.js';
import { createOffice } from '../../src/identity/office-schema.js';
import { POOL } from '../../src/postgres/pool.token.js';
import { registerStream } from '../../src/register/register-stream.js';
import { freshDatabase } from '../support/database.js';

export const names = new StreamNames('test');
const stream = registerStream(names);
export const yokohama = randomUUID();
export const kamakura = randomUUID();

/** A clock that a test may put forward. */
export class TestClock implements Clock {
  private ahead = 0;
  millis = (): number => systemClock.millis() + this.ahead;
  instant = (): string => new Date(this.millis()).toISOString();
  passes(minutes: number): void {
    this.ahead += minutes * 60_000;
  }
}

/** A database with the office's tables, a store and the accounts; no server yet. */
export async function freshOffice(label: string) {
  const database = await freshDatabase(label);
  const pool = new Pool({ connectionString: database.url, max: 4 });
  const clock = new TestClock();
  const schemas = { schema: 'musubi', vaultSchema: 'musubi_vault' };
  const store = await openPostgresEventStore({
    connection: { connectionString: database.url },
    ...schemas,
  });
  await createOffice(pool);
  const accounts = new Accounts(pool, clock);
  return {
    database,
    pool,
    clock,
    store,
    accounts,
    async close() {
      await store.close();
      await pool.end();
      await database.dispose();
    },
  };
}

export type Office = Awaited<ReturnType<typeof freshOffice>>;

/** The real server on a port of its own, with the controllers that a test adds. */
export async function serve(office: Office, controllers: readonly Type[] = []) {
  @Module({
    imports: [
      {
        module: class Surroundings {},
        global: true,
        providers: [
          { provide: POOL, useValue: office.pool },
          { provide: CLOCK, useValue: office.clock },
          { provide: EVENT_STORE, useValue: office.store },
          { provide: STREAM_NAMES, useValue: names },
        ],
        exports: [POOL, CLOCK, EVENT_STORE, STREAM_NAMES],
      },
      IdentityModule,
    ],
    controllers: [...controllers],
  })
  class OfficeApp {}

  const adapter = new FastifyAdapter();
  const served: string[] = [];
  adapter.getInstance().addHook('onRoute', ({ method, url }) => {
    served.push(...[method].flat().map((it) => `${it} ${url}`));
  });
  const app = await NestFactory.create<NestFastifyApplication>(OfficeApp, adapter, {
    logger: ['error'],
  });
  app.useGlobalPipes(
    new ValidationPipe({
      whitelist: true,
      forbidNonWhitelisted: true,
      exceptionFactory: refusalOf,
    }),
  );
  app.useGlobalFilters(new ProblemFilter(new AllowedMethods()));
  await app.listen(0, '127.0.0.1');
  const { port } = app.getHttpServer().address() as AddressInfo;
  return { app, served, url: `http://127.0.0.1:${port}` };
}

export interface Answer {
  readonly status: number;
  readonly code: string | undefined;
  readonly body: Record<string, unknown>;
  readonly headers: Headers;
}

export async function ask(
  method: string,
  url: string,
  headers: Record<string, string> = {},
  body?: unknown,
): Promise<Answer> {
  const sent = body === undefined ? {} : { body: JSON.stringify(body) };
  const type: Record<string, string> =
    body === undefined ? {} : { 'content-type': 'application/json' };
  const response = await fetch(url, { method, headers: { ...type, ...headers }, ...sent });
  const text = await response.text();
  const isJson = /json/.test(response.headers.get('content-type') ?? '');
  const json = (isJson ? JSON.parse(text) : {}) as Record<string, unknown>;
  const code = typeof json['code'] === 'string' ? json['code'] : undefined;
  return { status: response.status, code, body: json, headers: response.headers };
}

/** The one who opened the register of a test, and grants what it needs. */
const founder = { account: randomUUID(), role: 'administrator', body: yokohama } as const;

/** Appends an event of the register's stream as another process would. */
export async function record(store: EventStore, type: string, data: object): Promise<void> {
  let revision = -1;
  for await (const event of store.readStream(stream)) revision = event.revision;
  const recordedAt = new Date().toISOString();
  const [id, salt, command] = [randomUUID(), randomUUID(), { id: randomUUID(), digest: '' }];
  const event = {
    id,
    stream,
    revision: revision + 1,
    type,
    v: 1,
    data,
    recordedAt,
    actor: founder,
  };
  const body = canonicalText({ ...event, correlation: id, command, salt });
  await store.append(stream, revision, [{ id, type, recordedAt, body }]);
}

export async function openFor(
  office: Office,
  grants: readonly { account: string; role: Role; body: string }[],
): Promise<void> {
  const loaders = { registrar: randomUUID(), approver: randomUUID() };
  const operator = { operator: yokohama, operatorName: '横浜市' };
  await record(office.store, 'RegisterOpened', {
    name: '結',
    ...operator,
    grants: [...grants, founder],
    loaders,
    ground: '試験',
  });
}
