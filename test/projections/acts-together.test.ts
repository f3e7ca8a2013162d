import { expect, test } from 'vitest';

import { actRows, actsTogether } from '../../projections/act-rows.js';
import { apart } from '../../projections/merged-parts.js';
import type { Numbered } from '../../src/entries/domain/event.js';
import { idOf, numbered, StreamBuilder } from '../support/event-builder.js';

/** An agreement that so many bodies join, one after another. */
function joinedBy(count: number): readonly Numbered[] {
  const stream = new StreamBuilder('agreement', '広域避難協定');
  stream.act('AgreementRegistered', {
    keeper: idOf('横浜市'),
    title: '広域避難協定',
    kind: 'agreement',
    fields: ['防災'],
    parties: [{ party: idOf('横浜市') }],
  });
  for (let i = 1; i < count; i += 1) stream.act('PartyAcceded', { party: idOf(`例${i}市`) });
  return numbered(stream.events);
}

const whole = { stream: 's', holds: true } as const;

test('however long an agreement grows, one more act writes the last sixteen events again', () => {
  const events = joinedBy(100);
  const rows = actsTogether(events);
  expect(rows.map((it) => it.part)).toEqual([0, 1, 2, 3, 4, 5, 6].map((it) => `acts:${it}`));
  const before = actsTogether(events.slice(0, -1));
  expect(rows.slice(0, -1)).toEqual(before.slice(0, -1));
  expect(rows.at(-1)).not.toEqual(before.at(-1));
});

test('taken apart, the groups are every act by itself', () => {
  const events = joinedBy(40);
  const parts = actsTogether(events).flatMap((it) => apart({ ...it, ...whole }));
  expect(parts.map(({ part, contents }) => ({ part, contents }))).toEqual(
    actRows(events).map(({ part, contents }) => ({ part, contents })),
  );
});
