import { randomUUID } from 'node:crypto';

import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import type { Role } from '../../src/entries/domain/event.js';
import { canonicalText } from '../../src/event-sourcing/canonical-json.js';
import { ApiTokens } from '../../src/identity/api-tokens.js';
import { isGranted } from '../../src/register/domain/grants.js';
import { readRegister } from '../../src/register/register-history.js';
import { registerStream } from '../../src/register/register-stream.js';
import {
  ask,
  freshOffice,
  kamakura,
  names,
  type Office,
  openFor,
  serve,
  yokohama,
} from './running-office.js';

let office: Office;
let server: Awaited<ReturnType<typeof serve>>;
const ids = new Map<string, string>();
const tokens = new Map<string, string>();

beforeAll(async () => {
  office = await freshOffice('grants');
  for (const login of ['operator', 'kamakura', 'clerk', 'second']) await newcomer(login);
  await openFor(office, [
    { account: id('operator'), role: 'administrator', body: yokohama },
    { account: id('kamakura'), role: 'administrator', body: kamakura },
    { account: id('clerk'), role: 'registrar', body: yokohama },
    { account: id('second'), role: 'administrator', body: yokohama },
  ]);
  await registerParty(kamakura);
  server = await serve(office);
});

afterAll(async () => {
  await server.app.close();
  await office.close();
});

const id = (login: string) => ids.get(login) ?? '';

async function newcomer(login: string): Promise<string> {
  const account = await office.accounts.create(login, login);
  const token = await new ApiTokens(office.pool, office.clock).create(login, '試験', 1);
  ids.set(login, account.id);
  tokens.set(login, token.secret);
  return account.id;
}

/** The party's stream begins; what stands in it is the parties' matter. */
async function registerParty(party: string): Promise<void> {
  const event = { id: randomUUID(), type: 'PartyRegistered', recordedAt: office.clock.instant() };
  const stream = names.nameOf({ kind: 'party', id: party });
  await office.store.append(stream, -1, [{ ...event, body: canonicalText(event) }]);
}

const as = (login: string, key: string = randomUUID()) => ({
  authorization: `Bearer ${tokens.get(login)}`,
  'idempotency-key': key,
});
const grant = (login: string, wanted: object, key?: string) =>
  ask('POST', `${server.url}/api/grants`, as(login, key), wanted);
const revoke = (login: string, ended: object, key?: string) =>
  ask('POST', `${server.url}/api/grants/revocations`, as(login, key), ended);
const grantsOf = async (login: string) =>
  (await ask('GET', `${server.url}/api/session`, as(login))).body['grants'];
const events = async () => (await readRegister(office.store, registerStream(names))).records;

/** Those of some people who are administrators of the operator now. */
async function administrators(logins: readonly string[]): Promise<string[]> {
  const { grants } = await readRegister(office.store, registerStream(names));
  return logins.filter((it) => {
    return isGranted(grants, { account: id(it), role: 'administrator', body: yokohama });
  });
}

