import { afterEach, describe, expect, test } from 'vitest';

import { advance, Deposed, pointOf, raiseFence } from '../../projections/checkpoint.js';
import { openDataSource } from '../../projections/data-source.js';
import type { Ledger } from '../../projections/ledger.js';
import { agreementGraph } from '../../projections/agreement-graph/agreement-graph.ledger.js';
import { parties } from '../../projections/parties/parties.ledger.js';
import { projectionStatus } from '../../projections/projection-status.js';
import { rebuild } from '../../projections/rebuild.js';
import { replay } from '../../projections/replay.js';
import { waitUntil } from '../../projections/wait-for.js';
import { StreamBuilder } from '../support/event-builder.js';
import { ReadSide } from './support/read-side.js';
import { library, libraryTable, municipalities } from './support/sources.js';

let register: ReadSide;
afterEach(() => register.close());

const [fujisawa, kawasaki, kamakura] = libraryTable.map((it) => library(it));

async function rowsOf(schema = 'agreement_graph_v1'): Promise<readonly unknown[]> {
  const { rows } = await register.pool.query(
    `select stream, part, days::text, contents, pending, known::text from ${schema}.part_row
      order by stream, part, days, known`,
  );
  return rows;
}

async function rebuiltRows(ledger: Ledger = agreementGraph): Promise<readonly unknown[]> {
  const made = await rebuild(
    { ...register.context, ledger },
    { connection: { connectionString: register.database.url } },
  );
  return rowsOf(`agreement_graph_v${made.version}`);
}

async function endLeaders(): Promise<number> {
  const { rowCount } = await register.pool.query(
    `select pg_terminate_backend(pid) from pg_stat_activity
      where application_name like 'musubi projector%' and datname = current_database()`,
  );
  return rowCount ?? 0;
}

describe('a leader', () => {
  test('whose connection dies is followed by another process, and nothing is lost or doubled', async () => {
    register = await ReadSide.open('take over', [agreementGraph]);
    const first = register.start();
    await register.append(...fujisawa!.events);
    await register.caughtUp();
    const second = register.start();
    expect(await endLeaders()).toBeGreaterThan(0);
    await first.stop();
    await register.append(...kawasaki!.events);
    await register.caughtUp();
    await second.stop();
    expect(await rowsOf()).toEqual(await rebuiltRows());
  });

  test('that was deposed cannot commit any more', async () => {
    register = await ReadSide.open('fence', [agreementGraph]);
    const projectors = register.start();
    await register.append(...fujisawa!.events);
    const n = await register.caughtUp();
    await projectors.stop();
    const old = (await pointOf(register.pool, 'agreement-graph', 1))!;
    await raiseFence(register.pool, old);
    const next = { n: n + 1, position: String(n + 1), at: '2026-01-01T00:00:00.000Z' };
    await expect(advance(register.pool, old, next)).rejects.toThrow(Deposed);
    expect((await pointOf(register.pool, 'agreement-graph', 1))?.n).toBe(n);
  });

  test('goes on with the version that a rebuild lets serve', async () => {
    register = await ReadSide.open('swap', [agreementGraph]);
    register.start();
    await register.append(...fujisawa!.events);
    await register.caughtUp();
    await rebuiltRows();
    await register.append(...kawasaki!.events);
    const n = await register.caughtUp();
    expect(await pointOf(register.pool, 'agreement-graph', 2)).toMatchObject({ n });
    expect((await pointOf(register.pool, 'agreement-graph', 1))?.n).toBeLessThan(n);
  });
});

/** A fold that fails on one stream as long as the fault is there. */
function failingOn(stream: string, fault: { there: boolean; result?: 'nul' }): Ledger {
  return {
    ...agreementGraph,
    rows(events, presume) {
      const rows = agreementGraph.rows(events, presume);
      if (!fault.there || events.length < 3 || events[0]?.event.stream !== stream) return rows;
      if (fault.result !== 'nul') throw new Error('the fold fails');
      // PostgreSQL's jsonb holds no NUL: the table refuses what the fold gives.
      return rows.map((it) => ({ ...it, contents: [{ content: '\u0000', worlds: [{}] }] }));
    },
  };
}

