import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { ApiTokens } from '../../src/identity/api-tokens.js';
import {
  ask,
  freshOffice,
  type Office,
  openFor,
  record,
  serve,
  yokohama,
} from './running-office.js';

let office: Office;
let server: Awaited<ReturnType<typeof serve>>;
let session: string;

beforeAll(async () => {
  office = await freshOffice('session');
  server = await serve(office);
  session = `${server.url}/api/session`;
});

afterAll(async () => {
  await server.app.close();
  await office.close();
});

let people = 0;

/** Somebody with an account of his own, who has not signed in yet. */
async function newcomer() {
  const login = `person${people++}`;
  return office.accounts.create(login, `利用者${people}`);
}

/** Somebody who has chosen his password. */
async function settled() {
  const { id, login, oneTimePassword: password } = await newcomer();
  const newPassword = '青い空と みなとみらいの風';
  const { status, body } = await ask('POST', session, {}, { login, password, newPassword });
  expect(status).toBe(201);
  return { id, login, password: newPassword, token: String(body['token']) };
}

const bearer = (token: string) => ({ authorization: `Bearer ${token}` });

describe('signing in', () => {
  test('the one-time password must be replaced, and then opens nothing any more', async () => {
    const { id, login, oneTimePassword: password } = await newcomer();
    expect((await ask('POST', session, {}, { login, password })).code).toBe(
      'session/one-time-password',
    );

    const newPassword = 'correct horse battery';
    const first = await ask('POST', session, {}, { login, password, newPassword });
    expect(first.status).toBe(201);
    expect(first.body).toMatchObject({ account: id, login, grants: [] });
    expect(first.headers.get('cache-control')).toBe('no-store');

    expect((await ask('POST', session, {}, { login, password })).code).toBe(
      'session/wrong-credentials',
    );
    expect((await ask('POST', session, {}, { login, password: newPassword })).status).toBe(201);
  });

  test('a one-time password opens one session, however many use it together', async () => {
    const { login, oneTimePassword: password } = await newcomer();
    const answers = await Promise.all(
      [1, 2, 3, 4].map((i) =>
        ask('POST', session, {}, { login, password, newPassword: `correct horse ${i}!` }),
      ),
    );
    expect(answers.filter((it) => it.status === 201)).toHaveLength(1);
    expect(answers.filter((it) => it.code === 'session/wrong-credentials')).toHaveLength(3);
  });

  test.each([
    ['みじかい', 'request/malformed', 422],
    ['aaaaaaaaaaaa', 'password/guessable', 422],
    ['%login% is it', 'password/guessable', 422],
  ])(
    'the new password %s is refused and the one-time password stays',
    async (wanted, code, status) => {
      const { login, oneTimePassword: password } = await newcomer();
      const newPassword = wanted.replace('%login%', login);
      const refused = await ask('POST', session, {}, { login, password, newPassword });
      expect([refused.code, refused.status]).toEqual([code, status]);
      const retried = { login, password, newPassword: 'correct horse battery' };
      expect((await ask('POST', session, {}, retried)).status).toBe(201);
    },
  );

  test('the one-time password itself is not accepted as the new one', async () => {
    const { login, oneTimePassword: password } = await newcomer();
    const again = { login, password, newPassword: password };
    expect((await ask('POST', session, {}, again)).code).toBe('password/unchanged');
  });

  test('an unknown login, a wrong password and a closed account are told the same', async () => {
    const [open, closed] = [await settled(), await settled()];
    await office.pool.query('update office.account set disabled = true where id = $1', [closed.id]);
    await office.accounts.withoutSignIn('loader', '初期資料');
    const tries = [
      { login: 'nobody', password: open.password },
      { login: open.login, password: `${open.password}?` },
      { login: closed.login, password: closed.password },
      { login: 'loader', password: open.password },
    ];
    const answers = await Promise.all(tries.map((it) => ask('POST', session, {}, it)));
    const told = answers.map(({ status, body }) => ({ ...body, status, instance: undefined }));
    expect(told[0]).toMatchObject({ status: 401, code: 'session/wrong-credentials' });
    expect(told).toEqual(told.map(() => told[0]));
  });

  test('a login is one in capitals and in small letters; full-width keys make the same password', async () => {
    const { login } = await settled();
    const typed = { login: login.toUpperCase(), password: '青い空と　みなとみらいの風' };
    expect((await ask('POST', session, {}, typed)).status).toBe(201);
  });

  test.each([
    [{ login: 'x' }],
    [{ login: 'person', password: 12 }],
    [{ login: ['a', 'b'], password: 'secret' }],
    [{ login: "' or 1=1 --", password: 'secret' }],
    [{ login: 'person', password: 'あ'.repeat(201) }],
    [{ login: 'person', password: 'secret', admin: true }],
    [[]],
    ['person'],
  ])('%j is no sign-in', async (body) => {
    expect((await ask('POST', session, {}, body)).status).toBe(422);
  });

  test('after five wrong passwords the right one waits, too', async () => {
    const { login, password } = await settled();
    const wrong = { login, password: 'not the password' };
    const codes: (string | undefined)[] = [];
    for (let i = 0; i < 6; i++) codes.push((await ask('POST', session, {}, wrong)).code);
    expect(codes).toEqual([...Array(5).fill('session/wrong-credentials'), 'session/throttled']);
    expect((await ask('POST', session, {}, { login, password })).code).toBe('session/throttled');

    office.clock.passes(16);
    expect((await ask('POST', session, {}, { login, password })).status).toBe(201);
  });
});

