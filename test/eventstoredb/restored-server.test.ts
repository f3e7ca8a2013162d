import { randomUUID } from 'node:crypto';

import { afterEach, beforeEach, expect, test } from 'vitest';

import type { LoggedEvent } from '../eventstoredb-double/logged-event.js';
import {
  municipality,
  type OnDouble,
  startOnDouble,
  timed,
  until,
  health,
  unlikeLedgers,
  well,
} from './on-double.js';

const otherHistory = '503 not-ready, event store other-history';
let on: OnDouble;
let lostEvents: readonly LoggedEvent[];
let ledgersBefore: string;

beforeEach(async () => {
  on = await startOnDouble('esdb_restored');
  const { it, double } = on;
  for (const name of ['鎌倉市', '逗子市', '葉山町'])
    await it.register({ kind: 'municipality', name });
  expect(await unlikeLedgers(on)).toEqual([]);
  ledgersBefore = await answers();
  lostEvents = double.log.slice(-3);
});
afterEach(() => on.close());

/** What the ledgers answer to the public and to staff, as they answer for ever. */
async function answers(): Promise<string> {
  const { it } = on;
  const known = 6;
  const all = [];
  for (const as of ['public', 'auditor'] as const) {
    const { status, text } = await it.get(`/api/parties?known=${known}&on=2026-04-01`, { as });
    all.push(as, status, text);
  }
  return all.join('\n');
}

async function ledgerNumbers(): Promise<readonly number[]> {
  const { rows } = await on.it.surroundings.pool.query<{ n: number }>(
    'select n::float8 as n from projection.checkpoint where serves order by ledger',
  );
  return rows.map(({ n }) => n);
}

/** Refused, with nothing written and no answer changed. */
async function refusesTheOtherHistory(): Promise<void> {
  const { it, double } = on;
  await until(() => health(it), otherHistory);
  const numbers = await ledgerNumbers();
  const events = double.log.length;
  const refused = await timed(it, municipality('三浦市'));
  expect([refused.status, refused.code]).toEqual([503, 'store/other-history']);
  expect(refused.text).toContain('古いバックアップから戻された可能性があります');
  expect(double.log).toHaveLength(events);
  expect(await answers()).toBe(ledgersBefore);
  expect(await ledgerNumbers()).toEqual(numbers);
  expect(await health(it)).toBe(otherHistory);
}

test('a server that forgot the newest events is told apart, written to by nobody, and read past', async () => {
  const { it, double } = on;
  const before = double.log.length;
  double.restoreTo(before - 3);
  await refusesTheOtherHistory();

  // A person brings back the right state: nobody need be told.
  for (const event of lostEvents)
    double.cluster.log.append(
      event.stream,
      event.revision - 1 < 0 ? 'no_stream' : event.revision - 1,
      [event],
    );
  double.cutConnections();
  await until(() => health(it), well);
  expect((await timed(it, municipality('三浦市'))).status).toBe(201);
  expect(await unlikeLedgers(on)).toEqual([]);
}, 60_000);

test.each([
  ['others', 'somebody-else-1'],
  ['this register', `musubi-test-party-${randomUUID()}`],
])(
  'events that were written to it afterwards, by %s, get into no ledger',
  async (_, stream) => {
    const { double } = on;
    const [sample] = lostEvents;
    double.restoreTo(double.log.length - 3);
    for (let at = 0; at < 12; at += 1) {
      const id = randomUUID();
      double.cluster.log.append(stream, 'any', [{ ...sample!, id }]);
    }
    await refusesTheOtherHistory();
    const { store } = on.it.surroundings;
    await expect(store.head()).rejects.toThrow('restored from an older backup');
  },
  60_000,
);

test('a command that comes before anybody has noticed is not acknowledged', async () => {
  const { it, double } = on;
  const left = double.log.length - 3;
  double.restoreTo(left);
  const answers = await Promise.all(
    ['三浦市', '大和市', '町田市'].map((name) => timed(it, municipality(name))),
  );
  expect(answers.map(({ status }) => status)).toEqual([503, 503, 503]);
  for (const { code } of answers) expect(code).toMatch(/^store\/(other-history|unavailable)$/);
  expect(double.log).toHaveLength(left);
  await refusesTheOtherHistory();
}, 90_000);

test('it is noticed though no connection was lost', async () => {
  const { double } = on;
  double.cluster.log.truncate(double.log.length - 3);
  await refusesTheOtherHistory();
});

test.each([
  ['the newest events alone are gone', 0],
  ['as many others are there', 3],
  ['more others are there', 12],
])(
  'a process that starts on a restored server, where %s, does not take it for its own',
  async (_, others) => {
    const { it, double } = on;
    const { pool } = it.surroundings;
    const [sample] = lostEvents;
    const numbers = await ledgerNumbers();
    await it.stop();
    double.restoreTo(double.log.length - 3);
    for (let at = 0; at < others; at += 1) {
      const id = randomUUID();
      const stream = `musubi-test-party-${id}`;
      double.cluster.log.append(stream, 'any', [{ ...sample!, id }]);
    }
    await expect(it.another()).rejects.toThrow('restored from an older backup');
    void pool;
    void numbers;
  },
  60_000,
);
