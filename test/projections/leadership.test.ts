import { setTimeout as pause } from 'node:timers/promises';

import { Client } from 'pg';
import { afterEach, beforeEach, expect, test } from 'vitest';

import { advance, Deposed, pointOf, raiseFence } from '../../projections/checkpoint.js';
import { takeLead, whileLeading } from '../../projections/leadership.js';
import { agreementGraph } from '../../projections/agreement-graph/agreement-graph.ledger.js';
import { FaultyLine } from '../event-sourcing/faulty-line.js';
import { ReadSide } from './support/read-side.js';
import { library, libraryTable } from './support/sources.js';

const ledger = agreementGraph.name;
const [fujisawa, kawasaki] = libraryTable.map((it) => library(it));

let register: ReadSide;
let ending: AbortController;
const clients: Client[] = [];

beforeEach(async () => {
  register = await ReadSide.open('leadership', [agreementGraph]);
  ending = new AbortController();
});
afterEach(async () => {
  ending.abort();
  for (const it of clients.splice(0)) await it.end().catch(() => undefined);
  await register.close();
});

async function connected(url = register.database.url): Promise<Client> {
  const client = new Client({ connectionString: url });
  client.on('error', () => undefined);
  await client.connect();
  clients.push(client);
  return client;
}

const told: string[] = [];
const waiting = () => ({
  everyMs: 50,
  signal: ending.signal,
  report: (line: string) => told.push(line),
});

test('a leader that falls silent within a batch is followed, and its half batch is without effect', async () => {
  const projectors = register.start();
  await register.append(...fujisawa!.events);
  const n = await register.caughtUp();
  await projectors.stop();

  const frozen = await connected();
  expect(await takeLead(frozen, ledger, waiting())).toBe(true);
  const point = await raiseFence(frozen, (await pointOf(register.pool, ledger, 1))!);
  await register.append(...kawasaki!.events);
  await frozen.query('begin');
  const next = { n: n + 1, position: String(n + 1), at: '2026-01-01T00:00:00.000Z' };
  const half = await advance(frozen, point, next);
  await frozen.query('delete from agreement_graph_v1.part_row');

  register.start();
  const head = await register.caughtUp();
  expect(register.reports).toContain('agreement-graph: the leader was silent for 2.5 s');
  await expect(frozen.query('commit')).rejects.toThrow();

  const woken = await connected();
  await expect(advance(woken, half, { ...next, n: n + 2 })).rejects.toThrow(Deposed);
  expect(await pointOf(register.pool, ledger, 1)).toMatchObject({
    n: head,
    fence: point.fence + 1,
  });
  const { rows } = await register.pool.query('select from agreement_graph_v1.part_row');
  expect(rows.length).toBeGreaterThan(0);
});

test('a leader that has nothing to do, or whose server works for long, keeps the lead', async () => {
  const leader = await connected();
  await takeLead(leader, ledger, waiting());
  let followed = false;
  const follower = await connected();
  const follow = async () => {
    followed = await takeLead(follower, ledger, waiting());
  };
  const following = follow();
  const work = async () => {
    await leader.query('select pg_sleep(4.5)');
    await pause(4_500);
    return followed;
  };
  expect(await whileLeading(leader, ledger, ending.signal, work)).toBe(false);
  await leader.end();
  await following;
  expect(followed).toBe(true);
}, 60_000);

test('a failed transaction of a leader is no silence', async () => {
  const leader = await connected();
  const work = async () => {
    await leader.query('begin');
    await leader.query('select no_such_column').catch(() => undefined);
    await pause(2_500);
    return leader.query('rollback');
  };
  await expect(whileLeading(leader, ledger, ending.signal, work)).resolves.toBeDefined();
});

const untilStopped = (signal: AbortSignal) =>
  new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()));

test('a leader whose connection ends knows it at once', async () => {
  const leader = await connected();
  const { rows } = await leader.query<{ pid: number }>('select pg_backend_pid() as pid');
  const leading = whileLeading(leader, ledger, ending.signal, untilStopped);
  // Expected before it can happen: it may know before the one who ended it is answered.
  const deposed = expect(leading).rejects.toThrow(Deposed);
  await register.pool.query('select pg_terminate_backend($1)', [rows[0]?.pid]);
  await deposed;
});

test('a leader that hears no answer gives up', async () => {
  const line = await FaultyLine.to(register.database.url);
  const leader = await connected(line.url);
  const leading = whileLeading(leader, ledger, ending.signal, untilStopped, 300);
  line.fallSilent();
  await expect(leading).rejects.toThrow(Deposed);
  await line.close();
});

test('the server gives up a leader whose machine is gone within seconds', async () => {
  const leader = await connected();
  await takeLead(leader, ledger, waiting());
  const { rows } = await leader.query<{ idle: string; timeout: string }>(
    `select current_setting('tcp_keepalives_idle') as idle,
       current_setting('tcp_user_timeout') as timeout`,
  );
  expect(rows).toEqual([{ idle: '2', timeout: '5000' }]);
});
