import { afterAll, beforeAll, expect, test } from 'vitest';

import type {
  FacilitiesAnswer,
  FacilityDetailAnswer,
} from '../../projections/facilities/facility.answer.js';
import { inOlderForm, olderLibrary } from '../facilities/list-file.js';
import {
  type Entered,
  startTestApplication,
  type TestApplication,
} from '../support/application.js';
import { Yaizu } from './list-sender.js';

let it: TestApplication;
let yaizu: Yaizu;

beforeAll(async () => {
  it = await startTestApplication('http_later_lists');
  await it.register({ kind: 'municipality', name: '横浜市', code: '141003' }, it.operator);
  yaizu = await Yaizu.in(it);
  await yaizu.taken(inOlderForm(yaizuLibrary, oigawa), { on: '2020-09-01' });
});
afterAll(() => it.close());

const yaizuLibrary = olderLibrary({ 電話番号: '054-628-2334' });
const oigawa = olderLibrary({ NO: '10930', 名称: '大井川図書館', 住所: '静岡県焼津市宗高909-1' });

const one = async (text: string, on: string): Promise<FacilityDetailAnswer> => {
  const { body } = await yaizu.facilities<FacilitiesAnswer>({ text, on });
  const answer = await it.get<FacilityDetailAnswer>(
    `/api/facilities/${body.facilities[0]?.id}?on=${on}`,
  );
  return answer.body;
};
const telephones = async (on: string) =>
  (await one('焼津図書館', on)).attributes
    .find((cell) => cell.attribute === 'telephone')
    ?.values.map(({ value, written, source }) => [value, written, source?.written]);

test('a later list enters what changed and nothing else', async () => {
  const later = olderLibrary({ 電話番号: '054-628-9999' });
  const sent = await yaizu.send(inOlderForm(later, oigawa), { on: '2021-09-01' });
  expect(sent.body.details.map((row) => row.act)).toEqual(['change', 'none']);
  const head = await it.head();
  const { body } = await yaizu.apply(sent.body.id);
  expect(body).toMatchObject({ entries: 1, rows: { entered: 1, unchanged: 1 } });
  expect(await it.head()).toBe(head + 1);
  const [change] = (await yaizu.shown(sent.body.id)).body.details;
  const entry = await it.get<{ events: readonly { type: string; data: object }[] }>(
    `/api/entries/${change?.entry}?`,
    { as: yaizu.approver },
  );
  expect(entry.body.events).toMatchObject([{ type: 'FacilityChanged' }]);
  expect(Object.keys(entry.body.events[0]?.data ?? {}).toSorted()).toEqual([
    'cells',
    'row',
    'telephone',
  ]);
  await yaizu.judge(sent.body.id, body.digest);
});

test('between two lists a changed value is open, and each day of a list keeps its own', async () => {
  expect(await telephones('2020-09-01')).toMatchObject([
    ['054-628-2334', undefined, { edtf: '2020-09-01' }],
  ]);
  expect((await telephones('2021-01-15'))?.map(([value]) => value).toSorted()).toEqual([
    '054-628-2334',
    '054-628-9999',
  ]);
  expect(await telephones('2021-09-01')).toMatchObject([
    ['054-628-9999', undefined, { edtf: '2021-09-01' }],
  ]);
  const { body } = await yaizu.facilities<FacilitiesAnswer>({ on: '2021-01-15', text: '焼津' });
  expect(body.facilities[0]).toMatchObject({ telephone: null, undetermined: ['telephone'] });
});

test('an older list that says otherwise changes nothing, and says why', async () => {
  const older = olderLibrary({ 電話番号: '054-000-0000' });
  const { body } = await yaizu.send(inOlderForm(older, oigawa), { on: '2019-09-01' });
  const head = await it.head();
  const applied = await yaizu.apply(body.id);
  expect(applied.body).toMatchObject({ state: 'applied', entries: 0, rows: { older: 1 } });
  const [row] = (await yaizu.shown(body.id)).body.details;
  expect(row?.problem).toEqual({
    code: 'facility-list/older',
    text: '2021-09-01 の一覧がすでに別の内容で登録されています。',
  });
  expect(await it.head()).toBe(head);
});

