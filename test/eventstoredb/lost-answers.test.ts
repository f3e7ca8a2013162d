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

const on = runningOnDouble('esdb_lost_answers');

/** The command is answered once its event came by, and repeated it gives that answer. */
async function registeredOnce(what: string, arm: () => void): Promise<void> {
  const { it, double } = on;
  const key = randomUUID();
  const before = double.faults.struck;
  arm();
  const entered = await timed(it, municipality('藤沢市'), { key });
  console.log(`${what}: answered after ${entered.seconds.toFixed(2)} s`);
  expect([entered.status, times(double, entered.body.events[0])]).toEqual([201, 1]);
  expect(double.faults.struck).toBeGreaterThan(before);
  expect(entered.seconds).toBeLessThan(10);
  const repeated = await timed(it, municipality('藤沢市'), { key });
  expect([repeated.status, repeated.body]).toEqual([200, { ...entered.body, repeated: true }]);
  expect(await health(it)).toBe(well);
  expect(times(double, entered.body.events[0])).toBe(1);
}

test('an answer after the deadline is not waited for: the event has come by before', () =>
  registeredOnce('a late answer', () => on.double.faults.replyLate(3_000, 1)));

test.each(['unavailable', 'cancelled', 'cut'] as const)(
  'an acknowledgement that is lost after the commit (%s) loses and doubles nothing',
  (how) =>
    registeredOnce(`a lost acknowledgement (${how})`, () => on.double.faults.loseReply(how, 1)),
);

test('an acknowledgement that is lost each time is not needed', () =>
  registeredOnce('acknowledgements lost for good', () =>
    on.double.faults.loseReply('unavailable'),
  ));

test('neither answer nor subscription: whoever repeats the command later gets its first answer', async () => {
  const { it, double } = on;
  const key = randomUUID();
  const events = double.log.length;
  const { struck } = double.faults;
  double.faults.slowCommits({ ms: 300, probability: 1, seed: 1 });
  const lost = timed(it, municipality('大和市'), { key });
  await until(() => double.faults.struck, struck + 1);
  double.faults.hush();
  await until(() => double.log.length, events + 1);
  const event = double.log.at(-1);
  // The person gives up and sends it again, while the first request still looks for its outcome.
  const again = timed(it, municipality('大和市'), { key });
  await until(() => health(it), withoutStore);
  double.faults.clear();
  const answers = [await lost, await again];
  expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 201]);
  expect(answers.map(({ body }) => body.events)).toEqual([[event?.id], [event?.id]]);
  expect(times(double, event?.id)).toBe(1);
  await until(() => health(it), well);
});

test('a refusal before the commit is repeated until the append is in', () =>
  registeredOnce('refused three times before the commit', () =>
    on.double.faults.refuse(undefined, { calls: ['append'], times: 3 }),
  ));

test('a user who may not append is told that nothing was registered', async () => {
  const { it, double } = on;
  const events = double.log.length;
  double.faults.denyAccess({ calls: ['append'] });
  const refused = await timed(it, municipality('横須賀市'));
  expect([refused.status, refused.code]).toEqual([503, 'store/unavailable']);
  expect(refused.text).toContain('何も登録されていません');
  expect(double.log).toHaveLength(events);
  double.faults.clear();
  expect((await timed(it, municipality('横須賀市'))).status).toBe(201);
});

test('a user who may no longer do anything finds the store gone, and comes back by himself', async () => {
  const { it, double } = on;
  double.faults.denyAccess();
  double.cutConnections();
  await until(() => health(it), withoutStore);
  const refused = await timed(it, municipality('町田市'));
  expect([refused.status, refused.code]).toEqual([503, 'store/unavailable']);
  expect((await it.get('/api/parties', { as: 'auditor' })).status).toBe(200);
  double.faults.clear();
  await until(() => health(it), well);
  expect((await timed(it, municipality('町田市'))).status).toBe(201);
});

test('in the end the ledgers hold what the log gives', async () => {
  expect(await unlikeLedgers(on)).toEqual([]);
});
