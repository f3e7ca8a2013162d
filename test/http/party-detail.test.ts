import { afterAll, beforeAll, expect, test } from 'vitest';

import { startTestApplication, type TestApplication } from '../support/application.js';

interface Detail {
  readonly id: string;
  readonly revision: number;
  readonly party: { readonly name: string; readonly code: string };
  readonly events: readonly { readonly data: Record<string, unknown> }[];
}

let it: TestApplication;
let tomiya: string;

beforeAll(async () => {
  it = await startTestApplication('http_party_detail');
  const town = { kind: 'municipality', name: '富谷町', code: '044237', remark: '担当者の覚え' };
  tomiya = await it.register(town);
  const entered = await it.enter({
    stream: { kind: 'party', id: tomiya },
    acts: [
      {
        type: 'PartySucceeded',
        effective: '平成28年10月10日',
        data: {
          manner: 'changeOfStatus',
          predecessors: ['044237'],
          successors: ['富谷町'],
          name: '富谷市',
          code: '042161',
        },
      },
    ],
  });
  await it.approve({ kind: 'party', id: tomiya }, entered);
  await it.get(`/api/parties?at-least=${await it.head()}`);
});
afterAll(() => it.close());

const asked = (party: string, on: string) =>
  it.get<Detail>(`/api/parties/${encodeURIComponent(party)}?on=${on}`);

test('one party is asked about by its id, or by its name or code of that day', async () => {
  for (const [party, on, name, code] of [
    [tomiya, '2016-10-09', '富谷町', '044237'],
    ['044237', '2016-10-09', '富谷町', '044237'],
    ['富谷市', '2016-10-10', '富谷市', '042161'],
    ['042161', '2016-10-10', '富谷市', '042161'],
  ] as const) {
    const { status, body, headers } = await asked(party, on);
    expect([status, body.id, body.party.name, body.party.code]).toEqual([200, tomiya, name, code]);
    expect(headers.get('etag')).toBe(`"${body.revision}"`);
  }
});

test('a sealed remark is not told', async () => {
  const { text, body } = await asked(tomiya, '2016-10-10');
  expect(text).not.toContain('担当者の覚え');
  expect(body.events[0]?.data['remark']).toEqual({ sealed: true, shown: '非公開' });
});

test('one that nobody registered is unknown', async () => {
  const nobody = '00000000-0000-4000-8000-000000000000';
  for (const party of [nobody, '幻市']) {
    const { status, code } = await asked(party, '2020-01-01');
    expect([status, code]).toEqual([404, 'party/unknown']);
  }
});
