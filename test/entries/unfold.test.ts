import * as fc from 'fast-check';
import { expect, test } from 'vitest';

import type { Effect } from '../../src/entries/domain/effect.js';
import { unfoldAll, type Part } from '../../src/entries/domain/unfold.js';
import { idOf, StreamBuilder } from '../support/event-builder.js';

const stream = new StreamBuilder('agreement', '加入');
stream.act('PartyAcceded', { party: idOf('川崎市') });
const [event] = stream.events;

function effect(key: string, day: number, slots: readonly string[]): Effect {
  const range = { from: day, to: day };
  return { key, kind: 'join', event: event!, range, presumed: [], slots, follows: () => false };
}

const partOf = (...slots: readonly string[]): Part<readonly string[]> => ({
  key: slots.join(' '),
  slots,
  read: (sequence) => sequence.map(({ key }) => key),
});

test('each of many parties looked through the effects on every other', () => {
  const parties = 300;
  let looked = 0;
  const effects = Array.from({ length: parties }, (_, i): Effect => {
    const slots = [`party:${i}`];
    return Object.defineProperty(effect(`e${i}`, i, slots), 'slots', {
      get() {
        looked += 1;
        return slots;
      },
    });
  });
  const parts = effects.map((_, i) => partOf('life', 'term', `party:${i}`));
  const unfolded = unfoldAll([{ when: {}, effects }], parts);
  const last = parts.map(({ key }) => unfolded.get(key)?.at(-1)?.contents[0]?.content);
  expect(last).toEqual(effects.map(({ key }) => [key]));
  expect(looked).toBeLessThan(10 * parties);
});

test('a part reads what touches any of its slots, each once, by the day', () => {
  const slots = ['life', 'term', 'party:a', 'party:b'];
  const someSlots = fc.uniqueArray(fc.constantFrom(...slots), { minLength: 1 });
  fc.assert(
    fc.property(fc.array(someSlots, { maxLength: 12 }), someSlots, (all, own) => {
      const effects = all.map((it, day) => effect(`e${String(day).padStart(2, '0')}`, day, it));
      const part = partOf(...own);
      const found = unfoldAll([{ when: {}, effects: effects.toReversed() }], [part]);
      const touching = effects.filter((it) => it.slots.some((slot) => own.includes(slot)));
      expect(found.get(part.key)?.at(-1)?.contents).toMatchObject([
        { content: touching.map(({ key }) => key) },
      ]);
    }),
  );
});
