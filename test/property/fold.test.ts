import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import type { Bond } from '../../src/agreements/domain/bond.js';
import { serviceFor, type Service } from '../../src/agreements/domain/service.js';
import { owes, type Topology } from '../../src/agreements/domain/topology.js';
import { presumeAll, presumeNone } from '../../src/entries/domain/presumption.js';
import { isTooMany } from '../../src/time/possibility.js';
import { isoDay, type CivilDate } from '../../src/time/civil-date.js';
import type { StreamBuilder } from '../support/event-builder.js';
import { story } from './story.js';
import { AgreementHistory } from '../support/history.js';
import {
  cities,
  disputedHistories,
  openHistories,
  shortHistories,
  subjects,
  window,
} from './histories.js';
import { Oracle, type Standing } from './oracle.js';

const around = { from: window.from - 1, to: window.to + 2 };
/** What is not known at all may also come after the last of these. */
const days = Array.from({ length: around.to - around.from }, (_, i) => around.from + i);
const runs = Number(process.env['FOLD_RUNS'] ?? 150);

/** What the fold says of a part on a day, each possibility in the oracle's words; null: too many. */
function told<C extends object>(
  history: AgreementHistory,
  part: string,
  day: number,
  tell: (content: C) => string,
): ReadonlySet<string> | null {
  const contents = history.contents<C>(part, isoDay(day as CivilDate));
  if (contents.some((it) => isTooMany(it))) return null;
  return new Set(contents.map(tell));
}

function compare(it: StreamBuilder, presuming: boolean): void {
  const oracle = Oracle.of(it.events, around, presuming, 4000);
  fc.pre(oracle !== undefined);
  const presume = presuming ? presumeAll : presumeNone;
  const history = new AgreementHistory(it.events, { presume });
  for (const day of days) {
    const on = isoDay(day as CivilDate);
    const check = (
      what: string,
      fold: ReadonlySet<string> | null,
      ask: (s: Standing) => string,
    ) => {
      if (fold === null) return;
      const truth = [...oracle.possible(day, ask)].sort();
      expect([...fold].sort(), `${what} on ${on}${story(it)}`).toEqual(truth);
    };
    for (const party of cities) {
      if (!history.parts.has(`bond:${party}`)) continue;
      const bond = told<Bond>(history, `bond:${party}`, day, bondIn);
      check(`bond ${cities.indexOf(party)}`, bond, (s) => s.bond(party));
    }
    for (const provider of cities) {
      for (const field of subjects) {
        const service = told<Service>(
          history,
          'service',
          day,
          (content) => serviceFor(content, provider, field)?.state ?? '',
        );
        check(`service ${cities.indexOf(provider)} ${field}`, service, (s) =>
          s.service(provider, field),
        );
      }
    }
    for (const provider of cities) {
      for (const beneficiary of cities) {
        if (provider === beneficiary) continue;
        const pair = `${cities.indexOf(provider)}→${cities.indexOf(beneficiary)}`;
        const topology = told<Topology>(history, 'topology', day, (content) =>
          owes(content, { provider, beneficiary }),
        );
        check(`owes ${pair}`, topology, (s) => s.owes(provider, beneficiary));
        if (![provider, beneficiary].every((party) => history.parts.has(`bond:${party}`))) continue;
        const used = history.use(provider, beneficiary, '図書館', on);
        if (used.reasons.some((it) => it.code === 'too-many-possibilities')) continue;
        const answers = oracle.possible(day, (s) => s.use(provider, beneficiary, '図書館'));
        const truth = answers.size === 1 ? [...answers][0] : 'undetermined';
        expect(used.answer, `use ${pair} on ${on}${story(it)}`).toEqual(truth);
      }
    }
  }
}

function bondIn({ state, ground }: Bond): string {
  return state === 'ended' ? `ended ${ground}` : state;
}

describe('the fold says exactly what trying everything says', () => {
  test('where days are open', () => {
    fc.assert(
      fc.property(openHistories, (it) => compare(it, true)),
      { numRuns: runs },
    );
  });

  test('where days are open and nothing is presumed', () => {
    fc.assert(
      fc.property(shortHistories, (it) => compare(it, false)),
      { numRuns: runs },
    );
  });

  test('where facts are corrected, retracted and disputed', () => {
    fc.assert(
      fc.property(disputedHistories, (it) => compare(it, true)),
      { numRuns: runs },
    );
  });
});
