import { afterAll, beforeAll, expect, test } from 'vitest';

import {
  type Answer,
  type Entered,
  startTestApplication,
  type TestApplication,
} from '../support/application.js';

interface Fault {
  readonly field: string;
  readonly code: string;
  readonly read: string;
  readonly expected: string;
}

let it: TestApplication;
let kawasaki: string;

beforeAll(async () => {
  it = await startTestApplication('http_references');
  await it.register(
    { kind: 'municipality', name: '横浜市', kana: 'よこはまし', code: '141003' },
    it.operator,
  );
  kawasaki = await it.register({
    kind: 'municipality',
    name: '川崎市',
    kana: 'かわさきし',
    code: '141305',
  });
  for (const partOf of [it.operator, kawasaki]) {
    await it.register({ kind: 'ward', name: '中央区', partOf });
  }
});
afterAll(() => it.close());

const outline = (...parties: readonly string[]) => ({
  keeper: '横浜市',
  title: '図書館の相互利用に関する協定',
  kind: 'agreement',
  fields: ['図書館'],
  acted: '平成29年2月20日',
  parties: parties.map((party) => ({ party })),
});

async function dataOf({ body }: Answer<Entered>): Promise<Record<string, unknown>> {
  const { store, names } = it.surroundings;
  const found: string[] = [];
  for await (const event of store.readStream(names.nameOf({ kind: 'agreement', id: body.id }))) {
    found.push(event.body);
  }
  return (JSON.parse(found.at(-1) ?? '{}') as { data: Record<string, unknown> }).data;
}

test.each(['141305', '川崎市', 'かわさきし', ' 川崎市 ', '１４１３０５'])(
  'a party written as %s is stored by its id',
  async (written) => {
    const answer = await it.post<Entered>('/api/agreements', outline('横浜市', written));
    expect([answer.status, answer.code]).toEqual([201, undefined]);
    expect(await dataOf(answer)).toMatchObject({
      keeper: it.operator,
      parties: [{ party: it.operator }, { party: kawasaki }],
    });
  },
);

test('a party that is not on record is refused, each with its field', async () => {
  const head = await it.head();
  const refused = await it.post<{ faults: Fault[] }>(
    '/api/agreements',
    outline('横浜市', '幻市', '999999'),
  );
  expect([refused.status, refused.code]).toEqual([404, 'party/unknown']);
  expect(refused.body.faults).toEqual(
    [
      ['parties[1].party', '幻市'],
      ['parties[2].party', '999999'],
    ].map(([field, read]) => ({
      field,
      code: 'party/unknown',
      read,
      expected: '承認された当事者のid、全国地方公共団体コード、法人番号、名称または読み',
    })),
  );
  expect(await it.head()).toBe(head);
});

test('an ambiguous name is refused, with everybody it may mean', async () => {
  const head = await it.head();
  const refused = await it.post<{ faults: Fault[] }>(
    '/api/agreements',
    outline('横浜市', '中央区'),
  );
  expect([refused.status, refused.code]).toEqual([422, 'party/ambiguous']);
  const [fault] = refused.body.faults;
  expect([fault?.field, fault?.read]).toEqual(['parties[1].party', '中央区']);
  expect(fault?.expected.match(/[0-9a-f-]{36}/g)).toHaveLength(2);
  expect(await it.head()).toBe(head);
});

test('names are read in corrections, retold by the act’s own day, and in further acts', async () => {
  const further = [
    { type: 'FacilitiesCounted', data: { of: '川崎市', count: 13 } },
    {
      type: 'TopologyStated',
      data: {
        shape: 'pairs',
        rest: 'unknown',
        pairs: [{ provider: '横浜市', beneficiary: '川崎市' }],
      },
    },
  ];
  const answer = await it.post<Entered>('/api/agreements', {
    ...outline('横浜市', '川崎市'),
    further,
  });
  expect(await dataOf(answer)).toMatchObject({
    pairs: [{ provider: it.operator, beneficiary: kawasaki }],
  });
  const corrected = await it.post<Entered>(`/api/agreements/${answer.body.id}/corrections`, {
    event: answer.body.events[1],
    fields: [{ field: 'of', new: '横浜市' }],
  });
  expect(corrected.status).toBe(201);
  expect(await dataOf(corrected)).toMatchObject({
    fields: [{ field: 'of', old: kawasaki, new: it.operator }],
  });
});

test('a correction whose field is an object that no text can be made of is refused', async () => {
  const { body } = await it.post<Entered>('/api/agreements', outline('横浜市', '川崎市'));
  const field = { toString: 1, valueOf: 2 };
  const correction = { event: body.events[0], fields: [{ field, new: '川崎市' }] };
  const path = `/api/agreements/${body.id}/corrections`;
  const refused = await it.post<{ faults: Fault[] }>(path, correction);
  expect(refused.status).toBe(422);
  expect(refused.body.faults.map((fault) => fault.field)).toEqual(['fields[0].field']);
});

test('a party’s own path takes its name or code', async () => {
  const named = encodeURIComponent('川崎市');
  for (const path of [`/api/parties/${named}/offices`, '/api/parties/141305/offices']) {
    const answer = await it.post<Entered>(path, { office: '市長' }, { as: await staff() });
    expect([answer.status, answer.body.id]).toEqual([201, kawasaki]);
  }
});

test('whoever disputes may name his body', async () => {
  const { body } = await it.post<Entered>('/api/agreements', outline('横浜市', '川崎市'));
  const dispute = {
    stream: { kind: 'agreement', id: body.id },
    body: '川崎市',
    event: body.events[0],
    fields: [{ field: 'parties', value: [{ party: '川崎市' }, { party: 'よこはまし' }] }],
  };
  const answer = await it.post<Entered>('/api/disputes', dispute, { as: await staff() });
  expect(answer.status).toBe(201);
  expect(await dataOf(answer)).toMatchObject({
    fields: [{ field: 'parties', value: [{ party: kawasaki }, { party: it.operator }] }],
  });
});

test('an approval finds the entry’s stream by itself', async () => {
  const { body } = await it.post<Entered>('/api/agreements', outline('横浜市', '川崎市'));
  const { entry, digest } = body;
  const path = `/api/entries/${entry}/approvals`;
  const approved = await it.post<Entered>(path, { digest }, { as: 'approver' });
  expect([approved.status, approved.body.id]).toEqual([201, body.id]);
});

test('hundreds of names in one command are refused as too many', async () => {
  const names = Array.from({ length: 301 }, (_, i) => `第${i}市`);
  const refused = await it.post<{ faults: Fault[] }>('/api/agreements', outline(...names));
  expect(refused.status).toBe(404);
  expect(refused.body.faults.at(-1)?.code).toBe('party/too-many-names');
});

let ofKawasaki: { token: string } | undefined;
async function staff(): Promise<{ token: string }> {
  ofKawasaki ??= await it.person('kawasaki', 'registrar', kawasaki);
  return ofKawasaki;
}

test('an ambiguous ward is told with its city, and found alone behind it', async () => {
  const refused = await it.post<{ faults: Fault[] }>('/api/agreements', outline('中央区'));
  const expectedOf = refused.body.faults[0]?.expected ?? '';
  expect(expectedOf).toContain('横浜市中央区（');
  expect(expectedOf).toContain('川崎市中央区（');
  const answer = await it.post<Entered>('/api/agreements', outline('横浜市', '川崎市中央区'));
  expect([answer.status, answer.code]).toEqual([201, undefined]);
});
