import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { agreementGraph } from '../../projections/agreement-graph/agreement-graph.ledger.js';
import { boundAnswer } from '../../projections/bound/bound.paths.js';
import { carriersOf } from '../../projections/bound/carriers.js';
import { search } from '../../projections/bound/searched.js';
import { Incomplete } from '../../projections/incomplete.js';
import type { Ledger } from '../../projections/ledger.js';
import { PartyLinks } from '../../projections/obligations/party-links.js';
import type { SpanRow } from '../../projections/obligations/span.js';
import { parties } from '../../projections/parties/parties.ledger.js';
import { presumeAll } from '../../src/entries/domain/presumption.js';
import { thePublic } from '../../src/identity/principal.js';
import { addDays, type CivilDate } from '../../src/time/civil-date.js';
import { idOf, numbered } from '../support/event-builder.js';
import { dayOf } from '../support/history.js';
import {
  certainGraphs,
  everybody,
  field,
  grid,
  oneStream,
  openGraphs,
  streamsOf,
  type Graph,
} from './obligation-graphs.js';
import { searched, worldsOf } from './obligation-search.js';

const runs = 400;
const whole = new Incomplete(new Map(), [], 0);
/** Days to ask for: before the first, and from each on which something may change. */
const asked = [addDays(dayOf(grid[0]!) as CivilDate, -1), ...grid.map(dayOf)];

interface Told {
  answer(day: number): string;
  readonly paths: readonly string[];
}

/** The register's own answers for every day. */
function told(graph: Graph): (from: string, to: string) => Told {
  const streams = streamsOf(graph);
  const rowsOf = (ledger: Ledger, kind: string) =>
    streams
      .filter((it) => it.kind === kind)
      .flatMap((it) =>
        ledger
          .rows(numbered(it.events), presumeAll)
          .map((row): SpanRow => ({ ...row, stream: it.stream.slice(-36), holds: true })),
      );
  const ofParties = rowsOf(parties, 'party');
  const openEnded = ofParties.filter((it) => it.part === 'openEnded').map((it) => it.stream);
  const links = new PartyLinks(ofParties, openEnded);
  const agreements = rowsOf(agreementGraph, 'agreement');
  return (from, to) => {
    const question = { from: idOf(from), to: idOf(to), field, reader: thePublic };
    const carriers = carriersOf(question, links);
    const read = { links, carriers, agreements, coverages: [] };
    const given = boundAnswer(search(question, read, whole, 0), ofParties, dayOf(grid[3]!));
    return {
      answer: (day) => at(given.periods, day),
      paths: given.paths.map((it) => `${it.kind} ${JSON.stringify(it.periods)}`),
    };
  };
}

function at(
  periods: readonly {
    readonly from: string | null;
    readonly to: string | null;
    readonly answer: string;
  }[],
  day: number,
): string {
  const holding = periods.filter(
    ({ from, to }) => (from === null || dayOf(from) <= day) && (to === null || day < dayOf(to)),
  );
  expect(holding).toHaveLength(1);
  return holding[0]!.answer;
}

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
            expect(mine.answer(day), story(graph, [from, to, i - 1], mine)).toBe(truth);
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
            const answer = mine.answer(day);
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
              expect(mine.answer(day), story(graph, [from, to, i - 1], mine)).toBe(truth);
            });
          }
        }
      }),
      { numRuns: runs },
    );
  });
});
