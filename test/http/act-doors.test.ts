import { randomUUID } from 'node:crypto';

import { afterAll, beforeAll, expect, test } from 'vitest';

import {
  type Entered,
  startTestApplication,
  type TestApplication,
} from '../support/application.js';

let it: TestApplication;
let kawasaki: string;

beforeAll(async () => {
  it = await startTestApplication('http_act_doors');
  await it.register({ kind: 'municipality', name: '横浜市', code: '141003' }, it.operator);
  kawasaki = await it.register({ kind: 'municipality', name: '川崎市', code: '141305' });
});
afterAll(() => it.close());

const outline = () => ({
  keeper: it.operator,
  title: '図書館の相互利用に関する協定',
  kind: 'agreement',
  fields: ['図書館'],
  parties: [{ party: it.operator }, { party: kawasaki }],
});

async function done(path: string, body: object): Promise<Entered> {
  const answer = await it.post<Entered>(path, body);
  expect([answer.status, answer.text]).toEqual([201, expect.any(String)]);
  await it.approve({ kind: 'agreement', id: answer.body.id }, answer.body);
  return answer.body;
}

test('an agreement walks from its draft to its end, each step by its own door', async () => {
  const { id } = await done('/api/agreements/drafts', outline());
  const at = `/api/agreements/${id}`;
  await done(`${at}/signatures`, { party: it.operator, acted: '平成29年2月20日' });

  const early = await it.post(`${at}/conclusion`, { acted: '平成29年2月20日' });
  expect([early.status, early.code]).toEqual([409, 'agreement/signatures-missing']);

  await done(`${at}/signatures`, { party: kawasaki, acted: 'H29.2.20' });
  await done(`${at}/conclusion`, { acted: '2017-02-20' });
  await done(`${at}/service-starts`, { effective: '平成29年3月1日' });
  await done(`${at}/facility-counts`, { of: kawasaki, count: 13, acted: '2020-04' });
  await done(`${at}/amendments`, { summary: '貸出冊数を改める', effective: '平成30年4月1日' });
  const start = await done(`${at}/service-starts`, {
    effective: '平成29年4月1日',
    provider: kawasaki,
  });
  const correction = {
    event: start.events[0],
    fields: [{ field: 'effective', new: '平成29年5月1日' }],
    reason: '転記の誤り',
  };
  await done(`${at}/corrections`, correction);
  await done(`${at}/retractions`, { events: start.events, reason: '二重に登録した' });
  const end = await done(`${at}/end`, { ground: 'byAgreement', effective: '令和6年3月31日' });
  expect(end.revision).toBe(20);
});

test('an old paper brings further acts with it, in one entry', async () => {
  const body = {
    ...outline(),
    acted: '平成29年2月20日',
    further: [{ type: 'ServiceStarted', effective: '平成29年3月1日' }],
    source: { document: '協定書', place: '第1条' },
  };
  const answer = await it.post<Entered>('/api/agreements', body);
  expect([answer.status, answer.body.events.length, answer.body.revision]).toEqual([201, 2, 1]);
});

test('faults name the fields as they were sent', async () => {
  const body = {
    ...outline(),
    kind: 'treaty',
    parties: [{ party: it.operator, from: '平成29年2月30日' }],
    further: [{ type: 'ServiceStarted', effective: 'いつか' }],
    acted: '平成29年13月1日',
  };
  const refused = await it.post<{ faults: { field: string; code: string }[] }>(
    '/api/agreements',
    body,
  );
  expect(refused.status).toBe(422);
  expect(refused.body.faults.map(({ field, code }) => `${field} ${code}`).toSorted()).toEqual([
    'acted date/impossible',
    'further[0].effective date/unreadable',
    'kind field/word',
    'parties[0].from date/impossible',
  ]);
});

test('the reason of a declined proposal is its own, not the entry’s', async () => {
  const received = await it.post<Entered>('/api/proposals', {
    receiver: it.operator,
    title: '図書館での読み聞かせ',
  });
  const path = `/api/proposals/${received.body.id}/decline`;
  expect((await it.post(path, { reason: '予算がない' })).status).toBe(201);
});

test.each(['not-an-id', randomUUID()])('an act on %s is refused as unknown', async (id) => {
  const refused = await it.post(`/api/agreements/${id}/end`, { ground: 'expired' });
  expect([refused.status, refused.code]).toEqual([404, 'agreement/unknown']);
});

test.each([[[]], ['text'], [7], [null]])('a body of %j is refused', async (body) => {
  const refused = await it.post('/api/agreements', body);
  expect([refused.status, refused.code]).toEqual([422, 'request/malformed']);
});

test('a door repeats like the entry that it is', async () => {
  const key = randomUUID();
  const first = await it.post<Entered>('/api/facilities', facility(), { key });
  const again = await it.post<Entered>('/api/facilities', facility(), { key });
  expect([first.status, again.status]).toEqual([201, 200]);
  expect(again.body).toEqual({ ...first.body, repeated: true });
});

const facility = () => ({ owner: it.operator, name: '中央図書館' });
