import { afterEach, beforeEach, expect, test } from 'vitest';

import {
  AppendOutcomeUnknown,
  ClockSkewed,
  type NewEvent,
  StoreUnavailable,
} from '../../src/event-sourcing/event-store.js';
import { collected, faultsOf, newEvent, newEvents } from '../contract/contract-store.js';
import {
  openPostgresContractStore,
  type PostgresRegister,
} from '../contract/postgres-contract-store.js';
import { serverUrl } from '../support/database.js';
import { FaultyLine } from './faulty-line.js';

let register: PostgresRegister;
let line: FaultyLine;
beforeEach(async () => {
  line = await FaultyLine.to(serverUrl());
  register = await openPostgresContractStore();
});
afterEach(async () => {
  line.mend();
  await register.close();
  await line.close();
});

const overTheLine = () => ({ connection: { connectionString: line.url } });
const appends = (count: number): readonly [string, number, readonly NewEvent[]][] =>
  Array.from({ length: count }, (_, it) => [`agreement-${it}`, -1, newEvents(2)]);

async function holdingTheHead(work: () => Promise<void>): Promise<void> {
  const { admin, schema } = register;
  await admin.query(`begin; select from ${schema}.register_head for update`);
  try {
    await work();
  } finally {
    await admin.query('rollback');
  }
}

test('when the acknowledgement is lost the outcome is unknown for the whole group, and repeating is safe', async () => {
  const store = await register.anotherProcess(overTheLine());
  await store.append('agreement-first', -1, newEvents(1));
  const group = appends(5);
  line.loseNextAnswer();
  const outcomes = await Promise.allSettled(group.map((it) => store.append(...it)));
  for (const outcome of outcomes) {
    expect(outcome).toMatchObject({ reason: expect.any(AppendOutcomeUnknown) });
  }
  // It was stored, as another process can see.
  expect(await register.store.head()).toMatchObject({ n: 10 });
  const repeated = await Promise.all(group.map((it) => store.append(...it)));
  expect(repeated.map(({ n }) => n)).toEqual([2, 4, 6, 8, 10]);
  const read = await collected(register.store.readAll(null));
  expect(read).toHaveLength(11);
  expect(faultsOf(read)).toEqual([]);
});

test('when the server ends the connection under way the outcome is unknown, and repeating is safe', async () => {
  const group = appends(3);
  await register.store.append('agreement-first', -1, newEvents(1));
  await holdingTheHead(async () => {
    const waiting = Promise.allSettled(group.map((it) => register.store.append(...it)));
    await writerWaits();
    await register.cutConnections();
    for (const outcome of await waiting) {
      expect(outcome).toMatchObject({ reason: expect.any(AppendOutcomeUnknown) });
    }
  });
  expect(await register.store.head()).toMatchObject({ n: 0 });
  const repeated = await Promise.all(group.map((it) => register.store.append(...it)));
  expect(repeated.map(({ n }) => n)).toEqual([2, 4, 6]);
});

test('a server that falls silent leaves the outcome unknown after the deadline', async () => {
  const store = await register.anotherProcess({ ...overTheLine(), deadlineMs: 300 });
  await store.append('agreement-first', -1, newEvents(1));
  line.fallSilent();
  const [append] = appends(1);
  if (append === undefined) throw new Error('no append');
  await expect(store.append(...append)).rejects.toBeInstanceOf(AppendOutcomeUnknown);
  line.mend();
  expect(await store.append(...append)).toMatchObject({ n: 2, revision: 1 });
  expect(await register.store.head()).toMatchObject({ n: 2 });
});

test('a server that cannot be reached refuses, and nothing is stored', async () => {
  const store = await register.anotherProcess(overTheLine());
  await line.close();
  for (const _ of [1, 2]) {
    const refused = store.append('agreement-1', -1, newEvents(1));
    await expect(refused).rejects.toBeInstanceOf(StoreUnavailable);
  }
  await expect(store.head()).rejects.toBeInstanceOf(StoreUnavailable);
  expect(await register.store.head()).toBeNull();
});

test('a writer that is stuck holds up the others for the lock timeout, no longer', async () => {
  const store = await register.anotherProcess({ lockTimeoutMs: 150 });
  const events = newEvents(1);
  await holdingTheHead(async () => {
    const refused = store.append('agreement-1', -1, events);
    await expect(refused).rejects.toBeInstanceOf(StoreUnavailable);
  });
  expect(await store.append('agreement-1', -1, events)).toMatchObject({ n: 0 });
});

test('another process that is ahead costs a second try, not a failure', async () => {
  const other = await register.anotherProcess();
  for (let step = 0; step < 20; step += 1) {
    await register.store.append(`agreement-${step}`, -1, newEvents(1));
    expect(await other.append(`agreement-${step}`, 0, newEvents(2))).toMatchObject({
      n: step * 3 + 2,
      revision: 2,
    });
  }
  expect(faultsOf(await collected(other.readAll(null)))).toEqual([]);
});