describe.each([undefined, 'nul' as const])('a stream that cannot be kept (%s)', (result) => {
  test('is parked from that event on, the others go on, and a replay takes it in again', async () => {
    const fault = { there: true, ...(result === undefined ? {} : { result }) };
    const ledger = failingOn(kawasaki!.stream, fault);
    register = await ReadSide.open('parked', [ledger]);
    const projectors = register.start();
    await register.append(...kawasaki!.events, ...fujisawa!.events);
    await register.caughtUp();

    const source = await openDataSource(register.database.url);
    const [status] = await projectionStatus(
      source,
      register.store,
      await register.store.head(),
      Date.now(),
    );
    await source.destroy();
    expect(status).toMatchObject({
      ledger: 'agreement-graph',
      lagEvents: 0,
      parked: [{ stream: kawasaki!.stream }],
    });
    expect(status!.parked[0]!.n).toBeLessThanOrEqual(2);

    fault.there = false;
    const connection = await register.pool.connect();
    const context = { ...register.context, ledger };
    expect(await replay(connection, context, kawasaki!.stream)).toBe('replayed');
    expect(await replay(connection, context, kawasaki!.stream)).toBe('not-parked');
    connection.release();

    await register.append(...kamakura!.events);
    await register.caughtUp();
    await projectors.stop();
    expect(await rowsOf()).toEqual(await rebuiltRows());
  });
});

test('a replay that fails again leaves the stream parked', async () => {
  const ledger = failingOn(kawasaki!.stream, { there: true });
  register = await ReadSide.open('parked again', [ledger]);
  register.start();
  await register.append(...kawasaki!.events);
  await register.caughtUp();
  const connection = await register.pool.connect();
  const replayed = await replay(connection, { ...register.context, ledger }, kawasaki!.stream);
  connection.release();
  expect(replayed).toEqual({ failed: 'Error: the fold fails' });
  const { rows } = await register.pool.query('select stream from projection.parked_stream');
  expect(rows).toEqual([{ stream: kawasaki!.stream }]);
});

test('an event of an unknown type halts its ledger before it, and no other ledger', async () => {
  register = await ReadSide.open('halted', [agreementGraph, parties]);
  register.start();
  const n = await register.append(...fujisawa!.events);
  const stream = new StreamBuilder('agreement', '知らない事実');
  const { events } = library(libraryTable[1]!);
  const strange = { ...events[0]!, stream: stream.stream, type: 'AgreementSung' };
  await register.append(strange, ...municipalities());
  const head = (await register.store.head())!.n;
  expect(await waitUntil(register.pool, ['parties'], head, 10_000)).toBeDefined();
  expect(await waitUntil(register.pool, ['agreement-graph'], n, 10_000)).toBeDefined();

  const source = await openDataSource(register.database.url);
  const state = async () =>
    (await projectionStatus(source, register.store, await register.store.head(), Date.now())).find(
      (it) => it.ledger === 'agreement-graph',
    );
  await expect.poll(state, { timeout: 10_000 }).toMatchObject({
    state: 'halted',
    n,
    lagEvents: head - n,
    reason: `登録番号 ${n + 1} の事実 AgreementSung（第1版）は、このプログラムでは読めません。`,
  });
  await source.destroy();
});

test('waiting for a number ends when it is there, or when the time is over', async () => {
  register = await ReadSide.open('wait', [agreementGraph]);
  const n = await register.append(...fujisawa!.events);
  expect(await waitUntil(register.pool, ['agreement-graph'], n, 30)).toBeUndefined();
  const waiting = waitUntil(register.pool, ['agreement-graph'], n, 20_000);
  register.start();
  expect((await waiting)?.get('agreement-graph')?.n).toBeGreaterThanOrEqual(n);
});