test('what a list does not name is reported, and not closed', async () => {
  const { body } = await yaizu.send(inOlderForm(olderLibrary({ 電話番号: '054-628-9999' })), {
    on: '2022-09-01',
    complete: 'true',
  });
  expect(body.report.missing.map(({ name }) => name)).toEqual(['大井川図書館']);
  await yaizu.apply(body.id);
  expect((await one('大井川図書館', '2022-09-01')).open.answer).toBe('yes');
  const gyms = inOlderForm(
    olderLibrary({ NO: 'G1', 名称: '総合体育館', 住所: '静岡県焼津市保福島1044', 備考: '体育館' }),
  );
  const sports = await yaizu.send(gyms, { on: '2022-09-01' });
  expect(sports.body.report.missing).toEqual([]);
});

test('an empty cell takes nothing back', async () => {
  const { body } = await yaizu.send(inOlderForm(olderLibrary(), oigawa), { on: '2022-10-01' });
  expect(body.details.map((row) => row.act)).toEqual(['none', 'none']);
});

test('a facility entered by hand is known by its name and address, and gets the list id', async () => {
  const data = { owner: yaizu.id, name: '小川公民館図書室', address: '静岡県焼津市西小川４−５−１' };
  const { body } = await it.post<Entered>('/api/facilities', data, { as: yaizu.registrar });
  const row = olderLibrary({
    NO: 'P7',
    名称: '小川公民館図書室',
    住所: '静岡県焼津市西小川4丁目5-1',
    備考: '公民館図書室',
  });
  const list = await yaizu.send(inOlderForm(row), { on: '2022-09-01' });
  expect(list.body.details[0]).toMatchObject({ act: 'change', facility: body.id });
  const applied = await yaizu.apply(list.body.id);
  await it.approve({ kind: 'facility', id: body.id }, body, { as: yaizu.approver });
  await yaizu.judge(list.body.id, applied.body.digest);
  const found = await one('小川公民館図書室', '2022-09-01');
  expect(found.id).toBe(body.id);
  expect(found.attributes.find((cell) => cell.attribute === 'listId')?.values).toMatchObject([
    { value: 'P7', column: 'NO' },
  ]);
  const renumbered = await yaizu.send(inOlderForm({ ...row, NO: 'P8' }), { on: '2023-09-01' });
  expect(renumbered.body.details[0]).toMatchObject({ act: 'change', facility: body.id });
});

test('a list that was rejected may be sent and applied again', async () => {
  const file = inOlderForm(olderLibrary({ NO: 'N1', 名称: '新図書館', 住所: '静岡県焼津市1' }));
  const first = await yaizu.send(file, { on: '2023-09-01' });
  const applied = await yaizu.apply(first.body.id);
  const reason = '別の課の一覧';
  const rejected = await yaizu.judge(first.body.id, applied.body.digest, {
    how: 'rejections',
    reason,
  });
  expect([rejected.status, rejected.body.state]).toEqual([201, 'rejected']);
  const again = await yaizu.send(file, { on: '2023-09-01' });
  expect([again.status, again.body.state]).toEqual([201, 'waiting']);
  expect(again.body.details[0]?.act).toBe('register');
  const second = await yaizu.apply(again.body.id);
  const approved = await yaizu.judge(again.body.id, second.body.digest);
  expect(approved.body.state).toBe('approved');
  expect((await one('新図書館', '2023-09-01')).open.answer).toBe('yes');
});

test('an entry that was judged by itself is not judged again', async () => {
  const rows = ['A', 'B'].map((name) =>
    olderLibrary({ NO: name, 名称: `分館${name}`, 住所: `静岡県焼津市${name}` }),
  );
  const { body } = await yaizu.send(inOlderForm(...rows), { on: '2023-09-02' });
  const applied = await yaizu.apply(body.id);
  const [first] = (await yaizu.shown(body.id)).body.details;
  const path = `/api/entries/${first?.entry}/rejections`;
  await it.post(path, { digest: first?.digest }, { as: yaizu.approver });
  const { body: judged } = await yaizu.judge(body.id, applied.body.digest);
  expect(judged).toMatchObject({ state: 'approved', judged: 2 });
  const { details } = (await yaizu.shown(body.id)).body;
  expect(details.map((row) => row.judged)).toEqual(['rejected', 'approved']);
});
