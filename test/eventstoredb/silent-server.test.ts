import { randomUUID } from 'node:crypto';

import { expect, test } from 'vitest';

import {
  health,
  municipality,
  runningOnDouble,
  timed,
  times,
  unlikeLedgers,
  until,
  well,
  withoutStore,
} from './on-double.js';

const on = runningOnDouble('esdb_silent');

const nothingRegistered =
  '保存先に接続できません。何も登録されていません。しばらくしてからやり直してください。';

test.each([
  ['answers pings and nothing else', () => on.double.faults.hush()],
  ['does not even answer pings', () => on.double.freeze()],
])(
  'of a server that %s a command hears in time, ledgers answer, and all goes on',
  async (_, hush) => {
    const { it, double } = on;
    const key = randomUUID();
    hush();
    const events = double.log.length;
    const refused = await timed(it, municipality('鎌倉市'), { key });
    console.log(`a silent server: ${refused.code} after ${refused.seconds.toFixed(1)} s`);
    expect([refused.status, refused.code]).toEqual([503, 'store/unavailable']);
    expect(refused.body).toMatchObject({ detail: nothingRegistered });
    expect(refused.headers.get('retry-after')).toBe('5');
    expect(refused.seconds).toBeLessThan(10);
    expect(double.log).toHaveLength(events);
    expect(await health(it)).toBe(withoutStore);

    for (const as of ['public', 'auditor'] as const) {
      expect((await it.get('/api/parties', { as })).status).toBe(200);
    }
    const waiting = readersOfStreams();
    const again = await timed(it, municipality('鎌倉市'), { key });
    expect([again.status, again.code]).toEqual([503, 'store/unavailable']);
    // It is known by now that nobody answers: no reader waits to find it out anew.
    expect(readersOfStreams()).toBe(waiting);

    double.thaw();
    await until(() => health(it), well);
    const entered = await timed(it, municipality('鎌倉市'), { key });
    expect([entered.status, times(double, entered.body.events[0])]).toEqual([201, 1]);
    const repeated = await timed(it, municipality('鎌倉市'), { key });
    expect([repeated.status, repeated.body]).toEqual([200, { ...entered.body, repeated: true }]);
  },
  60_000,
);

test('an append that was swallowed goes out once more, and is stored once', async () => {
  const { it, double } = on;
  double.faults.silent({ calls: ['append'], times: 1 });
  const entered = await timed(it, municipality('逗子市'));
  console.log(`an append that was swallowed: answered after ${entered.seconds.toFixed(1)} s`);
  expect([entered.status, times(double, entered.body.events[0])]).toEqual([201, 1]);
  expect(entered.seconds).toBeLessThan(10);
  double.faults.clear();
  await until(() => health(it), well);
});

test('a subscription that falls silent is opened anew, and the command answered', async () => {
  const { it, double } = on;
  // The register's order is subscribed to first, the ledgers follow once it is level.
  double.faults.silentAfter(0, { calls: ['subscription'], times: 1 });
  double.cutConnections();
  await until(() => double.faults.struck >= 1, true);
  const entered = await timed(it, municipality('葉山町'));
  console.log(`a silent subscription: answered after ${entered.seconds.toFixed(1)} s`);
  expect([entered.status, times(double, entered.body.events[0])]).toEqual([201, 1]);
  expect(entered.seconds).toBeLessThan(10);
  await until(() => health(it), well);
});

test('subscriptions that are silent again and again: the command is taken in the end, the ledgers go on', async () => {
  const { it, double } = on;
  const key = randomUUID();
  double.faults.silentAfter(1, { calls: ['subscription'], times: 8 });
  double.cutConnections();
  let answer = await timed(it, municipality('寒川町'), { key });
  while (answer.status === 503) answer = await timed(it, municipality('寒川町'), { key });
  expect([answer.status, times(double, answer.body.events[0])]).toEqual([201, 1]);
  double.faults.clear();
  await until(() => health(it), well);
  expect(await unlikeLedgers(on)).toEqual([]);
}, 60_000);

/** A silenced double forgets no call, not even one that its client has given up. */
function readersOfStreams(): number {
  return on.double.openCalls().filter(({ about }) => about.startsWith('musubi-')).length;
}
