import { afterAll, beforeAll, expect, test } from 'vitest';

import { type Asker, startTestApplication, type TestApplication } from '../support/application.js';
import { libraryAgreement } from './library-agreement.js';

interface Stamped {
  readonly on: string;
  readonly known: { readonly n: number; readonly at: string; readonly settled: boolean };
}
interface MutualUse extends Stamped {
  readonly total: { readonly certain: number; readonly possible: number };
  readonly rows: readonly {
    readonly partner: { readonly name: string };
    readonly answer: string;
  }[];
}
interface Detail extends Stamped {
  readonly id: string;
  readonly revision: number;
  readonly events: readonly { readonly type: string; readonly reason?: unknown }[];
}

let it: TestApplication;
let kawasaki: string;
let disclosed: string;

beforeAll(async () => {
  it = await startTestApplication('http_questions');
  await it.register({ kind: 'municipality', name: '横浜市', code: '141003' }, it.operator);
  kawasaki = await it.register({ kind: 'municipality', name: '=川崎市', code: '141305' });
  disclosed = (await libraryAgreement(it, kawasaki, '図書館の相互利用に関する協定, 「甲」', true))
    .id;
  await libraryAgreement(it, kawasaki, 'まだ公開しない協定', false);
});
afterAll(() => it.close());

const question = (path: string, asked: Record<string, string | number> = {}) => {
  const query = new URLSearchParams(
    Object.entries(asked).map(([name, value]): [string, string] => [name, String(value)]),
  );
  return `/api/${path}?${query.toString()}`;
};
const mutualUse = async (asked: Record<string, string | number> = {}, as: Asker = 'public') =>
  it.get<MutualUse>(
    question('mutual-use', {
      with: '横浜市',
      field: '図書館',
      on: '平成29年3月1日',
      'at-least': await it.head(),
      ...asked,
    }),
    { as },
  );

test('every answer says the day and the number that it rests on', async () => {
  const { status, headers, body } = await mutualUse();
  expect(status).toBe(200);
  expect(headers.get('content-type')).toBe('application/json; charset=utf-8');
  expect(headers.get('cache-control')).toBe('no-store');
  expect(body).toMatchObject({ on: '2017-03-01', known: { n: await it.head() } });
  expect(body.rows.map((row) => [row.partner.name, row.answer])).toEqual([['=川崎市', 'yes']]);
});

test('without a day it is about today in Japan, and says so', async () => {
  const { body } = await it.get<MutualUse>(
    question('mutual-use', { with: '141003', field: '図書館' }),
  );
  const inJapan = new Date(Date.now() + 9 * 3_600_000).toISOString().slice(0, 10);
  expect(body.on).toBe(inJapan);
});

test('the same day and number give the same answer, in any writing', async () => {
  const { text, body } = await mutualUse();
  for (const on of ['2017-03-01', 'H29.3.1', '平成二十九年三月一日']) {
    for (const known of [body.known.n, body.known.at]) {
      const again = await mutualUse({ on, known });
      const { known: stamp, ...rest } = again.body;
      const { known: first, ...expected } = JSON.parse(text) as MutualUse;
      expect(rest).toEqual(expected);
      expect(stamp.n).toBe(first.n);
    }
  }
});

test('an earlier number answers as the register knew it then', async () => {
  const before = await mutualUse({ known: 4 });
  expect(before.body).toMatchObject({ known: { n: 4 }, total: { certain: 0, possible: 0 } });
});

test('CSV by name or by Accept: RFC 4180, a mark of its encoding, no formula', async () => {
  const byName = await mutualUse({ format: 'csv' });
  expect(byName.headers.get('content-type')).toBe('text/csv; charset=utf-8; header=present');
  expect(byName.headers.get('content-disposition')).toBe('attachment; filename="mutual-use.csv"');
  const response = await fetch(
    `${it.url}${question('mutual-use', { with: '横浜市', field: '図書館', on: '2017-03-01' })}`,
    {
      headers: { accept: 'text/csv, application/json;q=0.5' },
    },
  );
  const bytes = Buffer.from(await response.arrayBuffer());
  expect(bytes.subarray(0, 3)).toEqual(Buffer.from([0xef, 0xbb, 0xbf]));
  const [header, row, end] = bytes.toString('utf8').slice(1).split('\r\n');
  expect(header).toMatch(/^時点,登録番号,登録番号の時刻,相手,団体コード,/);
  expect(row).toContain(",'=川崎市,141305,");
  expect(row).toContain(',"図書館の相互利用に関する協定, 「甲」",yes,');
  expect(row).toContain(',平成29年2月20日,2017-02-20,平成29年3月1日,2017-03-01,13,');
  expect(end).toBe('');
  const preferred = await it.get(question('mutual-use', { with: '横浜市', field: '図書館' }), {
    headers: { accept: 'application/json, text/csv;q=0.9' },
  });
  expect(preferred.headers.get('content-type')).toContain('application/json');
});

test('whether one is bound to the other is answered with its paths, also as CSV', async () => {
  const asked = { from: '141305', to: '横浜市', field: '図書館', on: '2017-03-01' };
  const { body } = await it.get<Stamped & { answer: string; paths: { kind: string }[] }>(
    question('bound', asked),
  );
  expect(body).toMatchObject({ on: '2017-03-01', answer: 'yes', paths: [{ kind: 'direct' }] });
  const table = await it.get(question('bound', { ...asked, format: 'csv' }));
  const [, row] = table.text.split('\r\n');
  expect(row).toMatch(/^2017-03-01,\d+,[^,]+,'=川崎市,横浜市,図書館,yes,/);
});

test('the detail’s ETag is the revision that the next command may name', async () => {
  const { headers, body } = await it.get<Detail>(`/api/agreements/${disclosed}`);
  expect(headers.get('etag')).toBe(`"${body.revision}"`);
  expect(body.events.map((event) => event.type)).toContain('ServiceStarted');
});

test('agreements and parties are found by text, page by page', async () => {
  const list = await it.get<{ agreements: { id: string }[] }>(
    question('agreements', { text: '図書館', party: '141305', field: '図書館' }),
  );
  expect(list.body.agreements.map((found) => found.id)).toEqual([disclosed]);
  const first = await it.get<{ parties: unknown[]; next: string }>(
    question('parties', { limit: 1 }),
  );
  const second = await it.get<{ parties: unknown[] }>(
    question('parties', { limit: 1, after: first.body.next }),
  );
  expect([first.body.parties.length, second.body.parties.length]).toEqual([1, 1]);
  expect(first.body.parties).not.toEqual(second.body.parties);
  const fields = await it.get<{ fields: string[] }>('/api/fields');
  expect(fields.body.fields).toContain('災害時相互応援');
});
