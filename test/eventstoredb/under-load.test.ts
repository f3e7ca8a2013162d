import { setTimeout as pause } from 'node:timers/promises';

import { afterAll, beforeAll, expect, test } from 'vitest';

import type { RegisterEvent } from '../../src/entries/domain/event.js';
import type { Readiness } from '../../src/http/operation/readiness.js';
import { beyond, gaps, type LoggedEvent, lost } from '../crash/log-of-register.js';
import { Writers } from '../crash/writers.js';
import { health, type OnDouble, startOnDouble, unlikeLedgers, until, well } from './on-double.js';

let on: OnDouble;
let writers: Writers;
let before: number;
const states = new Set<string>();
const stopping = new AbortController();
let watching: Promise<void>;

beforeAll(async () => {
  on = await startOnDouble('esdb_under_load');
  const { it } = on;
  await it.register({ kind: 'municipality', name: '横浜市', code: '141003' }, it.operator);
  const partner = await it.register({ kind: 'municipality', name: '鎌倉市', code: '142042' });
  before = (await it.head()) + 1;
  const tokens = {
    registrar: it.tokenOf('registrar') ?? '',
    approver: it.tokenOf('approver') ?? '',
  };
  writers = new Writers({ ...tokens, keeper: it.operator, partner }, async () => it.url);
  writers.start(6);
  watching = watch();
});
afterAll(async () => {
  stopping.abort();
  await watching;
  await on.close();
});

/** Keeps what the health page says of the ledgers at any moment. */
async function watch(): Promise<void> {
  while (!stopping.signal.aborted) {
    const { body } = await on.it.get<Readiness>('/health/ready');
    for (const { state } of body.projections) states.add(state);
    await pause(20);
  }
}

const fault: Readonly<Record<string, () => Promise<unknown> | void>> = {
  'commits that are slow': () =>
    on.double.faults.slowCommits({ ms: 200, probability: 0.1, seed: 7 }),
  'answers that are lost': () => on.double.faults.loseReply('unavailable', 30),
  'appends that are refused': () =>
    on.double.faults.refuse(undefined, { calls: ['append'], times: 20 }),
  'subscriptions that fail': () => on.double.faults.failAfter(20, { calls: ['subscription'] }),
  'connections that are all cut, again and again': async () => {
    for (let cuts = 0; cuts < 6; cuts += 1) {
      on.double.cutConnections();
      await pause(150);
    }
  },
  'a server that stops for three seconds': async () => {
    await on.double.stop();
    await pause(3_000);
    await on.double.start();
  },
  'a server that is frozen for three seconds': async () => {
    on.double.freeze();
    await pause(3_000);
    on.double.thaw();
  },
};

test.each(Object.keys(fault))(
  '%s: the writers go on',
  async (what) => {
    const again = [...writers.repeated.values()].reduce((sum, it) => sum + it, 0);
    await writers.reach(20);
    await fault[what]?.();
    const began = performance.now();
    await writers.reach(20);
    const seconds = (performance.now() - began) / 1_000;
    on.double.faults.clear();
    const more = [...writers.repeated.values()].reduce((sum, it) => sum + it, 0) - again;
    console.log(`${what}: 20 more commands after ${seconds.toFixed(1)} s, ${more} sent again`);
    expect(seconds).toBeLessThan(20);
  },
  60_000,
);

test('in the end nothing is lost, doubled or out of its place, and the ledgers equal a fold', async () => {
  await writers.stop();
  await until(() => health(on.it), well);
  const log = registerLog();
  const { acknowledged } = writers;
  const [missing, more] = [lost(log, acknowledged), beyond(log.slice(before), acknowledged)];
  console.log(
    `under faults: ${acknowledged.length} commands acknowledged, lost ${missing.length}, ` +
      `doubled ${more.length}; sent again: ${[...writers.repeated].map((it) => it.join(' ')).join(', ')}`,
  );
  expect(missing).toEqual([]);
  expect(more).toEqual([]);
  expect(gaps(log)).toEqual([]);
  expect(await unlikeLedgers(on)).toEqual([]);
}, 60_000);

test('at no time did the health page call a ledger anything but running', () => {
  expect([...states]).toEqual(['running']);
});

/** Read past the program. */
function registerLog(): readonly LoggedEvent[] {
  return on.double.log
    .filter(({ stream }) => stream.startsWith('musubi-test-'))
    .map(({ id, stream, revision, data }, n) => {
      const event = JSON.parse(Buffer.from(data).toString()) as RegisterEvent;
      return { n, id, stream, revision, event };
    });
}
