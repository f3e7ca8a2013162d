import { afterAll, beforeAll, expect, test } from 'vitest';

import {
  csvText,
  inCp932,
  inCurrentForm,
  inOlderForm,
  library,
  olderColumns,
  olderLibrary,
  published,
  table,
} from '../facilities/list-file.js';
import { type Asker, startTestApplication, type TestApplication } from '../support/application.js';
import { Yaizu } from './list-sender.js';

let it: TestApplication;
let yaizu: Yaizu;
let head: number;

beforeAll(async () => {
  it = await startTestApplication('http_bad_lists');
  await it.register({ kind: 'municipality', name: '横浜市', code: '141003' }, it.operator);
  yaizu = await Yaizu.in(it);
  head = await it.head();
});
afterAll(() => it.close());

const stored = async () => {
  const { rows } = await it.surroundings.pool.query('select from office.facility_list');
  return rows.length;
};

const mark = Buffer.from('﻿');
test.each([
  [
    'of another body',
    inOlderForm(olderLibrary({ 都道府県コード又は市区町村コード: '221309' })),
    'other-body',
  ],
  ['of nothing', Buffer.alloc(0), 'empty'],
  ['of a mark alone', mark, 'empty'],
  ['of a header alone', inOlderForm(), 'no-rows'],
  ['with another header', Buffer.from('名前,場所\r\n図書館,焼津市\r\n'), 'header-unknown'],
  [
    'without a required column',
    Buffer.from('都道府県コード又は市区町村コード,NO,名称\r\n1,2,3\r\n'),
    'column-missing',
  ],
  ['in UTF-16', Buffer.from('﻿都道府県コード又は市区町村コード', 'utf16le'), 'encoding'],
  ['that is a spreadsheet', Buffer.from('504b0304140000000800', 'hex'), 'not-text'],
  ['that is a picture', Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'), 'not-text'],
])('a list %s is refused as a whole, and not kept', async (_, bytes, code) => {
  const before = await stored();
  const { status, code: refused, body } = await yaizu.send(bytes);
  expect([status, refused]).toEqual([422, `facility-list/${code}`]);
  expect(body).toMatchObject({
    faults: [{ code: refused, expected: expect.stringMatching(/./) as string }],
  });
  expect(await stored()).toBe(before);
  expect(await it.head()).toBe(head);
});

test('a list of another body names whose it is', async () => {
  const { body, code } = await yaizu.send(published('libraries'), { owner: '横浜市' }, 'registrar');
  expect(code).toBe('facility-list/other-body');
  expect(body).toMatchObject({
    faults: [{ field: 'file', read: '222127 静岡県焼津市', expected: '141003' }],
  });
});

test('a file that is too large is refused before it is read to its end', async () => {
  const { status, code } = await yaizu.send(Buffer.alloc(4 * 1024 * 1024 + 1, 0x41));
  expect([status, code]).toEqual([413, 'facility-list/too-large']);
});

test('rows spoiled in every way are refused with their reasons; the others are taken whole', async () => {
  const rows = [
    library(),
    library({ ID: 'L2', 名称: '鶴見図書館', 町字ID: '141003' }),
    library({ ID: 'L3', 名称: '神奈川図書館', 所在地_市区町村: '横浜市鶴見区' }),
    library({
      ID: 'L4',
      名称: '少年自然の家',
      所在地_連結表記: '長野県南佐久郡南牧村大字野辺山1',
      所在地_都道府県: '長野県',
      所在地_市区町村: '南佐久郡南牧村',
      所在地_町字: '大字野辺山',
      所在地_番地以下: '1',
      所在地_全国地方公共団体コード: '203050',
    }),
    library({ ID: 'L5', 名称: '南図書館', 電話番号: '045?741?8812' }),
    library({ ID: 'L6', 名称: '港南図書館' }),
    library({ ID: 'L6', 名称: '港北図書館' }),
    { 全国地方公共団体コード: '合計', 名称: '7件' },
  ];
  const { body } = await yaizu.send(inCurrentForm(...rows), { owner: '141003' }, 'registrar');
  const told = body.details.map((row) => [
    row.line,
    row.verdict,
    row.state,
    row.findings.map((finding) => finding.code).join(' '),
  ]);
  expect(told).toEqual([
    [2, 'taken', 'waiting', ''],
    [3, 'refused', 'refused', 'town-id/municipality-code'],
    [4, 'refused', 'refused', 'address/contradiction'],
    [5, 'taken-with-warnings', 'waiting', 'address/other-prefecture'],
    [6, 'taken-with-warnings', 'waiting', expect.stringContaining('cell/lost-character') as string],
    [7, 'refused', 'refused', 'row/same-id'],
    [8, 'refused', 'refused', 'row/same-id'],
    [9, 'refused', 'refused', 'row/footer'],
  ]);
  const applied = await it.ask<{ done: number; of: number; entries: number }>(
    'POST',
    `/api/facility-lists/${body.id}/application`,
    { as: 'registrar' },
  );
  expect(applied.body).toMatchObject({ state: 'applied', done: 3, of: 3, entries: 3 });
  expect(await it.head()).toBe(head + 3);
  head += 3;
});

test('CP932 is read, and a byte that is no character refuses its row alone', async () => {
  const text = csvText(
    table(olderColumns, [olderLibrary(), olderLibrary({ NO: '2', 名称: '〇館' })]),
  );
  const bytes = inCp932(text);
  const at = bytes.lastIndexOf(inCp932('〇館'));
  bytes[at] = 0xfc;
  bytes[at + 1] = 0xfc;
  const { body } = await yaizu.send(bytes);
  expect(body.report.encoding).toBe('cp932');
  expect(body.details.map((row) => row.verdict)).toEqual(['taken', 'refused']);
  expect(body.details[1]?.findings[0]).toMatchObject({ code: 'cell/no-character', byte: at });
});

test('a row that no event can hold fails alone, and is told of before', async () => {
  const long = Object.fromEntries(
    [
      '名称_通称',
      '方書',
      '利用可能曜日',
      '利用可能日時特記事項',
      '説明',
      'バリアフリー情報',
      '団体名',
    ].map((column) => [column, 'あ'.repeat(2000)]),
  );
  const more = {
    内線番号: 'い'.repeat(2000),
    備考: 'う'.repeat(2000),
    電話番号: 'え'.repeat(2000),
  };
  const rows = [
    olderLibrary({ NO: 'B1', 名称: '大きな館', ...long, ...more }),
    olderLibrary({ NO: 'B2', 名称: '小さな館' }),
  ];
  const { body } = await yaizu.send(inOlderForm(...rows));
  expect(body.details[0]?.problem?.code).toBe('facility-list/row-too-large');
  const applied = await yaizu.apply(body.id);
  expect(applied.body).toMatchObject({ state: 'applied', entries: 1, rows: { failed: 1 } });
  const { details } = (await yaizu.shown(body.id)).body;
  expect(details[0]).toMatchObject({
    state: 'failed',
    entry: null,
    problem: { code: 'facility-list/row-too-large' },
  });
  head += 1;
  expect(await it.head()).toBe(head);
});

test('a row that may mean two facilities is not given to either', async () => {
  const data = { owner: yaizu.id, name: '二重の館', address: '静岡県焼津市本町5-6-1' };
  for (const _ of [1, 2]) {
    await it.post('/api/facilities', data, { as: yaizu.registrar });
  }
  const row = olderLibrary({ NO: 'D1', 名称: '二重の館', 住所: '静岡県焼津市本町五丁目6番1号' });
  const { body } = await yaizu.send(inOlderForm(row));
  await yaizu.apply(body.id);
  const { details } = (await yaizu.shown(body.id)).body;
  expect(details[0]).toMatchObject({
    state: 'failed',
    problem: { code: 'facility-list/ambiguous' },
  });
  head += 2;
  expect(await it.head()).toBe(head);
});

test('whoever is no registrar of the owner sends nothing', async () => {
  const before = await stored();
  const askers: readonly (readonly [Asker, number, string])[] = [
    ['public', 401, 'session/required'],
    ['auditor', 403, 'access/denied'],
    ['registrar', 403, 'access/not-for-this-body'],
    [yaizu.approver, 403, 'access/denied'],
  ];
  for (const [as, status, code] of askers) {
    const refused = await yaizu.send(published('sports'), {}, as);
    expect([refused.status, refused.code]).toEqual([status, code]);
  }
  expect(await stored()).toBe(before);
});

test('a list is shown to staff of its owner alone', async () => {
  const { body } = await yaizu.send(published('sports'));
  expect((await yaizu.shown(body.id, yaizu.approver)).status).toBe(200);
  const stranger = await yaizu.shown(body.id, 'registrar');
  expect([stranger.status, stranger.code]).toEqual([404, 'facility-list/unknown']);
  const lists = async (as: Asker) => {
    const answer = await it.get<{ lists: readonly { id: string }[] }>('/api/facility-lists', {
      as,
    });
    return answer.body.lists.map((list) => list.id);
  };
  expect(await lists(yaizu.approver)).toContain(body.id);
  expect(await lists('auditor')).not.toContain(body.id);
});

test('an approval before the end of the application is refused', async () => {
  const { body } = await yaizu.send(published('sports'));
  const refused = await yaizu.judge(body.id, '0'.repeat(64));
  expect([refused.status, refused.code]).toEqual([409, 'facility-list/not-applied']);
});

test.each([
  [{ owner: '幻市' }, 404, 'party/unknown'],
  [{ owner: '' }, 422, 'request/malformed'],
  [{ on: '平成29年2月' }, 422, 'on/not-a-day'],
  [{ on: '2999-01-01' }, 422, 'facility-list/future'],
  [{ complete: 'perhaps' }, 422, 'request/malformed'],
  [{ colour: '青' }, 422, 'request/malformed'],
] as const)('a question of %j is refused', async (asked, status, code) => {
  const refused = await yaizu.send(published('libraries'), asked);
  expect([refused.status, refused.code]).toEqual([status, code]);
});

test('a form brings the file as well; JSON does not, nor does any other route take a file', async () => {
  const form = new FormData();
  form.set('owner', '222127');
  form.set('file', new Blob([new Uint8Array(published('sports'))]), 'yaizu-sports.csv');
  const request = new Request('http://form', { method: 'POST', body: form });
  const type = request.headers.get('content-type') ?? '';
  const bytes = Buffer.from(await request.arrayBuffer());
  const headers = { 'content-type': type };
  const as = yaizu.registrar;
  const { status, body } = await it.ask('POST', '/api/facility-lists', { as, headers }, bytes);
  expect([status, body['fileName']]).toEqual([200, '一覧.csv']);
  const broken = await it.ask('POST', '/api/facility-lists', { as, headers }, Buffer.from('--x'));
  expect([broken.status, broken.code]).toEqual([400, 'facility-list/form']);
  const json = await yaizu.send(Buffer.from('{}'), {}, as, 'application/json');
  expect([json.status, json.code]).toEqual([415, 'body/unsupported-media-type']);
  const elsewhere = await it.ask(
    'POST',
    '/api/entries',
    { as: 'registrar', headers: { 'content-type': 'text/csv', 'idempotency-key': 'elsewhere' } },
    'a,b',
  );
  expect([elsewhere.status, elsewhere.code]).toEqual([415, 'body/unsupported-media-type']);
});
