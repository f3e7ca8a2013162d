import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { addDays, type CivilDate } from '../../src/time/civil-date.js';
import { dayOf } from '../support/history.js';
import {
  certainGraphs,
  everybody,
  grid,
  oneStream,
  openGraphs,
  type Graph,
} from './obligation-graphs.js';
import { searched, worldsOf } from './obligation-search.js';
import { answerOn, told, type Told } from './told.js';

const runs = 400;
/** Days to ask for: before the first, and from each on which something may change. */
const asked = [addDays(dayOf(grid[0]!) as CivilDate, -1), ...grid.map(dayOf)];

const pair = fc.uniqueArray(fc.constantFrom(...everybody), { minLength: 2, maxLength: 2 });
const story = (graph: Graph, pairs: unknown, told_: Told) =>
  `${JSON.stringify(pairs)}\n${JSON.stringify(graph, null, 1)}\n${told_.paths.join('\n')}`;

describe('why one is bound to another', () => {
  test('is what trying every sequence of parties says, where all days are known', () => {
    fc.assert(
      fc.property(certainGraphs, fc.array(pair, { minLength: 1, maxLength: 6 }), (graph, pairs) => {
        const ask = told(graph);
        for (const [from, to] of pairs) {
          const mine = ask(from!, to!);
          asked.forEach((day, i) => {
            const truth = searched(graph, from!, to!, i - 1);
            expect(answerOn(mine.periods, day), story(graph, [from, to, i - 1], mine)).toBe(truth);
          });
        }
      }),
      { numRuns: runs },
    );
  });

  test('never contradicts it, where days are open and facts lie in several streams', () => {
    fc.assert(
      fc.property(openGraphs, fc.array(pair, { minLength: 1, maxLength: 3 }), (graph, pairs) => {
        const worlds = worldsOf(graph, 300);
        fc.pre(worlds !== null && worlds.length > 0);
        const ask = told(graph);
        for (const [from, to] of pairs) {
          const mine = ask(from!, to!);
          asked.forEach((day, i) => {
            const answer = answerOn(mine.periods, day);
            if (answer === 'undetermined') return;
            const truths = new Set(worlds.map((it) => searched(it, from!, to!, i - 1)));
            expect([...truths], story(graph, [from, to, i - 1], mine)).toEqual([answer]);
          });
        }
      }),
      { numRuns: runs },
    );
  });

  test('is exactly what every choice of days says, where all facts lie in one stream', () => {
    fc.assert(
      fc.property(oneStream, (graph) => {
        const worlds = worldsOf(graph, 1500);
        fc.pre(worlds !== null && worlds.length > 0);
        const ask = told(graph);
        const [agreement] = graph.agreements;
        for (const from of agreement!.parties) {
          for (const to of agreement!.parties) {
            if (from === to) continue;
            const mine = ask(from, to);
            asked.forEach((day, i) => {
              const truths = new Set(worlds.map((it) => searched(it, from, to, i - 1)));
              const [only] = truths;
              const truth = truths.size === 1 ? only : 'undetermined';
              expect(answerOn(mine.periods, day), story(graph, [from, to, i - 1], mine)).toBe(
                truth,
              );
            });
          }
        }
      }),
      { numRuns: runs },
    );
  });
});
