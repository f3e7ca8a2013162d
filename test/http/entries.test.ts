import { randomUUID } from 'node:crypto';

import { afterAll, beforeAll, expect, test } from 'vitest';

import {
  type Entered,
  startTestApplication,
  type TestApplication,
} from '../support/application.js';

let it: TestApplication;
let kamakura: string;

beforeAll(async () => {
  it = await startTestApplication('http_entries');
  await it.register({ kind: 'municipality', name: '横浜市', code: '141003' }, it.operator);
  kamakura = await it.register({ kind: 'municipality', name: '鎌倉市', code: '142042' });
});
afterAll(() => it.close());

const library = () => ({
  opens: 'agreement',
  acts: [
    {
      type: 'AgreementRegistered',
      acted: '平成29年2月20日',
      data: {
        keeper: it.operator,
        title: '図書館の相互利用に関する協定',
        kind: 'agreement',
        fields: ['図書館'],
        parties: [{ party: it.operator }, { party: kamakura }],
      },
    },
  ],
});

test('an old paper is registered in one act, and its answer says where it stands', async () => {
  const head = await it.head();
  const answer = await it.post<Entered>('/api/entries', library());
  expect(answer.status).toBe(201);
  expect(answer.headers.get('etag')).toBe('"0"');
  expect(answer.headers.get('location')).toBe(`/api/agreements/${answer.body.id}`);
  expect(answer.body).toMatchObject({ revision: 0, n: head + 1, repeated: false });
  expect(answer.body.events).toHaveLength(1);
  expect(await it.head()).toBe(head + 1);
});

test('what is odd is taken, and the answer says so', async () => {
  const paper = library();
  const start = { type: 'ServiceStarted', effective: '平成31年4月1日', data: {} };
  const odd = { ...paper, acts: [...paper.acts, start] };
  const key = randomUUID();
  const answer = await it.post<Entered & { warnings: { code: string }[] }>('/api/entries', odd, {
    key,
  });
  expect(answer.status).toBe(201);
  expect(answer.body.warnings.map((one) => one.code)).toEqual(['service-long-after-signing']);
  const again = await it.post('/api/entries', odd, { key });
  expect(again.body).toEqual({ ...answer.body, repeated: true });
});

test('the same command sent twice makes one event and gives the same answer', async () => {
  const key = randomUUID();
  const first = await it.post<Entered>('/api/entries', library(), { key });
  const head = await it.head();
  const again = await it.post<Entered>('/api/entries', library(), { key });
  expect(again.status).toBe(200);
  expect(again.body).toEqual({ ...first.body, repeated: true });
  expect(again.headers.get('etag')).toBe(first.headers.get('etag'));
  expect(await it.head()).toBe(head);
});

test('another body under the same key is refused', async () => {
  const key = randomUUID();
  await it.post('/api/entries', library(), { key });
  const head = await it.head();
  const other = library();
  other.acts[0]!.data.title = '別の協定';
  const refused = await it.post('/api/entries', other, { key });
  expect([refused.status, refused.code]).toEqual([422, 'idempotency/reused']);
  expect(await it.head()).toBe(head);
});

test('the same key of another person is another command', async () => {
  const key = randomUUID();
  const other = await it.person('aoki', 'registrar', it.operator);
  const first = await it.enter(library(), { key });
  const second = await it.enter(library(), { key, as: other });
  expect(second.id).not.toBe(first.id);
});

test.each([
  ['idempotency/missing', {}],
  ['idempotency/unreadable', { 'idempotency-key': 'short' }],
  ['idempotency/unreadable', { 'idempotency-key': 'with space in it' }],
])('a command without a lawful key is refused: %s', async (code, headers) => {
  const sent = { 'content-type': 'application/json', ...headers };
  const body = JSON.stringify(library());
  const refused = await it.ask('POST', '/api/entries', { as: 'registrar', headers: sent }, body);
  expect([refused.status, refused.code]).toEqual([422, code]);
});

