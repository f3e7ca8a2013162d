import { Pool } from 'pg';
import { afterEach, beforeEach, expect, test } from 'vitest';

import { createOffice } from '../../src/identity/office-schema.js';
import { type FreshDatabase, freshDatabase } from '../support/database.js';

let database: FreshDatabase;
let pool: Pool;
beforeEach(async () => {
  database = await freshDatabase('office');
  pool = new Pool({ connectionString: database.url });
});
afterEach(async () => {
  await pool.end();
  await database.dispose();
});

test('eight starts at once make one office', async () => {
  await Promise.all(Array.from({ length: 8 }, () => createOffice(pool)));
  const { rows } = await pool.query(
    `select table_name from information_schema.tables where table_schema = 'office' order by 1`,
  );
  expect(rows.map((it: { table_name: string }) => it.table_name)).toEqual([
    'access_log',
    'account',
    'api_token',
    'facility_list',
    'facility_list_row',
    'session',
    'sign_in_try',
    'sources_loaded',
  ]);
});

test('an office that stands is kept, also by a user who may create nothing', async () => {
  await createOffice(pool);
  await pool.query(
    `insert into office.account (id, login, display_name, one_time, created_at)
     values (gen_random_uuid(), 'aoki', '青木', false, now())`,
  );
  const role = `clerk_${process.pid}`;
  const url = new URL(database.url);
  await pool.query(`create role ${role} login password 'clerk'`);
  await pool.query(`grant usage on schema office to ${role}`);
  await pool.query(`grant select on all tables in schema office to ${role}`);
  url.username = role;
  url.password = 'clerk';

  const clerk = new Pool({ connectionString: url.href });
  await createOffice(clerk);
  expect((await clerk.query('select login from office.account')).rows).toEqual([{ login: 'aoki' }]);
  await clerk.end();
  await pool.query(`drop owned by ${role}`);
  await pool.query(`drop role ${role}`);
});

test('an office of an earlier program gets the tables that it lacks, and keeps its own', async () => {
  await createOffice(pool);
  await pool.query('drop table office.sign_in_try');
  await pool.query(
    `insert into office.account (id, login, display_name, one_time, created_at)
     values (gen_random_uuid(), 'aoki', '青木', false, now())`,
  );
  await createOffice(pool);
  expect((await pool.query('select from office.sign_in_try')).rowCount).toBe(0);
  expect((await pool.query('select from office.account')).rowCount).toBe(1);
});

test('an office that was left half-made is completed', async () => {
  await createOffice(pool);
  await pool.query('drop table office.access_log, office.api_token');
  await createOffice(pool);
  expect((await pool.query('select from office.access_log')).rowCount).toBe(0);
});
