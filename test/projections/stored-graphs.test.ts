import * as fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';

import type { BoundAnswer } from '../../projections/bound/bound.answer.js';
import { Bound, BoundHandler } from '../../projections/bound/bound.query.js';
import { now } from '../../projections/known.js';
import type { RegisterEvent } from '../../src/entries/domain/event.js';
import { thePublic } from '../../src/identity/principal.js';
import {
  everybody,
  field,
  grid,
  graphs,
  openGraphs,
  streamsOf,
} from '../property/obligation-graphs.js';
import { pathsTold, told } from '../property/told.js';
import { idOf } from '../support/event-builder.js';
import { day, ReadSide } from './support/read-side.js';

const place = fc.nat(grid.length - 1).map((it) => ({ from: it, to: it }));
const sampled = [
  ...fc.sample(openGraphs, { numRuns: 6, seed: 20261126 }),
  ...fc.sample(graphs(place), { numRuns: 6, seed: 20261127 }),
];

let register: ReadSide;

beforeAll(async () => {
  register = await ReadSide.open('stored graphs');
  register.start();
  for (const [run, graph] of sampled.entries()) {
    const events = streamsOf(graph).flatMap((it) => it.events);
    await register.append(
      ...events.map((it) => JSON.parse(ofRun(JSON.stringify(it), run)) as RegisterEvent),
    );
  }
  await register.caughtUp();
}, 120_000);
afterAll(() => register.close());

/** Every graph has parties and streams of its own in the one register. */
function ofRun(text: string, run: number): string {
  return text.replaceAll(/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, (id) =>
    idOf(`${run} ${id}`),
  );
}

test('what is read of a pair is all that answers about it need', async () => {
  const handler = new BoundHandler(register.models);
  let compared = 0;
  for (const [run, graph] of sampled.entries()) {
    const ask = told(graph);
    for (const from of everybody) {
      for (const to of everybody) {
        if (from === to) continue;
        const mine = ask(from, to);
        const asked = {
          from: ofRun(idOf(from), run),
          to: ofRun(idOf(to), run),
          field,
          on: day(grid[3]!),
          known: now,
          reader: thePublic,
        };
        const stored = (await handler.execute(new Bound(asked))).read<BoundAnswer>();
        expect(stored.periods, `${run}: ${from} ${to}`).toEqual(mine.periods);
        expect(pathsTold(stored.paths), `${run}: ${from} ${to}`).toEqual(mine.paths);
        compared += 1;
      }
    }
  }
  expect(compared).toBeGreaterThan(500);
}, 120_000);