describe('an account', () => {
  const create = (login: string, body: object) =>
    ask('POST', `${server.url}/api/accounts`, as(login), body);

  test('is made by an administrator, with a password for once and no rights', async () => {
    const made = await create('kamakura', { login: 'New.Person', displayName: '新田 一郎' });
    expect(made.body).toEqual({
      id: expect.any(String) as string,
      login: 'new.person',
      oneTimePassword: expect.stringMatching(/^([a-z2-9]{5}-){3}[a-z2-9]{5}$/) as string,
    });
    expect(made.headers.get('cache-control')).toBe('no-store');

    const { oneTimePassword: password } = made.body;
    const first = { login: 'new.person', password, newPassword: 'correct horse battery' };
    const signedIn = await ask('POST', `${server.url}/api/session`, {}, first);
    expect(signedIn.body).toMatchObject({ displayName: '新田 一郎', grants: [] });

    const { rows } = await office.pool.query('select account, what from office.access_log');
    const what = `account-created ${String(made.body['id'])}`;
    expect(rows).toEqual([{ account: id('kamakura'), what }]);
  });

  test('is made by nobody else, and no login twice', async () => {
    const body = { login: 'other', displayName: '別人' };
    expect((await create('clerk', body)).code).toBe('access/denied');
    expect((await ask('POST', `${server.url}/api/accounts`, {}, body)).code).toBe(
      'session/required',
    );
    const taken = { login: 'CLERK', displayName: '別人' };
    expect((await create('operator', taken)).code).toBe('account/login-taken');
  });

  test.each([
    { login: 'a', displayName: '短い' },
    { login: 'has space', displayName: '空白' },
    { login: 'person', displayName: '   ' },
    { login: 'person', displayName: 'a\u0000b' },
    { login: 'person', displayName: '\ud842' },
    { login: 'person', displayName: 'あ'.repeat(101) },
    { login: 'person', displayName: '名前', administrator: true },
  ])('%j is refused', async (body) => {
    expect((await create('operator', body)).status).toBe(422);
  });
});

