import { randomUUID } from 'node:crypto';

import { afterAll, beforeAll, expect, test } from 'vitest';

import {
  type Asker,
  type Entered,
  startTestApplication,
  type TestApplication,
} from '../support/application.js';
import { refusal, type Refused } from './refusal.js';

let it: TestApplication;
let kamakura: string;
let kawasaki: string;
let staff: Asker;
let draft: Entered;
let old: Entered;
let head: number;

beforeAll(async () => {
  it = await startTestApplication('http_bad_input');
  await it.register({ kind: 'municipality', name: '横浜市', code: '141003' }, it.operator);
  kamakura = await it.register({ kind: 'municipality', name: '鎌倉市', code: '142042' });
  kawasaki = await it.register({ kind: 'municipality', name: '川崎市', code: '141305' });
  staff = await it.person('kamakura', 'registrar', kamakura);
  draft = (await it.post<Entered>('/api/agreements/drafts', outline())).body;
  const signed = await it.post(`${at(draft)}/signatures`, { party: '鎌倉市', acted: 'H29.2.20' });
  expect(signed.text).toContain('"repeated":false');
  old = (await it.post<Entered>('/api/agreements', outline())).body;
  const gone = { events: old.events };
  await it.approve({ kind: 'agreement', id: old.id }, old);
  expect((await it.post(`${at(old)}/retractions`, gone)).status).toBe(201);
  await it.get(`/api/parties?at-least=${await it.head()}`);
  head = await it.head();
});
afterAll(async () => {
  expect(await it.head()).toBe(head);
  await it.close();
});

const at = ({ id }: Entered) => `/api/agreements/${id}`;
const outline = (over: object = {}) => ({
  keeper: it.operator,
  title: '図書館の相互利用に関する協定',
  kind: 'agreement',
  fields: ['図書館'],
  acted: '平成29年2月20日',
  parties: [{ party: it.operator }, { party: kamakura }],
  ...over,
});

const refused = async (path: string, body: unknown, as: Asker = 'registrar') =>
  refusal(await it.post<Refused>(path, body, { as }));

test.each([
  ['平成29年2月30日', 'date/impossible'],
  ['2017-02-29', 'date/impossible'],
  ['平成29年13月1日', 'date/impossible'],
  ['いつか', 'date/unreadable'],
])('the day %s is refused', async (acted, code) => {
  const [status, all, field, ...fault] = await refused('/api/agreements', outline({ acted }));
  expect([status, all, field]).toEqual([422, 'entry/malformed', 'acted']);
  expect(fault).toEqual([code, acted, expect.stringMatching(/./)]);
});

test.each([
  ['code', '141004', 'party/code-check-digit', '検査数字の合う全国地方公共団体コード'],
  ['code', '14100', 'party/code-form', '6桁の全国地方公共団体コード'],
  [
    'corporateNumber',
    '3000020141004',
    'party/corporate-number-check-digit',
    '検査数字の合う法人番号',
  ],
])('a wrong %s %s is refused', async (name, value, code, expected) => {
  const body = { kind: 'municipality', name: '川崎市', [name]: value };
  expect(await refused('/api/parties', body)).toEqual([422, code, name, code, value, expected]);
});

test('an unknown code, name and id of a party are refused', async () => {
  const expected = '承認された当事者のid、全国地方公共団体コード、法人番号、名称または読み';
  for (const party of ['131016', '幻市']) {
    expect(await refused('/api/agreements', outline({ parties: [{ party }] }))).toEqual([
      404,
      'party/unknown',
      'parties[0].party',
      'party/unknown',
      party,
      expected,
    ]);
  }
  const party = randomUUID();
  expect(await refused('/api/agreements', outline({ parties: [{ party }] }))).toEqual([
    404,
    'party/unknown',
    'parties[0].party',
    'party/unknown',
    party,
    expect.stringContaining('id'),
  ]);
});

