import { afterAll, beforeAll, expect, test } from 'vitest';

import { inOlderForm, olderLibrary, published } from '../facilities/list-file.js';
import { startTestApplication, type TestApplication } from '../support/application.js';
import { Yaizu } from './list-sender.js';

let it: TestApplication;
let yaizu: Yaizu;

beforeAll(async () => {
  it = await startTestApplication('http_resumed_list');
  await it.register({ kind: 'municipality', name: '横浜市', code: '141003' }, it.operator);
  yaizu = await Yaizu.in(it);
});
afterAll(() => it.close());

/** As a process leaves a row that ends between the append and the note of it. */
async function cutOff(id: string, lines: readonly number[]): Promise<void> {
  await it.surroundings.pool.query(
    `update office.facility_list_row set state = 'sending', digest = null
      where list = $1 and line = any($2)`,
    [id, lines],
  );
}

/** As one leaves it that ends just before the append: the entry noted is in no stream. */
async function cutOffBefore(id: string, line: number): Promise<void> {
  await it.surroundings.pool.query(
    `update office.facility_list_row set state = 'sending', act = 'register', digest = null,
       facility = gen_random_uuid(), entry = gen_random_uuid(), account = gen_random_uuid()
      where list = $1 and line = $2`,
    [id, line],
  );
}

test('what had arrived before the process ended is taken as it is, whoever goes on', async () => {
  const colleague = await it.person('yaizu-colleague', 'registrar', yaizu.id);
  const { body: list } = await yaizu.send(published('libraries'), { on: '2020-09-01' });
  const { body: applied } = await yaizu.apply(list.id);
  const before = (await yaizu.shown(list.id)).body.details;
  const head = await it.head();
  await cutOff(list.id, [2, 5, 12]);
  const cut = await yaizu.shown(list.id);
  expect(cut.body).toMatchObject({ state: 'applying', done: 8, digest: null });
  const early = await yaizu.judge(list.id, applied.digest);
  expect(early.code).toBe('facility-list/not-applied');

  const { status, body } = await yaizu.apply(list.id, colleague);
  expect([status, body.digest]).toEqual([201, applied.digest]);
  expect((await yaizu.shown(list.id)).body.details).toEqual(before);
  expect(await it.head()).toBe(head);
});

test('what had not arrived is entered, once', async () => {
  const { body: list } = await yaizu.send(published('sports'), { on: '2020-09-01' });
  await cutOffBefore(list.id, 3);
  const head = await it.head();
  const { body } = await yaizu.apply(list.id);
  expect(body).toMatchObject({ state: 'applied', entries: 16 });
  expect(await it.head()).toBe(head + 16);
});

test('two calls at once enter each row once; one of them is told to wait', async () => {
  const rows = Array.from({ length: 60 }, (_, i) =>
    olderLibrary({ NO: `N${i}`, 名称: `分館${i}`, 住所: `静岡県焼津市${i}` }),
  );
  const { body: list } = await yaizu.send(inOlderForm(...rows), { on: '2021-09-01' });
  const again = await it.another();
  try {
    const head = await it.head();
    const there = fetch(`${again.url}/api/facility-lists/${list.id}/application`, {
      method: 'POST',
      headers: { authorization: `Bearer ${yaizu.registrar.token}` },
    });
    const answers = await Promise.all([yaizu.apply(list.id), yaizu.apply(list.id), there]);
    for (const { status } of answers) expect([200, 201, 409]).toContain(status);
    expect((await yaizu.apply(list.id)).body).toMatchObject({ state: 'applied', done: 60 });
    expect(await it.head()).toBe(head + 60);
  } finally {
    await again.close();
  }
});
