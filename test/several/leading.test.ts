import { randomInt } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';

import { afterAll, beforeAll, expect, test } from 'vitest';

import { ledgers } from '../../projections/ledgers.js';
import { comparedLedgers, ledgersAt } from '../crash/ledger-rows.js';
import { beyond, gaps, lost, wholeLog } from '../crash/log-of-register.js';
import { Writers } from '../crash/writers.js';
import { type Lead, leadsNow, leadsOf, takenOver, type TakeOver, Watch } from './leads.js';
import { Processes, type Serving } from './processes.js';
import { ask } from './request.js';

const rounds = 4;
/** Wanted are 5 s; a machine that does other things at the same time is given more. */
const mostMs = 15_000;

let processes: Processes;
let pair: [Promise<Serving>, Promise<Serving>];
let writers: readonly Writers[];
let events: number;
let watch: Watch;

beforeAll(async () => {
  processes = await Processes.on('several_leading');
  const first = await processes.start();
  const second = await processes.start();
  pair = [Promise.resolve(first), Promise.resolve(second)];
  const office = await processes.office(first.url);
  events = office.events;
  // Each has its own process, so that those of the other go on while one stands still.
  writers = [0, 1].map((i) => new Writers(office, async () => (await pair[i === 0 ? 0 : 1]).url));
  for (const it of writers) it.start(3);
  await writers[0]?.reach(20);
  watch = new Watch(processes.client);
}, 120_000);
afterAll(() => processes?.dispose());

/** The place of the process that leads most ledgers, and these as they stand. */
async function mostLeading(): Promise<{ place: 0 | 1; before: readonly Lead[] }> {
  const [first, second] = await Promise.all(pair.map(async (it) => leadsOf((await it).url)));
  const place = (first?.length ?? 0) >= (second?.length ?? 0) ? 0 : 1;
  const led = (place === 0 ? first : second) ?? [];
  const before = (await leadsNow(processes.client)).filter((it) => led.includes(it.ledger));
  expect(before.length).toBeGreaterThan(0);
  return { place, before };
}

function told(what: string, found: readonly TakeOver[]): number {
  const each = found.map(
    (it) => `${it.ledger} led after ${it.ledAfter} ms, projected after ${it.projectedAfter} ms`,
  );
  console.log(`${what}: ${each.join('; ')}`);
  return Math.max(...found.map((it) => it.projectedAfter));
}

/** How long writers went without an answer, in milliseconds, from the call until it is asked. */
function longestStandstill(of: Writers | undefined): () => number {
  let [longest, since, count] = [0, performance.now(), of?.acknowledged.length];
  const look = () => {
    const now = performance.now();
    longest = Math.max(longest, now - since);
    if (of?.acknowledged.length === count) return;
    count = of?.acknowledged.length;
    since = now;
  };
  const looking = setInterval(look, 10);
  return () => {
    clearInterval(looking);
    return Math.round(longest);
  };
}

test('each ledger is led by one process, and both are ready', async () => {
  const urls = (await Promise.all(pair)).map((it) => it.url);
  const led = async () => (await Promise.all(urls.map(leadsOf))).flat().sort();
  await expect.poll(led, { timeout: 20_000 }).toEqual(ledgers.map((it) => it.name).sort());
  for (const url of urls) {
    const { status, body } = await ask('GET', `${url}/health/ready`);
    expect([status, body['status']]).toEqual([200, 'ready']);
  }
});

test('kill -9 of the leader under load: the other takes over', async () => {
  for (let round = 1; round <= rounds; round += 1) {
    const { place, before } = await mostLeading();
    const { program } = await pair[place];
    await pause(randomInt(200));
    const ended = program.end('SIGKILL');
    const taking = takenOver(processes.client, before);
    await ended;
    pair[place] = processes.start();
    expect(told(`kill -9 of the leader, ${round}`, await taking)).toBeLessThan(mostMs);
    await pair[place];
  }
}, 180_000);

test('a leader that is frozen under load: the other takes over, and it wakes as a follower', async () => {
  for (let round = 1; round <= rounds; round += 1) {
    const { place, before } = await mostLeading();
    const { program, url } = await pair[place];
    await pause(randomInt(200));
    process.kill(program.pid, 'SIGSTOP');
    const standstill = longestStandstill(writers[1 - place]);
    const taken = await takenOver(processes.client, before);
    console.log(`the writers of the other process stood still for ${standstill()} ms at most`);
    process.kill(program.pid, 'SIGCONT');
    expect(told(`freeze of the leader, ${round}`, taken)).toBeLessThan(mostMs);
    await expect.poll(() => leadsOf(url), { timeout: 20_000 }).toEqual([]);
    const readiness = async () => (await ask('GET', `${url}/health/ready`)).body['status'];
    await expect.poll(readiness, { timeout: 20_000 }).toBe('ready');
  }
}, 240_000);

test('in all this nothing was lost or doubled, and no leader worked beside another', async () => {
  const { client } = processes;
  for (const it of writers) await it.stop();
  const log = await wholeLog(client);
  const n = log.length - 1;
  const standing = await ledgersAt(client, n);
  const seen = await watch.stop();

  const acknowledged = writers.flatMap((it) => it.acknowledged);
  expect(lost(log, acknowledged)).toEqual([]);
  expect(beyond(log.slice(events), acknowledged)).toEqual([]);
  expect(gaps(log)).toEqual([]);

  for (const { name } of ledgers) {
    const of = seen.filter((it) => it.ledger === name);
    expect(of.map((it) => it.n)).toEqual(of.map((it) => it.n).sort((a, b) => a - b));
    const leaders = of.flatMap((it) => (it.leader === null ? [] : [it.leader]));
    const changes = leaders.filter((it, i) => it !== leaders[i - 1]);
    expect(new Set(changes).size).toBe(changes.length);
    expect(changes.length).toBeGreaterThan(2 * rounds);
    // A fence for each of them: the first had its own when the watch began.
    expect((of.at(-1)?.fence ?? 0) - (of[0]?.fence ?? 0)).toBe(changes.length - 1);
  }

  expect(standing).toMatchObject(
    ledgers.map(({ name }) => ({ ledger: name, n, state: 'running', parked: 0 })),
  );
  const streams = new Set(log.map((it) => it.stream));
  const { compared, unlike } = await comparedLedgers(client, standing, streams, n);
  console.log(
    `${2 * rounds} leaders struck: ${acknowledged.length} commands acknowledged, ` +
      `${log.length} events, ${compared} rows of the ledgers equal a fold of the log`,
  );
  expect(unlike).toEqual([]);
}, 120_000);
