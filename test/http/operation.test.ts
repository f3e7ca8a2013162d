import { afterAll, beforeAll, expect, test } from 'vitest';

import { systemClock } from '../../src/clock.js';
import { type Readiness, ReadinessCheck } from '../../src/http/operation/readiness.js';
import { within } from '../../src/within.js';
import { startTestApplication, type TestApplication } from '../support/application.js';

let it: TestApplication;

beforeAll(async () => {
  it = await startTestApplication('http_operation');
  await it.register({ kind: 'municipality', name: '横浜市', code: '141003' }, it.operator);
  await it.get(`/api/parties?at-least=${await it.head()}`);
});
afterAll(() => it.close());

const parked = (stream: string) => `
  insert into projection.parked_stream (ledger, version, stream, id, n, error)
  select ledger, version, '${stream}', gen_random_uuid(), 1, '試験' from projection.checkpoint
   where ledger = 'parties' and serves`;

test('a process that runs is live', async () => {
  const live = await it.get('/health/live');
  expect([live.status, live.body]).toEqual([200, { status: 'live' }]);
});

test('it is ready when every ledger has what the store has', async () => {
  const ready = await it.get<Readiness>('/health/ready');
  expect(ready.status).toBe(200);
  expect(ready.body).toMatchObject({
    status: 'ready',
    database: 'up',
    clock: { state: 'agrees' },
  });
  const head = await it.head();
  expect(ready.body.projections.map((at) => [at.ledger, at.state, at.n, at.parked])).toEqual(
    expect.arrayContaining([
      ['register', 'running', head, 0],
      ['agreement-graph', 'running', head, 0],
      ['parties', 'running', head, 0],
    ]),
  );
});

test('a ledger that is ahead of its store is told, and the process gets no requests', async () => {
  const { pool } = it.surroundings;
  const n = `(select max(n) from projection.checkpoint) + 10`;
  const before = await pool.query(`select n from projection.checkpoint where ledger = 'parties'`);
  await pool.query(`update projection.checkpoint set n = ${n} where ledger = 'parties'`);
  const ready = await it.get<Readiness>('/health/ready');
  expect([ready.status, ready.body.status]).toEqual([503, 'not-ready']);
  expect(ready.body.projections.find((at) => at.ledger === 'parties')?.state).toBe('ahead');
  await pool.query(`update projection.checkpoint set n = $1 where ledger = 'parties'`, [
    before.rows[0].n,
  ]);
});

test('a stream that waits for a person degrades it, and is counted', async () => {
  const { pool } = it.surroundings;
  await pool.query(parked('party-x'));
  const degraded = await it.get<Readiness>('/health/ready');
  expect([degraded.status, degraded.body.status]).toEqual([200, 'degraded']);
  const { text } = await it.get('/metrics');
  expect(text).toContain('musubi_projection_parked_streams{ledger="parties"} 1');
  expect(text).toContain('musubi_projection_parked_streams{ledger="register"} 0');
  await pool.query('delete from projection.parked_stream');
});

test('a store that takes no appends degrades it, refuses entries with the reason, and reading goes on', async () => {
  const { store } = it.surroundings;
  const party = {
    opens: 'party',
    acts: [{ type: 'PartyRegistered', data: { kind: 'municipality', name: '逗子市' } }],
  };
  const head = await it.head();
  await store.setReadOnly('年次の点検');
  const degraded = await it.get<Readiness>('/health/ready');
  expect([degraded.status, degraded.body.status]).toEqual([200, 'degraded']);
  expect(degraded.body.readOnly).toBe('年次の点検');
  const key = 'read-only-1';
  const refused = await it.post('/api/entries', party, { key });
  expect([refused.status, refused.code]).toEqual([503, 'store/read-only']);
  expect(refused.headers.get('retry-after')).toBe('60');
  expect(refused.body['detail']).toContain('年次の点検');
  expect(await it.head()).toBe(head);
  expect((await it.get('/api/parties')).status).toBe(200);
  expect((await it.get('/metrics')).text).toContain('musubi_register_read_only 1');

  await store.setReadOnly('move:postgres://10.1.2.3:5432/musubi?register=main');
  const moving = await it.post('/api/entries', party, { key });
  expect(moving.body['detail']).toContain('登録簿を別の保存先へ移しています');
  expect(moving.text + (await it.get('/health/ready')).text).not.toContain('10.1.2.3');

  await store.setReadOnly(null);
  expect((await it.post('/api/entries', party, { key })).status).toBe(201);
  const ready = await it.get<Readiness>('/health/ready');
  expect(ready.body.readOnly).toBeUndefined();
  expect((await it.get('/metrics')).text).toContain('musubi_register_read_only 0');
});

test('a ledger that has halted makes it not ready', async () => {
  const { pool } = it.surroundings;
  const set = (state: string) =>
    pool.query(`update projection.checkpoint set state = $1 where ledger = 'register' and serves`, [
      state,
    ]);
  await set('halted');
  const halted = await it.get<Readiness>('/health/ready');
  expect([halted.status, halted.body.status]).toEqual([503, 'not-ready']);
  expect((await it.get('/metrics')).text).toContain(
    'musubi_projection_halted{ledger="register"} 1',
  );
  await set('running');
});

test('metrics count requests by route and commands by outcome, and hold no id', async () => {
  const { id } = await it.enter({
    opens: 'party',
    acts: [{ type: 'PartyRegistered', data: { kind: 'municipality', name: '鎌倉市' } }],
  });
  await it.get(`/api/agreements/${id}`);
  const { headers, text } = await it.get('/metrics');
  expect(headers.get('content-type')).toContain('text/plain; version=0.0.4');
  expect(text).toMatch(
    /musubi_http_request_duration_seconds_count\{.*route="\/api\/agreements\/:id".*\} \d/,
  );
  expect(text).toMatch(/musubi_commands_total\{outcome="recorded"\} [1-9]/);
  expect(text).toContain(`musubi_register_head ${await it.head()}`);
  expect(text).toContain('musubi_projection_leads{ledger="register"} 1');
  expect(text).not.toContain(id);
  expect(text).not.toContain('鎌倉');
});

test('without its database it is live and not ready, and metrics say so', async () => {
  const other = await startTestApplication('http_operation_down');
  await other.surroundings.pool.end();
  const live = await other.get('/health/live');
  const ready = await other.get<Readiness>('/health/ready');
  expect([live.status, ready.status, ready.body.database]).toEqual([200, 503, 'down']);
  expect((await other.get('/metrics')).text).toContain('musubi_database_up 0');
  await other.server.close();
  await other.surroundings.store.close();
  await other.database.dispose();
});

test('a check that does not answer in time counts as down', async () => {
  const never = new Promise<never>(() => undefined);
  await expect(within(10, () => never)).rejects.toThrow('no answer within 10 ms');
  const readSide = { status: () => never } as never;
  const pool = { query: () => Promise.reject(new Error('refused')) } as never;
  const store = { readOnly: () => never, head: () => never };
  expect(await new ReadinessCheck(pool, systemClock, readSide, store).now()).toEqual({
    status: 'not-ready',
    database: 'down',
    eventStore: 'down',
    clock: { state: 'unknown', seconds: 0 },
    projections: [],
  });
});