describe('a session', () => {
  test('the token tells who came, with the roles standing at the moment of asking', async () => {
    const { id, login, token } = await settled();
    const me = () => ask('GET', session, bearer(token));
    expect((await me()).body).toMatchObject({ account: id, login, grants: [] });

    await openFor(office, [{ account: id, role: 'auditor', body: yokohama }]);
    await record(office.store, 'RoleGranted', { account: id, role: 'counter', body: yokohama });
    expect((await me()).body['grants']).toEqual([
      { role: 'auditor', body: yokohama },
      { role: 'counter', body: yokohama },
    ]);
    await record(office.store, 'RoleRevoked', { account: id, role: 'auditor', body: yokohama });
    expect((await me()).body['grants']).toEqual([{ role: 'counter', body: yokohama }]);
  });

  test('signing out ends that session alone', async () => {
    const { login, password, token } = await settled();
    const { body } = await ask('POST', session, {}, { login, password });
    expect((await ask('DELETE', session, bearer(token))).status).toBe(204);
    expect((await ask('GET', session, bearer(token))).code).toBe('session/ended');
    expect((await ask('GET', session, bearer(String(body['token'])))).status).toBe(200);
  });

  test('a session runs out after twelve hours', async () => {
    const { token } = await settled();
    office.clock.passes(12 * 60 - 1);
    expect((await ask('GET', session, bearer(token))).status).toBe(200);
    office.clock.passes(2);
    expect((await ask('GET', session, bearer(token))).code).toBe('session/ended');
  });

  test('a closed account is out at once, and so is one whose password was given out anew', async () => {
    const [closed, reset] = [await settled(), await settled()];
    await office.pool.query('update office.account set disabled = true where id = $1', [closed.id]);
    await office.accounts.resetPassword(reset.login);
    for (const { token } of [closed, reset]) {
      expect((await ask('GET', session, bearer(token))).code).toBe('session/ended');
    }
  });

  test('choosing a new password ends the other sessions', async () => {
    const { login, password, token } = await settled();
    const changed = { login, password, newPassword: 'another horse battery' };
    expect((await ask('POST', session, {}, changed)).status).toBe(201);
    expect((await ask('GET', session, bearer(token))).code).toBe('session/ended');
  });

  test('no credentials at all, and some that nobody can read, are told apart', async () => {
    expect((await ask('GET', session)).code).toBe('session/required');
    for (const authorization of ['Basic YTpi', 'Bearer', 'musubi_x', 'Bearer a b']) {
      expect((await ask('GET', session, { authorization })).code).toBe('session/unreadable');
    }
    for (const token of ['musubi_x', `musubi_${'A'.repeat(43)}`, 'x'.repeat(4000)]) {
      expect((await ask('GET', session, bearer(token))).code).toBe('session/ended');
    }
  });

  test('no token and no password stands anywhere in the database', async () => {
    const { login, password, token } = await settled();
    const tokens = new ApiTokens(office.pool, office.clock);
    const { secret } = await tokens.create(login, '試験', 1);
    const { rows } = await office.pool.query<{ text: string }>(
      `select account::text as text from office.account union all
       select session::text from office.session union all
       select api_token::text from office.api_token`,
    );
    expect(rows.length).toBeGreaterThan(3);
    for (const hidden of [password, token, secret, secret.slice(7), token.slice(7)]) {
      expect(rows.filter(({ text }) => text.includes(hidden))).toEqual([]);
    }
  });
});

