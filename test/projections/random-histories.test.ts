import { assert, asyncProperty } from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { Bound, BoundHandler } from '../../projections/bound/bound.query.js';
import { Counter, CounterHandler } from '../../projections/counter/counter.query.js';
import { rowsOnDay } from '../../projections/folded-rows.js';
import { schemaOf } from '../../projections/ledger.js';
import { ledgers } from '../../projections/ledgers.js';
import type { MutualUseAnswer } from '../../projections/mutual-use/mutual-use.answer.js';
import { MutualUse, MutualUseHandler } from '../../projections/mutual-use/mutual-use.query.js';
import { rebuild } from '../../projections/rebuild.js';
import { postgresDay } from '../../projections/stored-row.js';
import type { Numbered } from '../../src/entries/domain/event.js';
import { presumeAll } from '../../src/entries/domain/presumption.js';
import { parseEvent } from '../../src/event-sourcing/parse-event.js';
import { thePublic } from '../../src/identity/principal.js';
import { idOf } from '../support/event-builder.js';
import { randomHistory } from './support/random-history.js';
import { day, ReadSide } from './support/read-side.js';

const RUNS = 30;
const days = ['2011-10-31', '2011-11-20', '2012-04-01', '2017-02-21', '2020-04-01'].map(day);
const staff = {
  kind: 'signed-in' as const,
  grants: ['横浜市', '川崎市', '鎌倉市'].map((it) => ({
    role: 'counter' as const,
    body: idOf(it),
  })),
};

let register: ReadSide;
/** Answers as they were given while history went on, by the question and n. */
const given = new Map<string, string>();
/** A program that runs from the first history to the last. */
let running: ReturnType<typeof program> | undefined;

beforeAll(async () => {
  register = await ReadSide.open('random histories');
  register.start({ batch: 7, kept: 60 });
  let run = 0;
  await assert(
    asyncProperty(randomHistory('歴史'), async (events) => {
      run += 1;
      const mine = events.map((it) => JSON.parse(ofRun(JSON.stringify(it), run)) as typeof it);
      const middle = Math.ceil(mine.length / 2);
      for (const part of [mine.slice(0, middle), mine.slice(middle)]) {
        if (part.length === 0) continue;
        await register.append(...part);
        await remember(await register.caughtUp());
      }
    }),
    { numRuns: RUNS, seed: 20261122, endOnFailure: true },
  );
}, 120_000);
afterAll(() => register.close());

/** Every run has streams, events and entries of its own; parties are the same in all of them. */
function ofRun(text: string, run: number): string {
  const kept = new Set(['横浜市', '川崎市', '鎌倉市', '九都県市'].map(idOf));
  return text.replaceAll(/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, (id) =>
    kept.has(id) ? id : idOf(`${run} ${id}`),
  );
}

/** A program that has just begun. */
function program() {
  const models = register.models;
  return {
    bound: new BoundHandler(models),
    mutualUse: new MutualUseHandler(models),
    counter: new CounterHandler(models),
  };
}

async function answers(
  n: number,
  on: (typeof days)[number],
  { bound, mutualUse, counter } = program(),
): Promise<readonly string[]> {
  const asked = { on, known: { kind: 'number' as const, n } };
  const [from, to] = [idOf('川崎市'), idOf('横浜市')];
  const all = await Promise.all([
    bound.execute(new Bound({ ...asked, from, to, field: '災害時相互応援', reader: staff })),
    mutualUse.execute(new MutualUse({ ...asked, with: to, field: '図書館', reader: staff })),
    counter.execute(
      new Counter({
        ...asked,
        person: { resident: to },
        purpose: { field: '図書館' },
        reader: staff,
      }),
    ),
  ]);
  return all.map((it) => it.text);
}

async function remember(n: number): Promise<void> {
  const on = days[n % days.length]!;
  const anew = await answers(n, on);
  for (const [i, it] of anew.entries()) given.set(`${i} ${n} ${on}`, it);
  running ??= program();
  expect(await answers(n, on, running)).toEqual(anew);
}