describe('granting a role', () => {
  test("the operator's administrator grants for any body, at once, by an event", async () => {
    const account = await newcomer('hired');
    const granted = await grant('operator', { account, role: 'counter', body: kamakura });
    expect(granted.status).toBe(201);
    expect(await grantsOf('hired')).toEqual([{ role: 'counter', body: kamakura }]);

    const last = (await events()).at(-1);
    expect(granted.body).toMatchObject({ account, n: last?.n, at: last?.at });
    expect(last?.event).toMatchObject({
      type: 'RoleGranted',
      data: { account, role: 'counter', body: kamakura },
      actor: { account: id('operator'), role: 'administrator', body: yokohama },
    });
  });

  test("a body's administrator grants for that body alone", async () => {
    const account = await newcomer('local');
    const theirs = { account, role: 'registrar', body: kamakura };
    expect((await grant('kamakura', { ...theirs, body: yokohama })).code).toBe(
      'access/not-for-this-body',
    );
    expect((await grant('kamakura', theirs)).status).toBe(201);
    expect(await grantsOf('local')).toEqual([{ role: 'registrar', body: kamakura }]);
  });

  test('nobody grants to himself or revokes from himself, the operator neither', async () => {
    const before = (await events()).length;
    for (const role of ['registrar', 'administrator'] as const) {
      const own = { account: id('operator'), role, body: yokohama };
      expect((await grant('operator', own)).code).toBe('grant/own');
      expect((await revoke('operator', own)).code).toBe('grant/own');
    }
    expect(await events()).toHaveLength(before);
  });

  test('only an administrator grants', async () => {
    const wanted = { account: id('operator'), role: 'approver', body: yokohama };
    expect((await grant('clerk', wanted)).code).toBe('access/denied');
    expect((await revoke('clerk', { ...wanted, role: 'administrator' })).code).toBe(
      'access/denied',
    );
  });

  test('a revoked administrator grants nothing any more', async () => {
    await newcomer('short');
    const short = { account: id('short'), role: 'administrator', body: kamakura };
    const wanted = { account: id('clerk'), role: 'counter', body: kamakura };
    await grant('operator', short);
    expect((await grant('short', wanted)).status).toBe(201);
    await revoke('kamakura', short);
    expect((await revoke('short', wanted)).code).toBe('access/denied');
  });

  test('the same key grants once and answers the same; with other words it is refused', async () => {
    const account = await newcomer('repeated');
    const wanted = { account, role: 'auditor', body: yokohama };
    const [first, again] = [
      await grant('operator', wanted, 'same-key-1'),
      await grant('operator', wanted, 'same-key-1'),
    ];
    expect(again.body).toEqual(first.body);
    expect((await grant('operator', { ...wanted, role: 'counter' }, 'same-key-1')).code).toBe(
      'idempotency/reused',
    );
    expect((await grant('operator', wanted)).code).toBe('grant/already-standing');
    expect(await grantsOf('repeated')).toEqual([{ role: 'auditor', body: yokohama }]);
  });

  test('a grant without a key is refused, since it could not be repeated', async () => {
    const wanted = { account: id('clerk'), role: 'auditor', body: yokohama };
    expect((await grant('operator', wanted, '')).code).toMatch(/^idempotency\//);
  });

  test('the same command sent eight times at once stands once', async () => {
    const account = await newcomer('eager');
    const wanted = { account, role: 'auditor', body: yokohama };
    const sent = await Promise.all(
      [...Array(8)].map(() => grant('operator', wanted, 'same-key-8')),
    );
    expect(new Set(sent.map((it) => it.body['n'])).size).toBe(1);
    const granted = (await events()).filter(({ event }) => {
      return event.type === 'RoleGranted' && event.data.account === account;
    });
    expect(granted).toHaveLength(1);
  });

  test("each body's administrator sees its grants, the operator's all; and that is on record", async () => {
    const seen = async (login: string) => {
      const { status, body } = await ask('GET', `${server.url}/api/grants`, as(login));
      expect(status).toBe(200);
      return body['grants'] as { login: string; displayName: string; body: string }[];
    };
    const ofKamakura = await seen('kamakura');
    expect(new Set(ofKamakura.map((it) => it.body))).toEqual(new Set([kamakura]));
    expect(ofKamakura.map((it) => it.login)).toContain('local');
    const all = await seen('operator');
    expect(all).toEqual(expect.arrayContaining(ofKamakura));
    expect(all.map((it) => it.login)).toEqual(expect.arrayContaining(['clerk', 'kamakura']));
    expect((await ask('GET', `${server.url}/api/grants`, as('clerk'))).code).toBe('access/denied');

    const { rows } = await office.pool.query(
      `select login from office.access_log join office.account on account.id = account
        where what = 'grants' order by access_log.id`,
    );
    expect(rows).toEqual([{ login: 'kamakura' }, { login: 'operator' }]);
  });

  test('eight grants at once all stand, one after another', async () => {
    const hired = await Promise.all(Array.from({ length: 8 }, (_, i) => newcomer(`crowd${i}`)));
    const sent = await Promise.all(
      hired.map((account) => grant('operator', { account, role: 'counter', body: yokohama })),
    );
    expect(sent.map((it) => it.status)).toEqual(hired.map(() => 201));
    expect(new Set(sent.map((it) => it.body['n'])).size).toBe(8);
  });

  test('two administrators who revoke each other at once leave one', async () => {
    const administers = (login: string) => {
      return { account: id(login), role: 'administrator' as Role, body: yokohama };
    };
    const answers = await Promise.all([
      revoke('operator', administers('second')),
      revoke('second', administers('operator')),
    ]);
    expect(answers.filter((it) => it.status === 201)).toHaveLength(1);
    expect(await administrators(['operator', 'second'])).toHaveLength(1);
  });

  test.each([
    [{}, 422],
    [{ role: 'king' }, 422],
    [{ body: '横浜市' }, 422],
    [{ account: 'nobody' }, 422],
  ])('%j is no grant', async (part, status) => {
    const lawful = { account: id('clerk'), role: 'counter', body: yokohama };
    const body = Object.keys(part).length === 0 ? {} : { ...lawful, ...part };
    expect((await grant('kamakura', body)).status).toBe(status);
  });

  test('an account or a body that is not there is refused, and named', async () => {
    const [account, body] = [randomUUID(), randomUUID()];
    const [operator = ''] = await administrators(['operator', 'second']);
    const nobody = await grant(operator, { account, role: 'counter', body: yokohama });
    expect([nobody.code, nobody.body['detail']]).toEqual([
      'account/unknown',
      expect.stringContaining(account),
    ]);
    const nowhere = await grant(operator, { account: id('clerk'), role: 'counter', body });
    expect([nowhere.code, nowhere.body['detail']]).toEqual([
      'party/unknown',
      expect.stringContaining(body),
    ]);
  });
});
