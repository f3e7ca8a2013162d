import { randomInt } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';

import { afterAll, beforeAll, expect, test } from 'vitest';

import { ledgers } from '../../projections/ledgers.js';
import type { CommandResult } from '../../src/entries/command-result.js';
import { comparedLedgers, ledgersAt } from '../crash/ledger-rows.js';
import { beyond, gaps, lost, vaultFaults, wholeLog } from '../crash/log-of-register.js';
import { type Office, Writers } from '../crash/writers.js';
import { Processes, type Serving } from './processes.js';
import { post } from './request.js';

const kills = 6;
const commandsOfRound = 40;

let processes: Processes;
let office: Office & { readonly events: number };
let pair: [Promise<Serving>, Promise<Serving>];

beforeAll(async () => {
  processes = await Processes.on('several_writing');
  const first = await processes.start();
  const second = await processes.start();
  pair = [Promise.resolve(first), Promise.resolve(second)];
  office = await processes.office(first.url);
}, 120_000);
afterAll(() => processes?.dispose());

const urls = async () => (await Promise.all(pair)).map((it) => it.url);

const contact = (person: string) => ({
  acts: [{ type: 'ContactStated', data: { body: office.keeper, office: '企画課', person } }],
});

const paper = (title: string) => ({
  opens: 'agreement',
  acts: [
    {
      type: 'AgreementRegistered',
      acted: '平成29年2月20日',
      data: {
        keeper: office.keeper,
        title,
        kind: 'agreement',
        fields: ['図書館'],
        parties: [{ party: office.keeper }, { party: office.partner }],
      },
    },
  ],
});

async function opened(): Promise<CommandResult> {
  const [url] = await urls();
  const asked = { token: office.registrar };
  return (await post<CommandResult>(`${url}/api/entries`, paper('協定'), asked)).body;
}

test('of two commands on what both have read, sent to two processes at once, one is refused', async () => {
  const { id, revision } = await opened();
  const stream = { kind: 'agreement', id };
  for (let ifMatch = revision, round = 0; round < 30; round += 1) {
    const answers = await Promise.all(
      (await urls()).map((url, i) =>
        post<CommandResult>(
          `${url}/api/entries`,
          { stream, ...contact(`${round}-${i}`) },
          { token: office.registrar, ifMatch },
        ),
      ),
    );
    expect(statuses(answers)).toEqual([201, 412]);
    expect(answers.find((it) => it.status === 412)?.code).toBe('stream/changed');
    ifMatch = answers.find((it) => it.status === 201)?.body.revision ?? -1;
  }
}, 60_000);

test('one key sent to both processes at once is recorded once, and both give the same answer', async () => {
  const { id } = await opened();
  const stream = { kind: 'agreement', id };
  for (let round = 0; round < 30; round += 1) {
    const before = (await wholeLog(processes.client)).length;
    const body = round % 2 === 0 ? { stream, ...contact(`${round}`) } : paper(`協定 ${round}`);
    const answers = await Promise.all(
      (await urls()).map((url) =>
        post<CommandResult>(`${url}/api/entries`, body, {
          token: office.registrar,
          key: `the-same-key-${round}`,
        }),
      ),
    );
    expect(statuses(answers)).toEqual([200, 201]);
    const [one, other] = answers.map((it) => ({ ...it.body, repeated: true }));
    expect(one).toEqual(other);
    expect(await wholeLog(processes.client)).toHaveLength(before + 1);
  }
}, 60_000);

function statuses(answers: readonly { readonly status: number }[]): readonly number[] {
  return answers.map((it) => it.status).sort((a, b) => a - b);
}

test('under load on both, each killed in turns: nothing is lost, doubled, or out of its place', async () => {
  const { client } = processes;
  const before = (await wholeLog(client)).length;
  let turn = 0;
  // The commands that go to one stream at once go to different processes.
  const writers = new Writers(office, async () => {
    turn += 1;
    return (await pair[turn % 2 === 0 ? 0 : 1]).url;
  });
  writers.start(6);
  await writers.reach(3 * commandsOfRound);
  for (let round = 0; round < kills; round += 1) {
    const struck = round % 2 === 0 ? 0 : 1;
    const { program } = await pair[struck];
    await pause(randomInt(100));
    await program.end('SIGKILL');
    pair[struck] = processes.start();
    await writers.reach(commandsOfRound);
    await pair[struck];
  }
  await writers.stop();

  const log = await wholeLog(client);
  const { acknowledged, repeated } = writers;
  const [missing, more] = [lost(log, acknowledged), beyond(log.slice(before), acknowledged)];
  const why = [...repeated].map(([reason, times]) => `${reason} ${times}`).join(', ');
  console.log(
    `two processes, ${kills} kills: ${acknowledged.length} commands acknowledged, ` +
      `${log.length - before} events, lost ${missing.length}, doubled ${more.length}; ` +
      `sent again: ${why}`,
  );
  expect(acknowledged.length).toBeGreaterThanOrEqual((3 + kills) * commandsOfRound);
  expect(missing).toEqual([]);
  expect(more).toEqual([]);
  expect(gaps(log)).toEqual([]);
  const { sealed, ...faults } = await vaultFaults(client, log);
  expect(sealed).toBeGreaterThan(0);
  expect(faults).toEqual({ missing: [], unclaimed: [] });

  const n = log.length - 1;
  const standing = await ledgersAt(client, n);
  expect(standing).toMatchObject(
    ledgers.map(({ name }) => ({ ledger: name, n, state: 'running', parked: 0 })),
  );
  const streams = new Set(log.map((it) => it.stream));
  const { compared, unlike } = await comparedLedgers(client, standing, streams, n);
  console.log(`two processes, ${kills} kills: ${compared} rows of the ledgers equal a fold`);
  expect(unlike).toEqual([]);
}, 180_000);
