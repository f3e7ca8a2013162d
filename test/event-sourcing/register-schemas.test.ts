import { randomBytes } from 'node:crypto';

import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import { openPostgresEventStore } from '../../src/event-sourcing/postgres-event-store.js';
import { StoreUnavailable, UnexpectedHistory } from '../../src/event-sourcing/event-store.js';
import { collected, newEvents } from '../contract/contract-store.js';
import {
  openPostgresContractStore,
  type PostgresRegister,
} from '../contract/postgres-contract-store.js';
import { serverUrl } from '../support/database.js';

const connection = { connectionString: serverUrl() };
let register: PostgresRegister;
beforeEach(async () => {
  register = await openPostgresContractStore();
});
afterEach(() => register.close());

test('processes that start at once on a new database make one register', async () => {
  const schema = `starts_${randomBytes(4).toString('hex')}`;
  const vaultSchema = `vault_${schema}`;
  const open = () => openPostgresEventStore({ connection, schema, vaultSchema });
  const stores = await Promise.all(Array.from({ length: 6 }, open));
  const appends = stores.map((store, it) => store.append(`agreement-${it}`, -1, newEvents(1)));
  const numbers = (await Promise.all(appends)).map(({ n }) => n);
  expect(new Set(numbers)).toEqual(new Set([0, 1, 2, 3, 4, 5]));
  await Promise.all(stores.map((store) => store.close()));
  await register.admin.query(`drop schema ${schema}, ${vaultSchema} cascade`);
});

test('two registers in one database know nothing of each other', async () => {
  const other = await openPostgresContractStore();
  await other.store.append('agreement-1', -1, newEvents(3));
  expect(await register.store.head()).toBeNull();
  expect(await register.store.append('agreement-1', -1, newEvents(1))).toMatchObject({ n: 0 });
  await other.close();
});

test('an account that may only use a register can open and keep it', async () => {
  const clerk = await accountThatMayUse(register);
  const store = await register.anotherProcess({ connection: { connectionString: clerk.url } });
  expect(await store.append('agreement-1', -1, newEvents(2))).toMatchObject({ n: 1 });
  await store.close();
  await clerk.dispose();
});

async function accountThatMayUse({ admin, schema, vaultSchema }: PostgresRegister) {
  const [role, password] = [
    `clerk_${randomBytes(4).toString('hex')}`,
    randomBytes(12).toString('hex'),
  ];
  await admin.query(`
    create role ${role} login password '${password}';
    grant usage on schema ${schema}, ${vaultSchema} to ${role};
    grant select, insert on all tables in schema ${schema}, ${vaultSchema} to ${role};
    grant update on ${schema}.register_head to ${role}`);
  const url = new URL(serverUrl());
  url.username = role;
  url.password = password;
  const dispose = () => admin.query(`drop owned by ${role}; drop role ${role}`);
  return { url: url.href, dispose };
}

describe('a register of an earlier program, without a place for the reason it is read-only', () => {
  const column = `select from information_schema.columns
    where table_schema = $1 and table_name = 'register_head' and column_name = 'read_only'`;
  beforeEach(async () => {
    const { admin, schema, store } = register;
    await store.append('agreement-1', -1, newEvents(2));
    await admin.query(`alter table ${schema}.register_head drop column read_only`);
  });

  test('is brought up to date by whoever opens it, once', async () => {
    const stores = await Promise.all([1, 2, 3].map(() => register.anotherProcess()));
    expect(await register.admin.query(column, [register.schema])).toMatchObject({ rowCount: 1 });
    expect(await stores[0]?.readOnly()).toBeNull();
    expect(await stores[1]?.append('agreement-1', 1, newEvents(1))).toMatchObject({ n: 2 });
    expect(await register.store.append('agreement-1', 2, newEvents(1))).toMatchObject({ n: 3 });
  });

  test('tells an account that may not, what its owner has to say', async () => {
    const clerk = await accountThatMayUse(register);
    const opening = register.anotherProcess({ connection: { connectionString: clerk.url } });
    await expect(opening).rejects.toThrow(
      `alter table "${register.schema}".register_head add column read_only text`,
    );
    await expect(opening).rejects.toBeInstanceOf(StoreUnavailable);
    await clerk.dispose();
  });
});

test.each(['', 'Register', '横浜', 'a-b', 'a"b', `r${'x'.repeat(50)}`])(
  'a schema cannot be called "%s"',
  async (schema) => {
    const opening = openPostgresEventStore({ connection, schema, vaultSchema: 'vault' });
    await expect(opening).rejects.toBeInstanceOf(RangeError);
  },
);

test('a server that is not there is reported as unavailable', async () => {
  const nobody = { host: '127.0.0.1', port: 1, user: 'nobody', password: 'x' };
  const opening = openPostgresEventStore({
    connection: nobody,
    schema: register.schema,
    vaultSchema: register.vaultSchema,
  });
  await expect(opening).rejects.toBeInstanceOf(StoreUnavailable);
});

test('rows that were taken from the table are noticed by whoever reads over the gap', async () => {
  const { admin, schema, store } = register;
  await store.append('agreement-1', -1, newEvents(5));
  await admin.query(`delete from ${schema}.event where n = 2`);
  await expect(collected(store.readAll(null))).rejects.toBeInstanceOf(UnexpectedHistory);
});

test('a server that comes back restored from an older backup stops its readers', async () => {
  const { admin, schema, store } = register;
  await store.append('agreement-1', -1, newEvents(5));
  const reading = async () => {
    for await (const { kind } of store.subscribeAll(null, new AbortController().signal)) {
      if (kind !== 'caught-up') continue;
      await admin.query(`
        delete from ${schema}.event where n > 2;
        update ${schema}.register_head set n = 2`);
    }
  };
  await expect(reading()).rejects.toBeInstanceOf(UnexpectedHistory);
  expect(await admin.query(`select from ${schema}.event`)).toMatchObject({ rowCount: 3 });
});

test('a head that lies before its events refuses to write over them', async () => {
  const { admin, schema, store } = register;
  await store.append('agreement-1', -1, newEvents(5));
  await admin.query(`update ${schema}.register_head set n = 2`);
  const refused = store.append('agreement-2', -1, newEvents(1));
  await expect(refused).rejects.toBeInstanceOf(StoreUnavailable);
  expect(await admin.query(`select from ${schema}.event`)).toMatchObject({ rowCount: 5 });
});
