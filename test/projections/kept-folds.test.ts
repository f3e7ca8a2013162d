import { assert, property } from 'fast-check';
import { expect, test } from 'vitest';

import { ledgers } from '../../projections/ledgers.js';
import type { Numbered, RegisterEvent } from '../../src/entries/domain/event.js';
import { presumeAll, presumeNone } from '../../src/entries/domain/presumption.js';
import { StreamNames } from '../../src/entries/stream-names.js';
import { idOf, StreamBuilder } from '../support/event-builder.js';
import { randomHistory } from './support/random-history.js';

const names = new StreamNames('test');

/** Whatever the fold kept of a stream from before, by this ledger or another, decides nothing. */
test('a stream that grows has the rows of one that is read for the first time', () => {
  let compared = 0;
  assert(
    property(randomHistory('kept'), (history) => {
      compared += sameAsReadAnew(history);
    }),
    { numRuns: 60, seed: 20_261_126 },
  );
  expect(compared).toBeGreaterThan(1_500);
});

test('a corrected day moves what was kept of the day before it', () => {
  const stream = new StreamBuilder('agreement', '訂正された日');
  const said = { acted: '平成29年2月20日', entry: '登録' };
  const registered = stream.act(
    'AgreementRegistered',
    {
      keeper: idOf('横浜市'),
      title: '図書館の相互利用に関する協定',
      kind: 'agreement',
      fields: ['図書館'],
      parties: [{ party: idOf('横浜市') }, { party: idOf('川崎市') }],
    },
    said,
  );
  stream.act('AgreementEnded', { ground: 'byAgreement' }, { ...said, effective: '令和2年3月31日' });
  stream.approve('登録');
  stream.correct(registered, { acted: '平成30年4月3日' }, { entry: '訂正' });
  stream.approve('訂正');
  sameAsReadAnew(stream.events);
});

function sameAsReadAnew(history: readonly RegisterEvent[]): number {
  let compared = 0;
  for (const [stream, events] of byStream(history)) {
    const kind = names.refOf(stream)!.kind;
    const watching = ledgers.filter((it) => it.watches.includes(kind));
    for (let length = 1; length <= events.length; length += 1) {
      const upTo = events.slice(0, length);
      for (const ledger of watching) {
        const presume = (length + watching.indexOf(ledger)) % 5 === 0 ? presumeNone : presumeAll;
        const read = structuredClone(upTo);
        expect(ledger.rows(upTo, presume), `${ledger.name} of ${length}`).toEqual(
          ledger.rows(read, presume),
        );
        compared += 1;
      }
    }
  }
  return compared;
}

function byStream(history: readonly RegisterEvent[]): ReadonlyMap<string, readonly Numbered[]> {
  const streams = new Map<string, Numbered[]>();
  history.forEach((event, n) => {
    const at = new Date(Date.UTC(2020, 3, 1) + n * 1000).toISOString();
    const mine = streams.get(event.stream) ?? [];
    streams.set(event.stream, [...mine, { n, at, event }]);
  });
  return streams;
}
