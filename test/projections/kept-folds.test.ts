import { assert, property } from 'fast-check';
import { expect, test } from 'vitest';

import { ledgers } from '../../projections/ledgers.js';
import type { Numbered, RegisterEvent } from '../../src/entries/domain/event.js';
import { presumeAll, presumeNone } from '../../src/entries/domain/presumption.js';
import { StreamNames } from '../../src/entries/stream-names.js';
import { randomHistory } from './support/random-history.js';

const names = new StreamNames('test');

/** Whatever the fold kept of a stream from before, by this ledger or another, decides nothing. */
test('a stream that grows has the rows of one that is read for the first time', () => {
  let compared = 0;
  assert(
    property(randomHistory('kept'), (history) => {
      for (const [stream, events] of byStream(history)) {
        const kind = names.refOf(stream)!.kind;
        const watching = ledgers.filter((it) => it.watches.includes(kind));
        for (let length = 1; length <= events.length; length += 1) {
          const upTo = events.slice(0, length);
          for (const ledger of watching) {
            const presume =
              (length + watching.indexOf(ledger)) % 5 === 0 ? presumeNone : presumeAll;
            const read = structuredClone(upTo);
            expect(ledger.rows(upTo, presume), `${ledger.name} of ${length}`).toEqual(
              ledger.rows(read, presume),
            );
            compared += 1;
          }
        }
      }
    }),
    { numRuns: 60, seed: 20_261_126 },
  );
  expect(compared).toBeGreaterThan(2_000);
});

function byStream(history: readonly RegisterEvent[]): ReadonlyMap<string, readonly Numbered[]> {
  const streams = new Map<string, Numbered[]>();
  history.forEach((event, n) => {
    const at = new Date(Date.UTC(2020, 3, 1) + n * 1000).toISOString();
    const mine = streams.get(event.stream) ?? [];
    streams.set(event.stream, [...mine, { n, at, event }]);
  });
  return streams;
}