test('a writer cut off before anything of its group was sent begins again, and nobody is refused', async () => {
  const store = await register.anotherProcess(overTheLine());
  await store.append('agreement-first', -1, newEvents(1));
  // The other one is ahead: the next group takes a transaction of several statements.
  await register.store.append('agreement-other', -1, newEvents(1));
  line.when('begin', () => line.loseNextAnswer());
  const stored = await Promise.all(appends(3).map((it) => store.append(...it)));
  expect(stored.map(({ n }) => n)).toEqual([3, 5, 7]);
  const read = await collected(register.store.readAll(null));
  expect(read).toHaveLength(8);
  expect(faultsOf(read)).toEqual([]);
});

test('of a writer cut off where it began again the outcome is unknown, and repeating is safe', async () => {
  const store = await register.anotherProcess(overTheLine());
  await store.append('agreement-first', -1, newEvents(1));
  await register.store.append('agreement-other', -1, newEvents(1));
  line.when('begin', () => {
    line.loseNextAnswer();
    line.when('append one', () => line.loseNextAnswer());
  });
  const events = newEvents(1);
  const lost = store.append('agreement-1', -1, events);
  await expect(lost).rejects.toBeInstanceOf(AppendOutcomeUnknown);
  expect(await register.store.head()).toMatchObject({ n: 2 });
  expect(await store.append('agreement-1', -1, events)).toMatchObject({ n: 2 });
});

test('what is acknowledged while a writer begins again is not within its transaction', async () => {
  let skew = 0;
  const store = await register.anotherProcess({ ...overTheLine(), now: () => Date.now() + skew });
  await store.append('agreement-first', -1, newEvents(1));
  await register.store.append('agreement-other', -1, newEvents(1));
  line.when('begin', () => line.loseNextAnswer());
  // Whatever the writer does within a second transaction is rolled back.
  line.when('begin', () => {
    skew = 60_000;
  });
  const again = line.nextConnection();
  const first = Promise.allSettled([store.append('agreement-late', -1, newEvents(1))]);
  await again;
  // So many that they go out as a group of their own, while the first one waits for a connection.
  const others = Promise.allSettled(appends(20).map((it) => store.append(...it)));
  const outcomes = [...(await first), ...(await others)];
  const acknowledged = outcomes.filter((it) => it.status === 'fulfilled').map((it) => it.value.n);
  expect(acknowledged.length).toBeGreaterThan(0);
  const stored = new Set((await collected(register.store.readAll(null))).map(({ n }) => n));
  expect(acknowledged.filter((n) => !stored.has(n))).toEqual([]);
});

test.each([11_000, -11_000, 86_400_000])(
  'a process whose clock is %i ms off refuses to write, and says so',
  async (skew) => {
    const now = () => Date.now() + skew;
    const store = await register.anotherProcess({ now });
    const stamped = newEvent({}, new Date(now()).toISOString());
    const refused = store.append('agreement-1', -1, [stamped]);
    const fault = await refused.catch((it: unknown) => it);
    expect(fault).toBeInstanceOf(ClockSkewed);
    expect(Math.abs((fault as ClockSkewed).seconds - skew / 1_000)).toBeLessThan(5);
    expect(await register.store.head()).toBeNull();
  },
);

test('a clock that goes wrong later is noticed, and forgiven once it is right again', async () => {
  let skew = 8_000;
  const store = await register.anotherProcess({ now: () => Date.now() + skew });
  await store.append('agreement-1', -1, newEvents(1));
  skew = -12_000;
  const event = newEvent({}, '2026-01-01T00:00:00.000Z');
  await expect(store.append('agreement-1', 0, [event])).rejects.toBeInstanceOf(ClockSkewed);
  skew = -8_000;
  expect(await store.append('agreement-1', 0, [event])).toMatchObject({ n: 1 });
});

test('an unrelated transaction that writes for a long time stalls neither writers nor readers', async () => {
  const { admin, schema, store } = register;
  await admin.query(`create table ${schema}.unrelated (x int)`);
  await admin.query(`begin; insert into ${schema}.unrelated values (1)`);
  const seen: number[] = [];
  for await (const delivery of store.subscribeAll(null, new AbortController().signal)) {
    if (delivery.kind === 'event') seen.push(delivery.event.n);
    if (delivery.kind !== 'caught-up') continue;
    if (seen.length === 50) break;
    await store.append(`agreement-${seen.length}`, -1, newEvents(10));
  }
  expect(seen).toEqual([...Array(50).keys()]);
  await admin.query('rollback');
});

test('a reader is woken by a commit and does not wait for its next look', async () => {
  const store = await register.anotherProcess({ pollMs: 3_600_000 });
  const seen: number[] = [];
  for await (const delivery of store.subscribeAll(null, new AbortController().signal)) {
    if (delivery.kind === 'event') seen.push(delivery.event.n);
    if (delivery.kind !== 'caught-up') continue;
    if (seen.length === 5) break;
    await register.store.append(`agreement-${seen.length}`, -1, newEvents(1));
  }
  expect(seen).toEqual([0, 1, 2, 3, 4]);
});

async function writerWaits(): Promise<void> {
  for (;;) {
    const { rowCount } = await register.admin.query(
      `select from pg_stat_activity where application_name = $1 and wait_event_type = 'Lock'`,
      [`musubi_${register.schema} append`],
    );
    if (rowCount === 1) return;
  }
}
