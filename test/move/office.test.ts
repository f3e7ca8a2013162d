import { Pool } from 'pg';
import { afterEach, beforeEach, expect, test } from 'vitest';

import { systemClock } from '../../src/clock.js';
import { Accounts } from '../../src/identity/accounts.js';
import { ApiTokens } from '../../src/identity/api-tokens.js';
import { fitsPassword } from '../../src/identity/password.js';
import { Sessions } from '../../src/identity/sessions.js';
import { copyOffice, proveOffice } from '../../src/move/move-office.js';
import { movedTables, stayingTables } from '../../src/move/moved-tables.js';
import { registerSchemas } from '../../src/open-event-store.js';
import { seal } from '../../src/vault/seal.js';
import { Vault } from '../../src/vault/vault.js';
import { newEvent } from '../contract/contract-store.js';
import { ground, moved, openedPlace } from './moving.js';
import { firstPlace, type MadePlace } from './places.js';

let here: MadePlace;
let there: MadePlace;
let pools: { readonly here: Pool; readonly there: Pool };
beforeEach(async () => {
  [here, there] = [await openedPlace('office'), await firstPlace.make('office_target')];
  const pool = (place: MadePlace) => new Pool({ connectionString: place.databaseUrl, max: 2 });
  pools = { here: pool(here), there: pool(there) };
});
afterEach(async () => {
  await pools.here.end();
  await pools.there.end();
  await here.dispose();
  await there.dispose();
});

const countOf = async (pool: Pool, table: string) =>
  (await pool.query<{ n: number }>(`select count(*)::int as n from ${table}`)).rows[0]?.n;

const log = (pool: Pool, login: string, what: string) =>
  pool.query(
    `insert into office.access_log (at, account, method, path, what)
     select '2026-04-01T00:00:00Z', id, 'GET', '/api/agreements', $2
       from office.account where login = $1`,
    [login, what],
  );
const logged = async (pool: Pool) =>
  (await pool.query<{ what: string }>('select what from office.access_log order by what')).rows.map(
    ({ what }) => what,
  );

test('every table of the office goes along or is said to stay', async () => {
  const { rows } = await pools.here.query<{ name: string }>(
    `select 'office.' || table_name as name from information_schema.tables
      where table_schema = 'office' order by 1`,
  );
  const known = [...movedTables.map(({ name }) => name), ...stayingTables];
  expect(rows.map(({ name }) => name).filter((it) => !known.includes(it))).toEqual([]);
  for (const { name, columns } of movedTables.filter((it) => it.name !== 'office.access_log')) {
    const found = await pools.here.query<{ column: string }>(
      `select attname as column from pg_attribute
        where attrelid = $1::regclass and attnum > 0 and not attisdropped`,
      [name],
    );
    expect(found.rows.map(({ column }) => column).toSorted()).toEqual([...columns].toSorted());
  }
});

test('people, programs and sealed values are the same afterwards; everybody signs in anew', async () => {
  const secret = '市民からの電話、090-0000-0000';
  const { sealed, value } = seal(secret);
  const store = await here.openStore();
  await store.append('musubi-test-party-1', -1, [newEvent({ reason: sealed })], [value]);
  await store.close();
  const { oneTimePassword } = await new Accounts(pools.here, systemClock).resetPassword('auditor');
  const tokens = new ApiTokens(pools.here, systemClock);
  const revoked = await tokens.create('registrar', '取り消すもの', 3);
  await tokens.create('registrar', '続けるもの\t\\N', 3);
  await tokens.revoke(revoked.id);
  const auditor = await new Accounts(pools.here, systemClock).byLogin('auditor');
  await new Sessions(pools.here, systemClock).start(auditor?.id ?? '');
  await log(pools.here, 'auditor', 'agreements');
  await log(pools.here, 'auditor', 'agreements');

  const { office } = await moved(here, there);
  expect(office).toMatchObject({
    vault: { rows: 1 },
    accounts: { rows: 7 },
    tokens: { rows: 2 },
  });
  const after = await new Accounts(pools.there, systemClock).byLogin('auditor');
  expect(after).toEqual(auditor);
  expect(await fitsPassword(after?.passwordHash ?? '', oneTimePassword)).toBe(true);
  expect(await new ApiTokens(pools.there, systemClock).all()).toEqual(await tokens.all());
  expect(await countOf(pools.there, 'office.session')).toBe(0);
  expect(await logged(pools.there)).toEqual(['agreements', 'agreements']);
  // The log goes on behind what came.
  await log(pools.there, 'auditor', 'later');
  const vault = new Vault(pools.there, registerSchemas.vaultSchema);
  expect((await vault.open([sealed.sealed])).get(sealed.sealed)).toBe(secret);
});

