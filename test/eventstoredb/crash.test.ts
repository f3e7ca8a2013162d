import { randomBytes, randomInt } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';

import { afterAll, beforeAll, expect, test } from 'vitest';

import { ledgers } from '../../projections/ledgers.js';
import { systemClock } from '../../src/clock.js';
import { StreamNames } from '../../src/entries/stream-names.js';
import { openEventStore } from '../../src/open-event-store.js';
import { surely } from '../crash/command.js';
import { comparedWith, ledgersAt } from '../crash/ledger-rows.js';
import { beyond, gaps, type LoggedEvent, lost, vaultFaults } from '../crash/log-of-register.js';
import { type Office, Writers } from '../crash/writers.js';
import { Processes, type Serving } from '../several/processes.js';
import { logOfServer } from './log-of-server.js';
import { startStruckServer, type StruckServer } from './struck-server.js';

const rounds = Number(process.env['EVENTSTORE_ROUNDS'] ?? 2);
const commandsOfRound = 40;
const register = `crash-${randomBytes(4).toString('hex')}`;
const names = new StreamNames(register);

let server: StruckServer;
let processes: Processes;
let office: Office & { readonly events: number };
let pair: [Promise<Serving>, Promise<Serving>];
let writers: Writers;
let log: readonly LoggedEvent[];

beforeAll(async () => {
  server = await startStruckServer();
  processes = await Processes.on('esdb_crash', {
    EVENTSTORE_CONNECTION_STRING: server.connectionString,
    MUSUBI_REGISTER: register,
  });
  const first = await processes.start();
  const second = await processes.start();
  pair = [Promise.resolve(first), Promise.resolve(second)];
  office = await processes.office(first.url);
  let turn = 0;
  writers = new Writers(office, async () => {
    turn += 1;
    return (await pair[turn % 2 === 0 ? 0 : 1]).url;
  });
}, 120_000);
afterAll(async () => {
  await processes?.dispose();
  await server?.stop();
});

test(`two processes are killed in turns, and the server struck, ${rounds} times under load`, async () => {
  writers.start(6);
  await writers.reach(commandsOfRound);
  const silences: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const struck = round % 2 === 0 ? 0 : 1;
    const { program } = await pair[struck];
    await pause(randomInt(100));
    await program.end('SIGKILL');
    pair[struck] = processes.start();
    await writers.reach(commandsOfRound);
    await pair[struck];
    if (server.strike === undefined) continue;
    const silence = longestSilence();
    await server.strike();
    await writers.reach(commandsOfRound);
    silences.push(await silence.stop());
  }
  await writers.stop();
  const seconds = silences.map((it) => (it / 1_000).toFixed(1)).join(', ');
  console.log(`${server.what}: no command was acknowledged for at most ${seconds} s`);
}, 300_000);

/** The longest time without an acknowledged command from now on until it is stopped, in ms. */
function longestSilence() {
  let [last, longest, seen] = [performance.now(), 0, writers.acknowledged.length];
  const look = setInterval(() => {
    const now = performance.now();
    longest = Math.max(longest, now - last);
    if (writers.acknowledged.length > seen) last = now;
    seen = writers.acknowledged.length;
  }, 5);
  return {
    stop: async () => {
      clearInterval(look);
      return longest;
    },
  };
}

test('no acknowledged command is lost, none is doubled, and every number has its place', async () => {
  log = await logOfServer(server.connectionString, names.prefix);
  const { acknowledged, repeated } = writers;
  const [missing, more] = [lost(log, acknowledged), beyond(log.slice(office.events), acknowledged)];
  const why = [...repeated].map(([reason, times]) => `${reason} ${times}`).join(', ');
  console.log(
    `${server.what}, ${rounds} rounds: ${acknowledged.length} commands acknowledged, ` +
      `${log.length} events, lost ${missing.length}, doubled or half-written ${more.length}; ` +
      `sent again: ${why}`,
  );
  expect(acknowledged.length).toBeGreaterThanOrEqual((1 + rounds) * commandsOfRound);
  expect(missing).toEqual([]);
  expect(more).toEqual([]);
  expect(gaps(log)).toEqual([]);
});

test('every sealed value of the log is in the vault', async () => {
  const { sealed, missing, unclaimed } = await vaultFaults(processes.client, log);
  // Written before its event: a process that is killed in between leaves a value that nobody holds.
  console.log(`${server.what}: ${sealed} sealed values, ${unclaimed.length} that no event holds`);
  expect(sealed).toBeGreaterThan(0);
  expect(missing).toEqual([]);
});

test('commands that were acknowledged, sent once more, give their first answer', async () => {
  for (const first of writers.acknowledged.slice(-40)) {
    const again = await surely(
      async () => (await pair[0]).url,
      first,
      () => undefined,
    );
    expect([again.status, again.answer]).toEqual([200, { ...first.answer, repeated: true }]);
  }
  expect(await logOfServer(server.connectionString, names.prefix)).toHaveLength(log.length);
}, 60_000);

test('the ledgers reach the end, and hold what the log gives when it is folded anew', async () => {
  const { client } = processes;
  const n = log.length - 1;
  const standing = await ledgersAt(client, n);
  const whole = { n, state: 'running', parked: 0 };
  expect(standing).toMatchObject(ledgers.map(({ name }) => ({ ledger: name, ...whole })));
  const place = { databaseUrl: processes.databaseUrl, eventStoreUrl: server.connectionString };
  const store = await openEventStore({ ...place, register, clock: systemClock });
  const streams = new Set(log.map(({ stream }) => stream));
  const compared = await comparedWith({ store, names }, client, standing, streams, n);
  await store.close();
  console.log(`${server.what}: ${compared.compared} rows of the ledgers equal a fold`);
  expect(compared.unlike).toEqual([]);
  expect(compared.compared).toBeGreaterThan(log.length);
}, 60_000);
