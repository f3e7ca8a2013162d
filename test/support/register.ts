import 'reflect-metadata';
import { Global, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { CommandBus } from '@nestjs/cqrs';
import { Pool } from 'pg';
import { systemClock } from '../../src/clock.js';
import { CLOCK } from '../../src/clock.token.js';
import { EntriesModule } from '../../src/entries/entries.module.js';
import { StreamNames } from '../../src/entries/stream-names.js';
import { STREAM_NAMES } from '../../src/entries/stream-names.token.js';
import type { EventStore } from '../../src/event-sourcing/event-store.js';
import { EVENT_STORE } from '../../src/event-sourcing/event-store.token.js';
import { openPostgresEventStore } from '../../src/event-sourcing/postgres-event-store.js';
import { Accounts } from '../../src/identity/accounts.js';
import { IdentityModule } from '../../src/identity/identity.module.js';
import type { SignedIn } from '../../src/identity/principal.js';
import { RegisterRoles } from '../../src/identity/register-roles.js';
import { POOL } from '../../src/postgres/pool.token.js';
import { openRegisterIfNew } from '../../src/register/open-register-if-new.js';
import { registerStream } from '../../src/register/register-stream.js';
import { readRegister } from '../../src/register/register-history.js';
import { Vault } from '../../src/vault/vault.js';
import { freshDatabase } from './database.js';

/** A register opened on a database of its own, with the write side and without HTTP. */
export interface OpenedRegister {
  readonly bus: CommandBus;
  readonly store: EventStore;
  readonly names: StreamNames;
  readonly pool: Pool;
  readonly operator: string;
  /** A person or loader by login: registrar, approver, loader-registrar, … */
  signedIn(login: string): Promise<SignedIn>;
  close(): Promise<void>;
}

export async function openedRegister(label: string): Promise<OpenedRegister> {
  const database = await freshDatabase(label);
  const pool = new Pool({ connectionString: database.url, max: 10 });
  pool.on('error', () => undefined);
  const store = await openPostgresEventStore({
    connection: { connectionString: database.url },
    schema: 'store',
    vaultSchema: 'vault',
  });
  const names = new StreamNames('main');

  @Global()
  @Module({
    providers: [
      { provide: POOL, useValue: pool },
      { provide: CLOCK, useValue: systemClock },
      { provide: EVENT_STORE, useValue: store },
      { provide: STREAM_NAMES, useValue: names },
      { provide: Vault, useValue: new Vault(pool, 'vault') },
    ],
    exports: [POOL, CLOCK, EVENT_STORE, STREAM_NAMES, Vault],
  })
  class Surroundings {}

  @Module({ imports: [Surroundings, IdentityModule, EntriesModule] })
  class WriteSide {}

  const app = await NestFactory.createApplicationContext(WriteSide, {
    logger: false,
    abortOnError: false,
  });
  const accounts = app.get(Accounts);
  await openRegisterIfNew(
    { store, clock: systemClock, names, pool, accounts },
    { name: 'main', operatorName: '横浜市', ground: '試験' },
  );
  const { grants } = await readRegister(store, registerStream(names));
  return {
    bus: app.get(CommandBus),
    store,
    names,
    pool,
    operator: grants.operator ?? '',
    async signedIn(login) {
      const account = await accounts.byLogin(login);
      if (account === undefined) throw new Error(`no account ${login}`);
      const held = await app.get(RegisterRoles).heldBy(account.id);
      return { kind: 'signed-in', account: account.id, login, displayName: login, grants: held };
    },
    async close() {
      await app.close();
      await store.close();
      await pool.end();
      await database.dispose();
    },
  };
}
