import { afterAll, beforeAll, expect, test } from 'vitest';

import { startTestApplication, type TestApplication } from '../support/application.js';
import { refusal, type Refused } from './refusal.js';

let it: TestApplication;

beforeAll(async () => {
  it = await startTestApplication('http_bad_questions');
  await it.register({ kind: 'municipality', name: '横浜市', code: '141003' }, it.operator);
  await it.register({ kind: 'municipality', name: '鎌倉市', code: '142042' });
  await it.get(`/api/parties?at-least=${await it.head()}`);
});
afterAll(() => it.close());

test.each([
  ['9999', 'known/beyond'],
  ['2999-01-01T00:00:00Z', 'known/future'],
  ['令和90年1月1日', 'known/future'],
  ['1999-01-01', 'known/before-register'],
  ['さっき', 'known/unreadable'],
  ['1e3', 'known/unreadable'],
])('a known of %s is refused', async (known, code) => {
  const query = new URLSearchParams({ with: '横浜市', field: '図書館', known });
  const answer = await it.get<Refused>(`/api/mutual-use?${query.toString()}`);
  const [status, all, field, own, , expected] = refusal(answer);
  expect([status, all, field, own]).toEqual([422, code, 'known', code]);
  expect(expected).toMatch(/./);
});

test.each([
  ['平成29年2月', 'on/not-a-day'],
  ['2017', 'on/not-a-day'],
  ['不明', 'on/not-a-day'],
  ['2017-02-30', 'date/impossible'],
  ['あした', 'date/unreadable'],
])('an on of %s is refused', async (on, code) => {
  const query = new URLSearchParams({ with: '横浜市', field: '図書館', on });
  const [status, all, field, , read] = refusal(
    await it.get<Refused>(`/api/mutual-use?${query.toString()}`),
  );
  expect([status, all, field, read]).toEqual([422, code, 'on', on]);
});

test.each([
  ['/api/mutual-use?field=図書館', 422, 'request/malformed', 'with'],
  ['/api/mutual-use?with=横浜市&field=魔法', 422, 'request/malformed', 'field'],
  ['/api/mutual-use?with=幻市&field=図書館', 404, 'party/unknown', 'with'],
  ['/api/mutual-use?with=横浜市&with=鎌倉市&field=図書館', 422, 'request/malformed', 'with'],
  ['/api/mutual-use?with=横浜市&field=図書館&format=xml', 422, 'request/malformed', 'format'],
  ['/api/bound?from=横浜市&to=幻市&field=図書館', 404, 'party/unknown', 'to'],
  [
    '/api/bound?from=横浜市&to=鎌倉市&field=図書館&presume=some',
    422,
    'request/malformed',
    'presume',
  ],
  ['/api/agreements?limit=0', 422, 'page/limit', 'limit'],
  ['/api/agreements?after=x', 422, 'page/after', 'after'],
  ['/api/parties?after=7', 422, 'request/malformed', 'after'],
  ['/api/parties?sort=name', 422, 'request/malformed', 'sort'],
  ['/api/parties?at-least=99999', 422, 'at-least/beyond', 'at-least'],
  ['/api/measures?stage=somehow', 422, 'request/malformed', 'stage'],
  ['/api/measures?party=幻市', 404, 'party/unknown', 'party'],
  ['/api/meetings?council=幻会議', 404, 'party/unknown', 'council'],
  ['/api/figures?limit=201', 422, 'page/limit', 'limit'],
  ['/api/proposals?receiver=幻市', 404, 'party/unknown', 'receiver'],
  ['/api/members', 422, 'members/of-whom', 'council'],
  ['/api/graph/neighbourhood', 422, 'request/malformed', 'of'],
  ['/api/graph/neighbourhood?of=幻市', 404, 'party/unknown', 'of'],
  ['/api/graph/growth?from=2020&to=2019', 422, 'years/order', 'from'],
  ['/api/graph/growth?from=平成29年', 422, 'years/unreadable', 'from'],
  ['/api/graph/growth?from=1000&to=2020', 422, 'years/order', 'from'],
  ['/api/graph/matrix?field=図書館,魔法&parties=横浜市,鎌倉市', 422, 'request/malformed', 'field'],
  ['/api/graph/matrix?field=図書館&parties=横浜市,横浜市', 422, 'matrix/parties', 'parties'],
  ['/api/graph/matrix?field=図書館&parties=横浜市,幻市', 404, 'party/unknown', 'parties'],
  ['/api/graph/matrix?field=図書館', 404, 'party/unknown', 'council'],
  ['/api/graph/gaps?of=横浜市', 422, 'request/malformed', 'field'],
  ['/api/graph/gaps?of=横浜市&field=図書館&within=far', 422, 'gaps/within', 'within'],
  ['/api/graph/gaps?of=横浜市&field=図書館', 422, 'gaps/no-position', 'of'],
  ['/api/graph/export?format=dot', 422, 'request/malformed', 'format'],
  ['/api/graph/export?of=幻市', 404, 'party/unknown', 'of'],
  ['/api/agreements/nobody', 404, 'agreement/unknown', 'agreement'],
])('%s is refused', async (path, status, code, field) => {
  const answer = refusal(await it.get<Refused>(encodeURI(path)));
  expect(answer.slice(0, 3)).toEqual([status, code, field]);
});