test('why a register moved is sealed, and stands in no event', async () => {
  const { recorded } = await moved(here, there);
  const store = await there.openStore();
  const bodies: string[] = [];
  for await (const { body } of store.readAll(null)) bodies.push(body);
  await store.close();
  expect(bodies.join()).not.toContain(ground);
  const event = JSON.parse(bodies[recorded?.n ?? -1] ?? '') as { reason: { sealed: string } };
  const vault = new Vault(pools.there, registerSchemas.vaultSchema);
  const { sealed } = event.reason;
  expect((await vault.open([sealed])).get(sealed)).toBe(ground);
});

test('what changed at the other place counts on the way back, and what was erased stays erased', async () => {
  const erased = seal('消される値');
  const store = await here.openStore();
  await store.append('musubi-test-party-1', -1, [newEvent(erased.sealed)], [erased.value]);
  await store.close();
  const token = await new ApiTokens(pools.here, systemClock).create('registrar', '夜間', 3);
  await log(pools.here, 'auditor', 'before');
  await moved(here, there);

  const auditor = await new Accounts(pools.here, systemClock).byLogin('auditor');
  await new Sessions(pools.here, systemClock).start(auditor?.id ?? '');
  await new ApiTokens(pools.here, systemClock).create('registrar', '古い場所で作られた', 3);
  await log(pools.here, 'auditor', 'at the old place');

  await new Accounts(pools.there, systemClock).resetPassword('auditor');
  await new Accounts(pools.there, systemClock).create('hanako', '花子');
  await new ApiTokens(pools.there, systemClock).revoke(token.id);
  await pools.there.query(
    `delete from ${registerSchemas.vaultSchema}.sealed_value where commitment = $1`,
    [erased.sealed.sealed],
  );
  await log(pools.there, 'auditor', 'at the new place');
  await moved(there, here);

  for (const login of ['auditor', 'hanako']) {
    const now = await new Accounts(pools.here, systemClock).byLogin(login);
    expect(now).toEqual(await new Accounts(pools.there, systemClock).byLogin(login));
  }
  const tokens = await new ApiTokens(pools.here, systemClock).all();
  expect(tokens.map(({ id, revokedAt }) => [id, revokedAt !== null])).toEqual([[token.id, true]]);
  expect(await countOf(pools.here, 'office.session')).toBe(0);
  expect(await logged(pools.here)).toEqual(['at the new place', 'at the old place', 'before']);
  const vault = new Vault(pools.here, registerSchemas.vaultSchema);
  expect([...(await vault.open([erased.sealed.sealed])).keys()]).toEqual([]);
});

test('an account that changes while the events are copied is copied again before the end', async () => {
  await moved(here, there);
  await copyOffice(pools.here, pools.there);
  await new Accounts(pools.here, systemClock).resetPassword('auditor');
  let changed: Promise<unknown> = Promise.resolve();
  await proveOffice(pools.here, pools.there, async () => {
    let done = false;
    const change = async () => {
      await new Accounts(pools.here, systemClock).resetPassword('auditor');
      done = true;
    };
    changed = change();
    await expect.poll(() => waitingFor(pools.there, 'office'), { timeout: 20_000 }).toBe(true);
    expect(done).toBe(false);
  });
  await changed;
});

/** Whether somebody waits for a lock on the server of both places. */
async function waitingFor(pool: Pool, schema: string): Promise<boolean> {
  const { rowCount } = await pool.query(
    `select from pg_stat_activity where wait_event_type = 'Lock' and query like '%' || $1 || '.%'`,
    [schema],
  );
  return (rowCount ?? 0) > 0;
}