test('If-Match lets one of two writers win who have read the same', async () => {
  const { id, revision } = await it.enter(library());
  const start = {
    stream: { kind: 'agreement', id },
    acts: [{ type: 'ServiceStarted', effective: 'H29.3.1', data: {} }],
  };
  const ifMatch = { headers: { 'if-match': `"${revision}"` } };
  const won = await it.post('/api/entries', start, ifMatch);
  expect([won.status, won.headers.get('etag')]).toEqual([201, '"1"']);
  const head = await it.head();
  const lost = await it.post('/api/entries', start, ifMatch);
  expect([lost.status, lost.code]).toEqual([412, 'stream/changed']);
  expect(lost.body['faults']).toEqual([
    { field: 'If-Match', code: 'stream/changed', read: '"0"', expected: '"1"' },
  ]);
  expect(await it.head()).toBe(head);
});

test.each(['3', 'W/"3"', '*', '"-1"', '"x"'])('an If-Match of %s is refused', async (given) => {
  const refused = await it.post('/api/entries', library(), { headers: { 'if-match': given } });
  expect([refused.status, refused.code]).toEqual([422, 'if-match/unreadable']);
});

test('an entry is approved by another person, by the digest of what he saw', async () => {
  const entered = await it.enter(library());
  const stream = { kind: 'agreement', id: entered.id };
  const approved = await it.approve(stream, entered);
  expect(approved).toMatchObject({ id: entered.id, revision: 1, repeated: false });

  const path = `/api/entries/${entered.entry}/approvals`;
  const again = await it.post(path, { digest: entered.digest, stream }, { as: 'approver' });
  expect([again.status, again.code]).toEqual([409, 'entry/already-judged']);
});

test('approving is refused to whoever entered, and by another digest', async () => {
  const both = await it.person('both', 'registrar', it.operator);
  await it.post(
    '/api/grants',
    { account: both.id, role: 'approver', body: it.operator },
    { as: 'administrator' },
  );
  const entered = await it.enter(library(), { as: both });
  const stream = { kind: 'agreement', id: entered.id };
  const path = `/api/entries/${entered.entry}/approvals`;
  const head = await it.head();
  const own = await it.post(path, { digest: entered.digest, stream }, { as: both });
  expect([own.status, own.code]).toEqual([403, 'entry/own']);
  const unseen = await it.post(path, { digest: '0'.repeat(64), stream }, { as: 'approver' });
  expect([unseen.status, unseen.code]).toEqual([412, 'entry/other-digest']);
  expect(await it.head()).toBe(head);
});

test('an entry is rejected with a reason, and then no longer approved', async () => {
  const entered = await it.enter(library());
  const stream = { kind: 'agreement', id: entered.id };
  const body = { digest: entered.digest, stream, reason: '締結日が違う' };
  const rejected = await it.post(`/api/entries/${entered.entry}/rejections`, body, {
    as: 'approver',
  });
  expect(rejected.status).toBe(201);
  const late = await it.post(`/api/entries/${entered.entry}/approvals`, body, { as: 'approver' });
  expect([late.status, late.code]).toEqual([409, 'entry/already-judged']);
});

test('another body disputes a fact, and withdraws it again', async () => {
  const staff = await it.person('kamakura', 'registrar', kamakura);
  const entered = await it.enter(library());
  const stream = { kind: 'agreement', id: entered.id };
  const body = {
    stream,
    body: kamakura,
    event: entered.events[0],
    fields: [{ field: 'acted', value: '平成29年2月21日' }],
    reason: '当方の原本では2月21日',
  };
  const disputed = await it.post<Entered>('/api/disputes', body, { as: staff });
  expect(disputed.status).toBe(201);
  const path = `/api/disputes/${disputed.body.events[0]}/withdrawals`;
  const byOthers = await it.post(path, { stream });
  expect([byOthers.status, byOthers.code]).toEqual([403, 'access/not-for-this-body']);
  expect((await it.post(path, { stream }, { as: staff })).status).toBe(201);
  const again = await it.post(path, { stream }, { as: staff });
  expect([again.status, again.code]).toEqual([409, 'dispute/not-open']);
});
