import { createHash } from 'node:crypto';

import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import type {
  FacilitiesAnswer,
  FacilityDetailAnswer,
} from '../../projections/facilities/facility.answer.js';
import { listDigest } from '../../src/facilities/import/list-digest.js';
import { published } from '../facilities/list-file.js';
import { startTestApplication, type TestApplication } from '../support/application.js';
import { Yaizu } from './list-sender.js';

let it: TestApplication;
let yaizu: Yaizu;
const libraries = published('libraries');
const sha256 = createHash('sha256').update(libraries).digest('hex');

beforeAll(async () => {
  it = await startTestApplication('http_facility_lists');
  await it.register({ kind: 'municipality', name: '横浜市', code: '141003' }, it.operator);
  yaizu = await Yaizu.in(it);
});
afterAll(() => it.close());

const names = ({ facilities }: FacilitiesAnswer) => facilities.map((row) => row.name);

describe('the libraries of 焼津市, from file to answer', () => {
  let id: string;
  let digest: string | null;
  let before: number;

  test('are checked row by row and kept, and nothing is an event yet', async () => {
    const head = await it.head();
    const { status, body, headers } = await yaizu.send(libraries, {
      on: '令和2年9月1日',
      name: 'yaizu-libraries.csv',
    });
    expect(status).toBe(201);
    ({ id } = body);
    expect(headers.get('location')).toBe(`/api/facility-lists/${id}`);
    expect(body).toMatchObject({
      sha256,
      fileName: 'yaizu-libraries.csv',
      listDay: '2020-09-01',
      state: 'waiting',
      done: 0,
      of: 11,
      digest: null,
      report: { encoding: 'utf-8-bom', form: 'older', missing: [], leftOut: [] },
    });
    expect(body.details).toHaveLength(11);
    expect(body.details[1]).toMatchObject({
      line: 3,
      verdict: 'taken',
      name: '焼津図書館',
      findings: [],
      state: 'waiting',
      act: 'register',
    });
    expect(await it.head()).toBe(head);
  });

  test('the same file sent again is the same list', async () => {
    const { status, body } = await yaizu.send(libraries, { on: '2020-09-01' });
    expect([status, body.id]).toEqual([200, id]);
  });

  test('become one entry each, with one digest over all', async () => {
    before = await it.head();
    const { status, body } = await yaizu.apply(id);
    expect(status).toBe(201);
    expect(body).toMatchObject({ state: 'applied', done: 11, of: 11, entries: 11, judged: 0 });
    const { details } = (await yaizu.shown(id, yaizu.approver)).body;
    expect(new Set(details.map((row) => row.entry)).size).toBe(11);
    expect(new Set(details.map((row) => row.facility)).size).toBe(11);
    ({ digest } = body);
    expect(digest).toBe(listDigest(details.map((row) => row.digest ?? '')));
    expect(await it.head()).toBe(before + 11);
  });

  test('applied twice are applied once', async () => {
    const { status, body } = await yaizu.apply(id);
    expect([status, body.digest]).toEqual([200, digest]);
    expect(await it.head()).toBe(before + 11);
  });

  test('answer nothing before they are approved, but say that they wait', async () => {
    const { body } = await yaizu.facilities<FacilitiesAnswer>({ kind: '図書館' });
    expect(body.total).toEqual({ certain: 0, possible: 0 });
    expect(body.facilities).toEqual([]);
    expect(body.pending).toHaveLength(2);
  });

  test('are approved by another person alone, and by what he saw', async () => {
    await it.post(
      '/api/grants',
      { account: yaizu.registrar.id, role: 'approver', body: yaizu.id },
      { as: 'administrator' },
    );
    const own = await yaizu.judge(id, digest, { as: yaizu.registrar });
    expect([own.status, own.code]).toEqual([403, 'entry/own']);
    const other = await yaizu.judge(id, '0'.repeat(64));
    expect([other.status, other.code]).toEqual([412, 'facility-list/other-digest']);
    for (const as of ['registrar', 'approver'] as const) {
      const stranger = await yaizu.judge(id, digest, { as });
      expect(stranger.code).toBe(as === 'registrar' ? 'access/denied' : 'facility-list/unknown');
    }
    expect((await yaizu.shown(id)).body.judged).toBe(0);
  });

  test('are approved by one act, an approval for each entry', async () => {
    const head = await it.head();
    const { status, body } = await yaizu.judge(id, digest);
    expect(status).toBe(201);
    expect(body).toMatchObject({ state: 'approved', judged: 11, judgement: 'approved' });
    expect(await it.head()).toBe(head + 11);
    const again = await yaizu.judge(id, digest);
    expect([again.status, again.body.judged]).toEqual([200, 11]);
    const rejected = await yaizu.judge(id, digest, { how: 'rejections' });
    expect([rejected.status, rejected.code]).toEqual([409, 'facility-list/already-judged']);
    expect(await it.head()).toBe(head + 11);
  });

  test('are then answered, each cell with its source', async () => {
    const { body } = await yaizu.facilities<FacilitiesAnswer>({ kind: '図書館' });
    expect(new Set(names(body))).toEqual(new Set(['大井川図書館', '焼津図書館']));
    expect(body.total).toEqual({ certain: 2, possible: 2 });
    expect(body.pending).toEqual([]);
    const found = body.facilities.find((row) => row.name === '焼津図書館')!;
    expect(found).toMatchObject({
      owner: { id: yaizu.id, name: '焼津市' },
      kana: 'ヤイヅトショカン',
      note: '図書館',
      address: '静岡県焼津市三ケ名1550-2',
      latitude: 34.86466037,
      telephone: null,
      open: { answer: 'yes', presumed: ['continues', 'existed'] },
    });
    const detail = await it.get<FacilityDetailAnswer>(`/api/facilities/${found.id}?on=2020-09-01`);
    const source = {
      document: `yaizu-libraries.csv (SHA-256 ${sha256})`,
      place: '3行目',
      written: { edtf: '2020-09-01' },
    };
    const cell = (attribute: string) =>
      detail.body.attributes.find((one) => one.attribute === attribute);
    expect(cell('name')).toEqual({
      attribute: 'name',
      values: [
        {
          value: '焼津図書館',
          event: expect.any(String) as string,
          column: '名称',
          line: 3,
          sha256,
          source,
        },
      ],
    });
    expect(cell('longitude')?.values).toMatchObject([{ value: 138.3057186, column: '経度' }]);
    expect(cell('opening.note')?.values).toMatchObject([
      { column: '利用可能日時特記事項', line: 3, source },
    ]);
    for (const { values } of detail.body.attributes) {
      expect(values).toMatchObject([{ line: 3, sha256, source }]);
    }
  });

  test('known before the approval answers as it did', async () => {
    const { body } = await yaizu.facilities<FacilitiesAnswer>({
      kind: '図書館',
      known: String(before + 11),
    });
    expect([body.facilities, body.pending.length]).toEqual([[], 2]);
    const none = await yaizu.facilities<FacilitiesAnswer>({ known: String(before) });
    expect([none.body.facilities, none.body.pending]).toEqual([[], []]);
  });

  test('where nothing is presumed, nobody says that they exist', async () => {
    const { body } = await yaizu.facilities<FacilitiesAnswer>({ kind: '図書館', presume: 'none' });
    expect(body.total).toEqual({ certain: 0, possible: 2 });
    expect(body.facilities[0]?.open).toMatchObject({
      answer: 'undetermined',
      presumed: [],
    });
    const { id: one } = body.facilities[0]!;
    const detail = await it.get<FacilityDetailAnswer>(`/api/facilities/${one}?presume=none`);
    expect(detail.body.open.answer).toBe('undetermined');
    expect(detail.body.attributes.length).toBeGreaterThan(5);
  });

  test('are found by name and reading, and given as CSV', async () => {
    const found = await yaizu.facilities<FacilitiesAnswer>({ text: 'おおいがわとしょかん' });
    expect(names(found.body)).toEqual(['大井川図書館']);
    const table = await yaizu.facilities({ format: 'csv', kind: '図書館' });
    expect(table.headers.get('content-disposition')).toContain('facilities.csv');
    expect(table.text.split('\r\n')).toHaveLength(4);
    const { body } = await yaizu.facilities<FacilitiesAnswer>({ text: '大井川図書館' });
    const one = await it.get(`/api/facilities/${body.facilities[0]?.id}?format=csv`);
    expect(one.text).toContain(`,2,名称,${sha256},`);
  });

  test('the same file as of another day changes nothing: every row is registered already', async () => {
    const head = await it.head();
    const { body } = await yaizu.send(libraries, { on: '2021-09-01' });
    expect(body.id).not.toBe(id);
    expect(body.details.map((row) => row.act)).toEqual(Array.from({ length: 11 }, () => 'none'));
    const applied = await yaizu.apply(body.id);
    expect(applied.body).toMatchObject({ state: 'applied', entries: 0, rows: { unchanged: 11 } });
    expect(await it.head()).toBe(head);
  });
});
