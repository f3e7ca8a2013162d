import { DatabaseError } from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { Refusal, type RefusalKind } from '../../src/entries/domain/refusal.js';
import {
  AppendOutcomeUnknown,
  ClockSkewed,
  StoreUnavailable,
  UnstorableEvent,
} from '../../src/event-sourcing/event-store.js';
import { problemOf } from '../../src/http/problem-of.js';
import { requestIdOf } from '../../src/http/request-id.js';
import { startTestApplication, type TestApplication } from '../support/application.js';

let it: TestApplication;

beforeAll(async () => {
  it = await startTestApplication('http_problems');
});
afterAll(() => it.close());

test.each<[RefusalKind, string, number]>([
  ['malformed', 'date/impossible', 422],
  ['malformed', 'idempotency/reused', 422],
  ['conflict', 'idempotency/reused', 422],
  ['conflict', 'agreement/signatures-missing', 409],
  ['forbidden', 'access/denied', 403],
  ['forbidden', 'session/required', 401],
  ['forbidden', 'session/wrong-credentials', 401],
  ['forbidden', 'session/one-time-password', 403],
  ['forbidden', 'session/throttled', 429],
  ['conflict', 'session/api-token', 409],
  ['unknown', 'entry/unknown', 404],
  ['stale', 'stream/changed', 412],
])('a refusal that is %s, %s, has status %i', (kind, code, status) => {
  expect(problemOf(new Refusal(kind, code, '理由'))).toEqual({
    status,
    code,
    detail: '理由',
    faults: [],
  });
});

const databaseError = (code: string) =>
  Object.assign(new DatabaseError('秘密', 1, 'error'), { code });
const systemError = (code: string) => Object.assign(new Error('秘密'), { code });

test.each<[string, unknown, number, string]>([
  ['the store that cannot be reached', new StoreUnavailable('秘密'), 503, 'store/unavailable'],
  ['a clock that is wrong', new ClockSkewed(30), 503, 'store/clock-skew'],
  ['an unknown outcome', new AppendOutcomeUnknown('秘密'), 503, 'store/outcome-unknown'],
  ['an event that no store takes', new UnstorableEvent('秘密'), 422, 'entry/unstorable'],
  ['a database that shuts down', databaseError('57P01'), 503, 'store/unavailable'],
  ['a database that is full', databaseError('53100'), 503, 'store/unavailable'],
  ['a refused connection', systemError('ECONNREFUSED'), 503, 'store/unavailable'],
  ['a wrong statement', databaseError('42601'), 500, 'server/fault'],
  ['a fault of the program', new TypeError('秘密'), 500, 'server/fault'],
  ['what is no error at all', '秘密', 500, 'server/fault'],
])('%s is told without what is inside', (_, error, status, code) => {
  const problem = problemOf(error);
  expect(problem).toMatchObject({ status, code });
  expect(JSON.stringify(problem)).not.toContain('秘密');
});

test('after an unknown outcome the caller is told to repeat under the same key', () => {
  const problem = problemOf(new AppendOutcomeUnknown());
  expect(problem.detail).toContain('同じ Idempotency-Key');
  expect(problem.retryAfter).toBe(5);
});

test('every refusal is application/problem+json with the request’s id', async () => {
  const refused = await it.get('/api/session', { headers: { 'x-request-id': 'my-request-7' } });
  expect(refused.status).toBe(401);
  expect(refused.headers.get('content-type')).toBe('application/problem+json; charset=utf-8');
  expect(refused.headers.get('www-authenticate')).toBe('Bearer realm="musubi"');
  expect(refused.headers.get('x-request-id')).toBe('my-request-7');
  expect(refused.headers.get('cache-control')).toBe('no-store');
  expect(refused.body).toEqual({
    type: 'urn:musubi:problem:session/required',
    title: 'サインインが必要です',
    status: 401,
    code: 'session/required',
    detail: 'サインインするか、APIトークンを Authorization ヘッダーに付けてください。',
    faults: [],
    instance: 'urn:musubi:request:my-request-7',
  });
});

test('a request id that is not well-formed is replaced', () => {
  for (const given of ['short', 'x'.repeat(101), 'log\ninjection-x', '横浜市の要求その一', '']) {
    expect(requestIdOf({ headers: { 'x-request-id': given } })).toMatch(/^[0-9a-f-]{36}$/);
  }
});

test('an unknown path and a wrong method are told apart', async () => {
  for (const path of [
    '/api/nothing',
    '/nothing',
    '/api/entries/x/y/z',
    '/api/agreements/x/dance',
  ]) {
    const unknown = await it.get(path);
    expect([path, unknown.status, unknown.code]).toEqual([path, 404, 'route/unknown']);
  }
  const wrong = await it.ask('PUT', '/api/entries/abc/approvals');
  expect([wrong.status, wrong.code, wrong.headers.get('allow')]).toEqual([
    405,
    'route/method',
    'POST',
  ]);
});

test('a URL that cannot be decoded is refused, with the headers of every answer', async () => {
  const refused = await it.get('/api/entries/%zz/approvals');
  expect([refused.status, refused.code]).toEqual([400, 'request/malformed']);
  expect(refused.headers.get('x-content-type-options')).toBe('nosniff');
  const long = await it.ask('POST', `/api/entries/${'a'.repeat(300)}/approvals`);
  expect([long.status, long.code]).toEqual([414, 'request/url-too-long']);
});

test('what class-validator finds comes as faults in Japanese, without the password', async () => {
  const body = { login: '!', password: 7, newPassword: 'short', extra: 1 };
  const refused = await it.post<{ faults: { field: string; read: string; expected: string }[] }>(
    '/api/session',
    body,
  );
  expect([refused.status, refused.code]).toEqual([422, 'request/malformed']);
  const faults = refused.body.faults.map(({ field, read }) => `${field}: ${read}`);
  expect([...new Set(faults)].toSorted()).toEqual([
    'extra: 1',
    'login: !',
    'newPassword: （表示しません）',
    'password: （表示しません）',
  ]);
  for (const { expected } of refused.body.faults) expect(expected).toMatch(/[ぁ-んァ-ヶ一-龠]/u);
});
