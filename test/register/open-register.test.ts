import { afterEach, beforeEach, expect, test } from 'vitest';

import {
  AppendOutcomeUnknown,
  type EventStore,
  StoreUnavailable,
} from '../../src/event-sourcing/event-store.js';
import { fitsPassword } from '../../src/identity/password.js';
import { RegisterRoles } from '../../src/identity/register-roles.js';
import { roles } from '../../src/register/domain/acts.js';
import { openRegisterIfNew } from '../../src/register/open-register-if-new.js';
import { readRegister } from '../../src/register/register-history.js';
import { registerStream } from '../../src/register/register-stream.js';
import { freshOffice, names, type Office } from '../identity/running-office.js';

const opening = { name: '協定登録簿', operatorName: '横浜市', ground: '協定登録簿運営要綱 第2条' };

let office: Office;
beforeEach(async () => {
  office = await freshOffice('opening');
});
afterEach(() => office.close());

const open = (store: EventStore = office.store) =>
  openRegisterIfNew({ ...office, store, names }, opening);
const history = () => readRegister(office.store, registerStream(names));
const canSignIn = async (login: string, password: string) => {
  const hash = (await office.accounts.byLogin(login))?.passwordHash ?? '';
  return hash !== '' && fitsPassword(hash, password);
};

/** The real store, whose appends are told to have gone as `after` says. */
function storeThat(append: EventStore['append']): EventStore {
  return new Proxy(office.store, {
    get: (store, name) => {
      if (name === 'append') return append;
      const member: unknown = Reflect.get(store, name);
      return typeof member === 'function' ? member.bind(store) : member;
    },
  });
}

test('the first start makes the operator, a person of each role, and two accounts that load', async () => {
  const people = (await open()) ?? [];
  expect(people.map(({ role, login }) => [role, login])).toEqual(roles.map((it) => [it, it]));

  const { records, grants } = await history();
  const [first, ...more] = records;
  expect(more).toEqual([]);
  expect([first?.n, first?.event.revision, first?.event.type]).toEqual([0, 0, 'RegisterOpened']);
  expect(first?.event).not.toHaveProperty('entry');

  const body = grants.operator ?? '';
  const loaders = await Promise.all(
    ['loader-registrar', 'loader-approver'].map((it) => office.accounts.byLogin(it)),
  );
  expect(loaders.map((it) => it?.passwordHash)).toEqual([null, null]);
  expect(grants.standing).toEqual([
    ...people.map(({ id, role }) => ({ account: id, role, body })),
    { account: loaders[0]?.id, role: 'registrar', body },
    { account: loaders[1]?.id, role: 'approver', body },
  ]);
  expect(first?.event.actor).toEqual({
    account: people.find((it) => it.role === 'administrator')?.id,
    role: 'administrator',
    body,
  });

  const reader = new RegisterRoles(office.store, names);
  expect(await reader.operator()).toBe(body);
  for (const { login, oneTimePassword } of people) {
    expect(await canSignIn(login, oneTimePassword)).toBe(true);
  }
});

test('the second start opens nothing and changes nobody', async () => {
  const people = (await open()) ?? [];
  expect(await open()).toBeUndefined();
  expect((await history()).records).toHaveLength(1);
  for (const { login, oneTimePassword } of people) {
    expect(await canSignIn(login, oneTimePassword)).toBe(true);
  }
});

test('a start that died before the event is taken up again with the same accounts', async () => {
  const dead = storeThat(() => Promise.reject(new StoreUnavailable('killed')));
  await expect(open(dead)).rejects.toThrow(StoreUnavailable);
  const left = await office.pool.query('select id, login from office.account order by login');
  expect(left.rows).toHaveLength(7);
  expect((await history()).records).toEqual([]);

  const people = (await open()) ?? [];
  const now = await office.pool.query('select id, login from office.account order by login');
  expect(now.rows).toEqual(left.rows);
  for (const { login, oneTimePassword } of people) {
    expect(await canSignIn(login, oneTimePassword)).toBe(true);
  }
});

test('a start that died among the accounts is taken up again', async () => {
  await office.accounts.create('approver', '承認者');
  await office.accounts.withoutSignIn('loader-registrar', '初期資料の登録');
  expect(await open()).toHaveLength(5);
  expect((await office.pool.query('select from office.account')).rowCount).toBe(7);
});

test('an opening whose acknowledgement was lost is sent again, and stands once', async () => {
  let lost = 2;
  const lossy = storeThat(async (...append) => {
    const appended = await office.store.append(...append);
    if (lost-- > 0) throw new AppendOutcomeUnknown('no answer');
    return appended;
  });
  expect(await open(lossy)).toHaveLength(5);
  expect((await history()).records).toHaveLength(1);
});

test('of two starts at once one opens, and the passwords it tells are those that open', async () => {
  const [told, ...more] = (await Promise.all([open(), open(), open()])).filter(Boolean);
  expect(more).toEqual([]);
  expect((await history()).records).toHaveLength(1);
  for (const { login, oneTimePassword } of told ?? []) {
    expect(await canSignIn(login, oneTimePassword)).toBe(true);
  }
});

test('a store that holds other events is not opened over them', async () => {
  const id = '3b241101-e2bb-4255-8caf-4136c566a962';
  const recordedAt = office.clock.instant();
  await office.store.append('musubi-other-register-own', -1, [
    { id, type: 'RegisterOpened', recordedAt, body: '{}' },
  ]);
  await expect(open()).rejects.toMatchObject({ code: 'register/not-empty' });
});
