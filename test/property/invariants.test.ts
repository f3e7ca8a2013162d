import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { agreementParts, agreementRows } from '../../src/agreements/domain/agreement-parts.js';
import type { RegisterEvent } from '../../src/entries/domain/event.js';
import { presumeAll, presumeNone } from '../../src/entries/domain/presumption.js';
import { isTooMany } from '../../src/time/possibility.js';
import { numbered } from '../support/event-builder.js';
import { certainHistories, disputedHistories, openHistories } from './histories.js';
import { story } from './story.js';

const runs = { numRuns: 200 };
const anyHistory = fc.oneof(openHistories, disputedHistories, certainHistories);
const parts = (events: readonly RegisterEvent[]) =>
  new Map(agreementParts(numbered(events), 'approved', presumeAll));

describe('whatever the history', () => {
  test('each part covers every day once, from ever to ever', () => {
    fc.assert(
      fc.property(anyHistory, (it) => {
        for (const [part, segments] of parts(it.events)) {
          expect(segments.at(0)?.from, part).toBe(-Infinity);
          expect(segments.at(-1)?.to, part).toBe(Infinity);
          segments.forEach(({ from, to, contents }, i) => {
            expect(from, part).toBeLessThan(to);
            expect(contents.length, part).toBeGreaterThan(0);
            if (i > 0) expect(segments[i - 1]?.to, part).toBe(from);
          });
        }
      }),
      runs,
    );
  });

  test('the order in which acts on the same days were recorded decides nothing', () => {
    const shuffled = fc.tuple(openHistories, fc.infiniteStream(fc.nat()));
    fc.assert(
      fc.property(shuffled, ([it, keys]) => {
        const key = new Map(it.events.map(({ id }) => [id, Number(keys.next().value)]));
        const acts = it.events.filter(({ type }) => type !== 'EntryApproved');
        const approvals = it.events.filter(({ type }) => type === 'EntryApproved');
        const others = acts.toSorted((a, b) => key.get(a.id)! - key.get(b.id)!);
        expect(parts([...others, ...approvals]), story(it)).toEqual(parts(it.events));
      }),
      runs,
    );
  });

  test('a later event never changes what was known at an earlier number', () => {
    fc.assert(
      fc.property(disputedHistories, fc.nat(), (it, at) => {
        const known = numbered(it.events);
        const n = at % known.length;
        const then = known.slice(0, n + 1);
        const before = agreementRows(then, presumeAll);
        agreementRows(known, presumeAll);
        expect(
          agreementRows(
            known.filter((one) => one.n <= n),
            presumeAll,
          ),
        ).toEqual(before);
      }),
      runs,
    );
  });

  test('strange events are borne: circles, unknown events and parties, orders turned around', () => {
    fc.assert(
      fc.property(fc.oneof(openHistories, disputedHistories), fc.boolean(), (it, reverse) => {
        const first = it.events[0]!;
        it.retract({ ...first, id: 'unknown' });
        it.act('FactRetracted', { events: it.events.map(({ id }) => id) });
        it.correct({ ...first, id: 'unknown' }, { effective: '2020-01-01' });
        it.dispute({ ...first, id: 'unknown' }, { effective: '2020-01-01' });
        it.act('PartyAcceded', { party: 'nobody' });
        const events = reverse ? it.events.toReversed() : it.events;
        for (const presume of [presumeAll, presumeNone]) {
          expect(agreementRows(numbered(events), presume).length).toBeGreaterThan(0);
        }
      }),
      runs,
    );
  });
});

describe('a history that leaves nothing open', () => {
  test('has one content for each part on every day', () => {
    fc.assert(
      fc.property(certainHistories, (it) => {
        for (const [part, segments] of parts(it.events)) {
          for (const { contents } of segments) {
            expect(
              contents.map(({ worlds }) => worlds),
              `${part}${story(it)}`,
            ).toEqual([[{}]]);
            expect(contents.some(({ content }) => isTooMany(content as object))).toBe(false);
          }
        }
      }),
      runs,
    );
  });
});