async function tableOf(schema: string): Promise<readonly unknown[]> {
  const { rows } = await register.pool.query(
    `select stream, part, days::text, contents::text, pending, known::text from ${schema}.part_row
      order by stream, part, days, known`,
  );
  return rows;
}

test('no answer for an earlier n ever changes', async () => {
  expect(given.size).toBeGreaterThan(RUNS * 2);
  for (const [key, answer] of given) {
    const [i, n, on] = key.split(' ').map(Number);
    const now = await answers(n!, on as (typeof days)[number]);
    expect(now[i!], key).toBe(answer);
  }
}, 60_000);

test('the rows of a day at any n are those that the log gives when it is folded again', async () => {
  const head = await register.caughtUp();
  const streams = new Map<string, Numbered[]>();
  for await (const it of register.store.readAll(null)) {
    const { kind } = register.names.refOf(it.stream)!;
    streams.set(it.stream, [...(streams.get(it.stream) ?? []), parseEvent(it, kind)]);
  }
  for (const ledger of ledgers) {
    const watched = [...streams].flatMap(([stream, events]) => {
      const ref = register.names.refOf(stream)!;
      return ledger.watches.includes(ref.kind) ? [{ id: ref.id, events }] : [];
    });
    for (let n = 0; n <= head; n += 11) {
      const on = days[n % days.length]!;
      const { rows } = await register.pool.query(
        `select stream, part, contents, pending from ${schemaOf(ledger.name, 1)}.part_row
          where known @> $1::int8 and days @> $2::date order by stream, part collate "C"`,
        [n, postgresDay(on)],
      );
      const begun = watched.filter(({ events }) => (events[0]?.n ?? Infinity) <= n);
      const folded = begun.flatMap(({ id, events }) =>
        rowsOnDay(
          ledger,
          id,
          events.filter((it) => it.n <= n),
          presumeAll,
          on,
        )
          .filter((it) => it.holds)
          .map(({ stream, part, contents, pending }) => ({ stream, part, contents, pending })),
      );
      folded.sort((a, b) => (key(a) < key(b) ? -1 : 1));
      expect(rows, `${ledger.name} at ${n}`).toEqual(JSON.parse(JSON.stringify(folded)));
    }
  }
}, 60_000);

test.each(ledgers)(
  '$name built anew has the very same rows',
  async (ledger) => {
    const made = await rebuild(
      { ...register.context, ledger },
      { connection: { connectionString: register.database.url } },
    );
    expect(made).toMatchObject({ version: 2, comparison: { changed: 0, examples: [] } });
    expect(made.rows).toBeGreaterThan(RUNS / 2);
    expect(await tableOf(schemaOf(ledger.name, 2))).toEqual(
      await tableOf(schemaOf(ledger.name, 1)),
    );
  },
  60_000,
);

test('what is public names no agreement that is not disclosed', async () => {
  const asked = { on: days[4]!, known: { kind: 'now' as const } };
  const answer = await new MutualUseHandler(register.models).execute(
    new MutualUse({ ...asked, with: idOf('横浜市'), field: '図書館', reader: thePublic }),
  );
  const { rows } = answer.read<MutualUseAnswer>();
  const { rows: disclosed } = await register.pool.query<{ stream: string }>(
    `select stream from agreement_graph_v2.part_row where part = 'disclosure' and upper_inf(known)
      and contents @> '[{"content":{"disclosed":true}}]'`,
  );
  const ids = new Set(disclosed.map((it) => it.stream));
  expect(rows.length).toBeGreaterThan(0);
  expect(rows.filter((it) => !ids.has(it.agreement.id))).toEqual([]);
});

function key({ stream, part }: { readonly stream: string; readonly part: string }): string {
  return `${stream} ${part}`;
}
