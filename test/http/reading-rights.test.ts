import { afterAll, beforeAll, expect, test } from 'vitest';

import {
  type Asker,
  type Entered,
  startTestApplication,
  type TestApplication,
} from '../support/application.js';
import { libraryAgreement } from './library-agreement.js';

interface Detail {
  readonly events: readonly { readonly type: string; readonly reason?: unknown }[];
}

let it: TestApplication;
let kawasaki: string;
let disclosed: string;
let hidden: Entered;

beforeAll(async () => {
  it = await startTestApplication('http_reading_rights');
  await it.register({ kind: 'municipality', name: '横浜市', code: '141003' }, it.operator);
  kawasaki = await it.register({ kind: 'municipality', name: '川崎市', code: '141305' });
  disclosed = (await libraryAgreement(it, kawasaki, '公開した協定', true)).id;
  hidden = await libraryAgreement(it, kawasaki, 'まだ公開しない協定', false);
  await it.get(`/api/parties?at-least=${await it.head()}`);
});
afterAll(() => it.close());

test('the public is not told of an undisclosed agreement, and a reading of it is on record', async () => {
  const path = `/api/agreements/${hidden.id}`;
  const unknown = await it.get(path);
  expect([unknown.status, unknown.code]).toEqual([404, 'agreement/unknown']);
  const { pool } = it.surroundings;
  const recorded = async () => {
    const { rows } = await pool.query<{ what: string }>(
      'select what from office.access_log order by id',
    );
    return rows.map((row) => row.what).filter((what) => what.includes(hidden.id));
  };
  expect(await recorded()).toEqual([]);
  expect((await it.get(path, { as: 'counter' })).status).toBe(200);
  expect(await recorded()).toEqual([`agreement-detail ${hidden.id}`]);
});

test('sealed text is opened for registrar, approver and auditor of the keeper alone', async () => {
  const reasonFor = async (as: Asker) => {
    const { body, text } = await it.get<Detail>(`/api/agreements/${disclosed}`, { as });
    expect(text).not.toMatch(/"sealed":"/);
    return body.events[0]?.reason;
  };
  for (const as of ['registrar', 'approver', 'auditor'] as const) {
    expect(await reasonFor(as)).toEqual({ sealed: true, text: '青木が窓口で受け取った' });
  }
  const elsewhere = await it.person('kawasaki', 'auditor', kawasaki);
  for (const as of ['public', 'counter', 'administrator', elsewhere] as const) {
    expect(await reasonFor(as)).toEqual({ sealed: true, shown: '非公開' });
  }
  const { rows } = await it.surroundings.pool.query<{ body: string; count: string }>(
    'select body, count(*) from office.access_log where what = $1 group by body',
    [`sealed agreement-detail ${disclosed}`],
  );
  expect(rows).toEqual([{ body: it.operator, count: '3' }]);
});

test('an entry is shown to staff with the digest that its approval names', async () => {
  const path = `/api/entries/${hidden.entry}`;
  const refused = await it.get(path);
  expect([refused.status, refused.code]).toEqual([401, 'session/required']);
  const { body } = await it.get(path, { as: 'approver' });
  expect(body).toMatchObject({
    entry: hidden.entry,
    kind: 'agreement',
    id: hidden.id,
    status: 'approved',
    digest: hidden.digest,
  });
});

test('an approver finds what waits for him, and only what he may see', async () => {
  const path = `/api/agreements/${disclosed}/reviews`;
  const { body } = await it.post<Entered>(path, { summary: '見直した' });
  const waiting = async (as: Asker) => {
    const query = `status=pending&at-least=${await it.head()}`;
    const answer = await it.get<{ entries: { entry: string; digest: string; types: string[] }[] }>(
      `/api/entries?${query}`,
      { as },
    );
    return answer.body.entries.map(({ entry, digest, types }) => [entry, digest, ...types]);
  };
  const secret = await it.post<Entered>(`/api/agreements/${hidden.id}/reviews`, {
    summary: '未公開',
  });
  const listed = [body.entry, body.digest, 'ReviewHeld'];
  expect(await waiting('approver')).toEqual([
    listed,
    [secret.body.entry, secret.body.digest, 'ReviewHeld'],
  ]);
  const elsewhere = await it.person('ofkawasaki', 'approver', kawasaki);
  expect(await waiting(elsewhere)).toEqual([listed]);

  const approved = await it.approve({ kind: 'agreement', id: disclosed }, body);
  await it.approve({ kind: 'agreement', id: hidden.id }, secret.body);
  expect(await waiting('approver')).toEqual([]);
  const retraction = { events: approved.events, reason: '誤って承認した' };
  const retracted = await it.post<Entered>(`/api/agreements/${disclosed}/retractions`, retraction);
  await it.approve({ kind: 'agreement', id: disclosed }, retracted.body);
  expect(await waiting('approver')).toEqual([listed]);
});