describe('the cookie of a browser', () => {
  async function cookieOf() {
    const { login, password } = await settled();
    const { headers } = await ask('POST', session, {}, { login, password });
    return String(headers.get('set-cookie'));
  }

  test('no script can read it, no other site can make it be sent', async () => {
    expect(await cookieOf()).toMatch(
      /^musubi_session=musubi_[\w-]{43}; Path=\/; Max-Age=43200; HttpOnly; SameSite=Strict$/,
    );
  });

  test('it signs in for reading; changing needs the Origin of this site', async () => {
    const [cookie = ''] = (await cookieOf()).split(';');
    expect((await ask('GET', session, { cookie: `theme=dark; ${cookie}` })).status).toBe(200);

    for (const origin of [undefined, 'http://evil.example', 'null', 'http://127.0.0.1:1']) {
      const headers: Record<string, string> =
        origin === undefined ? { cookie } : { cookie, origin };
      expect((await ask('DELETE', session, headers)).code).toBe('access/other-site');
    }
    const ended = await ask('DELETE', session, { cookie, origin: server.url });
    expect(ended.status).toBe(204);
    expect(ended.headers.get('set-cookie')).toContain('Max-Age=0');
  });

  test('one that has run out counts as none', async () => {
    const cookie = `musubi_session=musubi_${'A'.repeat(43)}`;
    expect((await ask('GET', session, { cookie })).code).toBe('session/required');
  });

  test("another site cannot sign a person in under somebody else's name", async () => {
    const { login, password } = await settled();
    const foreign = { origin: 'http://evil.example' };
    expect((await ask('POST', session, foreign, { login, password })).code).toBe(
      'access/other-site',
    );
  });
});

describe('the token of a program', () => {
  const tokens = () => new ApiTokens(office.pool, office.clock);

  test('it signs in as its account until it runs out', async () => {
    const { id, login } = await settled();
    const { secret } = await tokens().create(login, '夜間取込', 90);
    expect((await ask('GET', session, bearer(secret))).body).toMatchObject({ account: id });
    office.clock.passes(90 * 24 * 60);
    expect((await ask('GET', session, bearer(secret))).code).toBe('session/ended');
  });

  test('revoked, it is out at once, and stays on the list with its last use', async () => {
    const { login } = await settled();
    const { id, secret } = await tokens().create(login, '夜間取込', 90);
    await ask('GET', session, bearer(secret));
    await tokens().revoke(id);
    expect((await ask('GET', session, bearer(secret))).code).toBe('session/ended');

    const listed = (await tokens().all()).find((it) => it.id === id);
    expect(listed).toMatchObject({ login, name: '夜間取込' });
    expect(listed?.revokedAt).toBeInstanceOf(Date);
    expect(listed?.lastUsedAt).toBeInstanceOf(Date);
  });

  test('it cannot be signed out, only revoked', async () => {
    const { login } = await settled();
    const { secret } = await tokens().create(login, '夜間取込', 90);
    expect((await ask('DELETE', session, bearer(secret))).code).toBe('session/api-token');
    expect((await ask('GET', session, bearer(secret))).status).toBe(200);
  });

  test('there is none for an account that nobody has, or that loads by itself', async () => {
    await office.accounts.withoutSignIn('loader', '初期資料');
    for (const login of ['nobody', 'loader']) {
      await expect(tokens().create(login, 'x', 1)).rejects.toMatchObject({
        code: 'account/unknown',
      });
    }
    await expect(tokens().revoke('no such token')).rejects.toMatchObject({ code: 'token/unknown' });
  });
});
