import { afterAll, beforeAll, expect, test } from 'vitest';

import { Processes } from './processes.js';
import { ask, post } from './request.js';

interface Session {
  readonly token: string;
  readonly account: string;
  readonly grants: readonly { readonly role: string; readonly body: string }[];
}

const password = '青い空と みなとみらいの風';
const oneTime = /[a-z0-9]{5}(-[a-z0-9]{5}){3}/;

let processes: Processes;
let one: string;
let other: string;
let administrator: string;
let operator: string;
let people = 0;

beforeAll(async () => {
  processes = await Processes.on('several_signing_in');
  one = (await processes.start()).url;
  other = (await processes.start()).url;
  administrator = await processes.token('administrator');
  const { body } = await ask<Session>('GET', `${one}/api/session`, administrator);
  operator = body.grants[0]?.body ?? '';
}, 120_000);
afterAll(() => processes?.dispose());

/** An account made by way of one process; its one-time password works at any. */
async function newcomer(): Promise<{ id: string; login: string; oneTimePassword: string }> {
  people += 1;
  const asked = { login: `person${people}`, displayName: `職員${people}` };
  const { body } = await post<{ id: string; login: string; oneTimePassword: string }>(
    `${one}/api/accounts`,
    asked,
    { token: administrator },
  );
  return body;
}

function signIn(url: string, login: string, given: string, newPassword?: string) {
  const chosen = newPassword === undefined ? {} : { newPassword };
  return post<Session>(`${url}/api/session`, { login, password: given, ...chosen });
}

const whoAmI = (url: string, token: string) => ask('GET', `${url}/api/session`, token);

test('who signed in at one process is signed in at the other, and signed out of both at once', async () => {
  const { login, oneTimePassword } = await newcomer();
  const { status, body } = await signIn(one, login, oneTimePassword, password);
  expect(status).toBe(201);
  expect((await whoAmI(other, body.token)).status).toBe(200);
  expect((await ask('DELETE', `${other}/api/session`, body.token)).status).toBe(204);
  for (const url of [one, other]) {
    expect((await whoAmI(url, body.token)).code).toBe('session/ended');
  }
});

test('a one-time password that both processes are given at once opens one session', async () => {
  for (let round = 0; round < 5; round += 1) {
    const { login, oneTimePassword } = await newcomer();
    const answers = await Promise.all(
      [one, other].map((url, i) => signIn(url, login, oneTimePassword, `${password}${i}`)),
    );
    expect(answers.filter((it) => it.status === 201)).toHaveLength(1);
    expect(answers.filter((it) => it.code === 'session/wrong-credentials')).toHaveLength(1);
  }
});

test('a password that is given out anew ends the sessions at every process', async () => {
  const { login, oneTimePassword } = await newcomer();
  const { body } = await signIn(one, login, oneTimePassword, password);
  const said = await processes.cli('password', 'reset', '--login', login);
  for (const url of [one, other]) {
    expect((await whoAmI(url, body.token)).code).toBe('session/ended');
  }
  expect((await signIn(other, login, password)).code).toBe('session/wrong-credentials');
  const given = oneTime.exec(said)?.[0] ?? '';
  expect((await signIn(other, login, given, `${password}です`)).status).toBe(201);
});

test('a role that is granted or revoked by way of one process counts at the other at once', async () => {
  const { id, login, oneTimePassword } = await newcomer();
  const { body: session } = await signIn(other, login, oneTimePassword, password);
  const grant = { account: id, role: 'auditor', body: operator };
  const seeing = () => ask('GET', `${other}/api/grants`, session.token);
  for (let round = 0; round < 5; round += 1) {
    expect((await seeing()).code).toBe('access/denied');
    const granted = await post(`${one}/api/grants`, grant, { token: administrator });
    expect([granted.status, (await seeing()).status]).toEqual([201, 200]);
    const revoked = await post(`${one}/api/grants/revocations`, grant, { token: administrator });
    expect(revoked.status).toBe(201);
  }
  expect((await seeing()).code).toBe('access/denied');
});

test('an API token that is revoked is out at every process at once', async () => {
  const secret = await processes.token('counter');
  for (const url of [one, other]) expect((await whoAmI(url, secret)).status).toBe(200);
  const listed = await processes.cli('token', 'list');
  const ids = [...listed.matchAll(/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g)].map(String);
  const [newest = ''] = ids.slice(-1);
  await processes.cli('token', 'revoke', '--id', newest);
  for (const url of [one, other]) expect((await whoAmI(url, secret)).code).toBe('session/ended');
});

test('two processes give no more tries than one', async () => {
  const { login } = await newcomer();
  const guesses = Array.from({ length: 20 }, (_, i) =>
    signIn(i % 2 === 0 ? one : other, login, `${password}${i}`),
  );
  const answers = await Promise.all(guesses);
  expect(answers.filter((it) => it.code === 'session/wrong-credentials')).toHaveLength(5);
  expect(answers.filter((it) => it.code === 'session/throttled')).toHaveLength(15);
});