test('unknown acts, words and fields are refused', async () => {
  const entry = (act: object) => ({ opens: 'agreement', acts: [act] });
  const known = { type: 'AgreementRegistered', data: outline() };
  expect(await refused('/api/entries', entry({ type: 'AgreementUpdated', data: {} }))).toEqual([
    422,
    'entry/malformed',
    'acts[0].type',
    'act/unknown',
    'AgreementUpdated',
    expect.stringContaining('AgreementRegistered'),
  ]);
  expect(await refused('/api/agreements', outline({ fields: ['魔法'] }))).toEqual([
    422,
    'entry/malformed',
    'fields[0]',
    'field/word',
    '魔法',
    expect.stringContaining('図書館'),
  ]);
  expect(await refused('/api/entries', { ...entry(known), n: 7 })).toEqual([
    422,
    'request/malformed',
    'n',
    'field/unknown',
    '7',
    expect.stringContaining('acts'),
  ]);
  expect(await refused('/api/entries', { ...entry(known), opens: 'register' })).toEqual([
    422,
    'request/malformed',
    'opens',
    'field/word',
    'register',
    expect.stringContaining('agreement'),
  ]);
});

test('a party twice is refused', async () => {
  const parties = [{ party: '横浜市' }, { party: '鎌倉市' }, { party: '142042' }];
  expect(await refused('/api/agreements', outline({ parties }))).toEqual([
    409,
    'agreement/party-twice',
    expect.stringMatching(/^parties/),
    'agreement/party-twice',
    kamakura,
    expect.stringMatching(/./),
  ]);
});

test('signing twice is refused', async () => {
  expect(await refused(`${at(draft)}/signatures`, { party: '鎌倉市', acted: 'H29.2.21' })).toEqual([
    409,
    'agreement/already-signed',
    'party',
    'agreement/already-signed',
    kamakura,
    expect.stringMatching(/./),
  ]);
});

test.each([
  ['withdrawals', {}],
  ['withdrawal-notices', {}],
  ['reservations', { text: '応援は行わない' }],
  ['reservation-withdrawals', {}],
])('of %s by one who is no party nothing is stored', async (path, more) => {
  const body = { party: '川崎市', ...more, acted: '令和2年4月1日' };
  expect(await refused(`${at(draft)}/${path}`, body)).toEqual([
    409,
    'agreement/not-a-party',
    'party',
    'agreement/not-a-party',
    kawasaki,
    'この協定の当事者',
  ]);
});

test('an area without any place is refused', async () => {
  const answer = await refused(`${at(draft)}/scopes`, { acted: '令和2年4月1日' });
  expect(answer.slice(0, 4)).toEqual([422, 'scope/empty', 'areas', 'scope/empty']);
});

test('a target that no longer stands is refused, by correction, retraction and dispute', async () => {
  const [event] = old.events;
  const fallen = ['fact/not-standing', event, expect.stringMatching(/./)];
  const fields = [{ field: 'acted', new: '平成29年2月21日' }];
  expect(await refused(`${at(old)}/corrections`, { event, fields })).toEqual([
    409,
    'fact/not-standing',
    'event',
    ...fallen,
  ]);
  expect(await refused(`${at(old)}/retractions`, { events: [event] })).toEqual([
    409,
    'fact/not-standing',
    'events[0]',
    ...fallen,
  ]);
  const stream = { kind: 'agreement', id: old.id };
  const dispute = { stream, body: '鎌倉市', event, fields: [{ field: 'acted' }] };
  expect(await refused('/api/disputes', dispute, staff)).toEqual([
    409,
    'fact/not-standing',
    'event',
    ...fallen,
  ]);
});

test("another body's agreement is refused", async () => {
  expect(await refused(`${at(draft)}/end`, { ground: 'expired' }, staff)).toEqual([
    403,
    'access/not-for-this-body',
    'body',
    'access/not-for-this-body',
    it.operator,
    expect.stringContaining('registrar'),
  ]);
  expect(await refused('/api/agreements', outline(), staff)).toEqual([
    403,
    'access/not-for-this-body',
    'body',
    'access/not-for-this-body',
    it.operator,
    expect.stringContaining('registrar'),
  ]);
});

test('a role that is not the one needed is refused at the door', async () => {
  for (const as of ['approver', 'auditor', 'counter', 'administrator'] as const) {
    const answer = await it.post<Refused>('/api/agreements', outline(), { as });
    expect([answer.status, answer.code]).toEqual([403, 'access/denied']);
  }
  const judged = await it.post<Refused>(`/api/entries/${draft.entry}/approvals`, {
    digest: draft.digest,
  });
  expect([judged.status, judged.code]).toEqual([403, 'access/denied']);
  const stranger = await it.post<Refused>('/api/agreements', outline(), { as: 'public' });
  expect([stranger.status, stranger.code]).toEqual([401, 'session/required']);
});
