import { afterAll, beforeAll, expect, test } from 'vitest';

import type { FacilitiesAnswer } from '../../projections/facilities/facility.answer.js';
import { inOlderForm, olderLibrary } from '../facilities/list-file.js';
import { startTestApplication, type TestApplication } from '../support/application.js';
import { Yaizu } from './list-sender.js';

let it: TestApplication;
let yaizu: Yaizu;

beforeAll(async () => {
  it = await startTestApplication('http_leaning_lists');
  await it.register({ kind: 'municipality', name: '横浜市', code: '141003' }, it.operator);
  yaizu = await Yaizu.in(it);
});
afterAll(() => it.close());

const library = (name: string, cells: Readonly<Record<string, string>> = {}) =>
  olderLibrary({ NO: name, 名称: name, 住所: `静岡県焼津市${name}`, ...cells });

/** Sent and applied, not judged. */
async function applied(bytes: Buffer, on: string) {
  const { body } = await yaizu.send(bytes, { on });
  return (await yaizu.apply(body.id)).body;
}

const named = async (text: string, on: string) => {
  const { body } = await yaizu.facilities<FacilitiesAnswer>({ text, on });
  return body.facilities.map(({ name }) => name);
};

test('a list that says what another list says was approved with nothing entered after the other was rejected', async () => {
  const file = inOlderForm(library('東分館'), library('西分館'));
  const first = await applied(file, '2020-09-01');
  const second = await applied(file, '2020-09-02');
  expect(second).toMatchObject({ state: 'applied', entries: 0, rows: { unchanged: 2 } });
  const [row] = (await yaizu.shown(second.id)).body.details;
  expect(row?.problem?.code).toBe('facility-list/rests-on-pending');
  const early = await yaizu.judge(second.id, second.digest);
  expect([early.status, early.code]).toEqual([409, 'facility-list/rests-on-pending']);

  await yaizu.judge(first.id, first.digest, { how: 'rejections' });
  const late = await yaizu.judge(second.id, second.digest);
  expect([late.status, late.code]).toEqual([409, 'facility-list/no-longer-holds']);
  expect((await yaizu.shown(second.id)).body).toMatchObject({ state: 'applied', judgement: null });

  const again = await yaizu.apply(second.id);
  expect([again.status, again.body.rows.entered]).toEqual([201, 2]);
  const approved = await yaizu.judge(second.id, again.body.digest);
  expect([approved.status, approved.body.state]).toEqual([201, 'approved']);
  expect(await named('東分館', '2020-09-03')).toEqual(['東分館']);
});

test('a list that says what another list says is approved once the other is', async () => {
  const file = inOlderForm(library('南分館'));
  const first = await applied(file, '2020-10-01');
  const second = await applied(file, '2020-10-02');
  await yaizu.judge(first.id, first.digest);
  const { status, body } = await yaizu.judge(second.id, second.digest);
  expect([status, body.state]).toEqual([200, 'approved']);
  const again = await yaizu.send(file, { on: '2020-10-02' });
  expect([again.status, again.body.id]).toEqual([200, second.id]);
});

test('a change to what another list registered was approved after that registration was rejected', async () => {
  const first = await applied(inOlderForm(library('北分館')), '2020-11-01');
  const later = inOlderForm(library('北分館', { 電話番号: '054-000-1111' }));
  const second = await applied(later, '2020-12-01');
  expect(second).toMatchObject({ entries: 1 });
  await yaizu.judge(first.id, first.digest, { how: 'rejections' });
  const refused = await yaizu.judge(second.id, second.digest);
  expect([refused.status, refused.code]).toEqual([409, 'facility-list/no-longer-holds']);
  await yaizu.judge(second.id, second.digest, { how: 'rejections' });
  const { body: third } = await yaizu.send(later, { on: '2020-12-01' });
  expect(third.details.map((row) => row.act)).toEqual(['register']);
});

test('what an older list said was dropped for a newer list that was then rejected', async () => {
  await yaizu.taken(inOlderForm(library('中分館', { 電話番号: '054-000-0001' })), {
    on: '2021-01-01',
  });
  const newer = inOlderForm(library('中分館', { 電話番号: '054-000-0003' }));
  const rejected = await applied(newer, '2021-03-01');
  const between = inOlderForm(library('中分館', { 電話番号: '054-000-0002' }));
  const dropped = await applied(between, '2021-03-01');
  expect(dropped.entries).toBe(1);
  const older = await applied(
    inOlderForm(library('中分館', { 電話番号: '054-000-0004' })),
    '2021-02-01',
  );
  expect(older).toMatchObject({ entries: 0, rows: { older: 1 } });
  for (const list of [rejected, dropped]) {
    await yaizu.judge(list.id, list.digest, { how: 'rejections' });
  }
  expect((await yaizu.judge(older.id, older.digest)).code).toBe('facility-list/no-longer-holds');
  const again = await yaizu.apply(older.id);
  expect(again.body).toMatchObject({ entries: 1, rows: { older: 0 } });
});

test('a row that failed could never be entered with the same file and day', async () => {
  const twin = { owner: yaizu.id, name: '双子分館', address: '静岡県焼津市双子' };
  const { body: one } = await it.post<{ id: string; entry: string; digest: string }>(
    '/api/facilities',
    twin,
    { as: yaizu.registrar },
  );
  const { body: other } = await it.post<{ id: string; entry: string; digest: string }>(
    '/api/facilities',
    twin,
    { as: yaizu.registrar },
  );
  const file = inOlderForm({ ...library('双子'), 名称: '双子分館' });
  const list = await applied(file, '2021-09-01');
  expect(list).toMatchObject({ state: 'applied', rows: { failed: 1 } });
  expect((await yaizu.apply(list.id)).status).toBe(200);
  await it.post(
    `/api/entries/${other.entry}/rejections`,
    { digest: other.digest },
    { as: yaizu.approver },
  );
  const { status, body } = await yaizu.apply(list.id);
  expect([status, body.rows]).toMatchObject([201, { failed: 0, entered: 1 }]);
  expect((await yaizu.shown(list.id)).body.details[0]).toMatchObject({ facility: one.id });
});

test('a row whose entry was rejected by itself could not be sent again with an approved list', async () => {
  const file = inOlderForm(library('甲分館'), library('乙分館'));
  const list = await applied(file, '2021-10-01');
  const [row] = (await yaizu.shown(list.id)).body.details;
  await it.post(
    `/api/entries/${row?.entry}/rejections`,
    { digest: row?.digest },
    { as: yaizu.approver },
  );
  expect((await yaizu.judge(list.id, list.digest)).body.state).toBe('approved');
  const { status, body } = await yaizu.send(file, { on: '2021-10-01' });
  expect([status, body.details.map(({ act }) => act)]).toEqual([201, ['register', 'none']]);
});

test('a list was sent again while its rejection was half done', async () => {
  const file = inOlderForm(library('丙分館'), library('丁分館'));
  const list = await applied(file, '2021-11-01');
  await yaizu.judge(list.id, list.digest, { how: 'rejections' });
  // As a process leaves it that ends in the midst of the rejections.
  await it.surroundings.pool.query(
    'update office.facility_list_row set judged = null where list = $1 and line = 2',
    [list.id],
  );
  const half = await yaizu.send(file, { on: '2021-11-01' });
  expect([half.status, half.body.id, half.body.state]).toEqual([200, list.id, 'rejecting']);
  await yaizu.judge(list.id, list.digest, { how: 'rejections' });
  const whole = await yaizu.send(file, { on: '2021-11-01' });
  expect([whole.status, whole.body.state]).toEqual([201, 'waiting']);
});
