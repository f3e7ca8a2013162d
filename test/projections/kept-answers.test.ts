import { afterAll, beforeAll, expect, test } from 'vitest';

import {
  Neighbourhood,
  NeighbourhoodHandler,
} from '../../projections/agreement-graph/neighbourhood.query.js';
import { Bound, BoundHandler } from '../../projections/bound/bound.query.js';
import { Counter, CounterHandler } from '../../projections/counter/counter.query.js';
import type { Known } from '../../projections/known.js';
import type { ReadModels } from '../../projections/read-models.js';
import type { Stamp } from '../../projections/stamp.js';
import { thePublic } from '../../src/identity/principal.js';
import { Random } from '../support/national/random.js';
import { nationalRegister } from '../support/national/national-register.js';
import { day, ReadSide } from './support/read-side.js';

const EVENTS = 900;
const fields = ['図書館', '災害時相互応援', '公共施設相互利用'] as const;
const register = await ReadSide.open('kept answers');
const { country, events } = nationalRegister({ events: EVENTS, seed: 7 }, register.names);
const random = new Random(3, 1, 4);

beforeAll(async () => {
  register.start({ batch: 3 });
  await register.caughtUp();
});
afterAll(() => register.close());

/** What a program that has run for long answers with, or one that has just begun. */
function program(models: ReadModels) {
  const handlers = {
    bound: new BoundHandler(models),
    counter: new CounterHandler(models),
    neighbourhood: new NeighbourhoodHandler(models),
  };
  return async ({ home, other, field, on }: Asked, known: Known): Promise<readonly string[]> => {
    const asked = { on: day(on), known, reader: thePublic };
    const answers = await Promise.all([
      handlers.counter.execute(
        new Counter({ ...asked, person: { resident: home }, purpose: { field } }),
      ),
      handlers.bound.execute(new Bound({ ...asked, from: home, to: other, field })),
      handlers.neighbourhood.execute(new Neighbourhood({ ...asked, of: home, field })),
    ]);
    return answers.map((it) => it.text);
  };
}

interface Asked {
  readonly home: string;
  readonly other: string;
  readonly field: (typeof fields)[number];
  readonly on: string;
}

function drawn(): Asked {
  const home = random.pick(country.bodies);
  const other = random.pick(country.bodies.filter((it) => it.id !== home.id));
  const field = random.pick(fields);
  const on = `${2010 + random.below(16)}-0${1 + random.below(9)}-15`;
  return { home: home.id, other: other.id, field, on };
}

test('what is kept from question to question answers as what is read anew, while the register grows', async () => {
  const kept = program(register.models);
  let compared = 0;
  const compare = async (asked: Asked): Promise<void> => {
    // While the ledgers move: whatever n the answers have, they are those of that n.
    const [text = ''] = await kept(asked, { kind: 'now' });
    const known: Known = { kind: 'number', n: (JSON.parse(text) as Stamp).known.n };
    const before = await kept(asked, known);
    const anew = await program(register.models)(asked, known);
    const after = await kept(asked, known);
    // Who may see is decided when he asks, and may have been decided anew in between.
    if (before.join() !== after.join()) return;
    expect(before, JSON.stringify([asked, known])).toEqual(anew);
    compared += 1;
  };
  let asking: Promise<void> = Promise.resolve();
  let appended = 0;
  for (const { stream, revision, ...event } of events()) {
    await register.store.append(stream, revision - 1, [event]);
    appended += 1;
    if (appended === 6) await register.caughtUp();
    if (appended % 6 !== 0) continue;
    await asking;
    asking = compare(drawn());
  }
  await asking;
  expect(compared).toBeGreaterThan(EVENTS / 10);
}, 120_000);

test('what is kept answers for every earlier number as what is read anew', async () => {
  const head = await register.caughtUp();
  const kept = program(register.models);
  for (let i = 0; i < 40; i += 1) {
    const asked = drawn();
    for (const n of [head, random.below(head), head - 1, random.below(head), head]) {
      const known: Known = { kind: 'number', n };
      const anew = await program(register.models)(asked, known);
      expect(await kept(asked, known), JSON.stringify([asked, n])).toEqual(anew);
    }
  }
}, 120_000);
