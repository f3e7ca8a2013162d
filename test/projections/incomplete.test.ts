import { afterAll, beforeAll, expect, test } from 'vitest';

import { ledgers } from '../../projections/ledgers.js';
import type { Ledger } from '../../projections/ledger.js';
import { idOf } from '../support/event-builder.js';
import { codesOf, Counter } from './support/asking.js';
import { ReadSide } from './support/read-side.js';
import { library, libraryTable, municipalities } from './support/sources.js';

const [fujisawa, kawasaki] = libraryTable.map((it) => library(it));
const parked = kawasaki!.stream;
/** From its second act on the stream of 川崎市's agreement cannot be folded. */
const failing = ledgers.map((ledger): Ledger => ({
  ...ledger,
  rows(events, presume) {
    const stuck = events[0]?.event.stream === parked && events.length > 1;
    if (stuck && ledger.name === 'agreement-graph') throw new Error('the fold fails');
    return ledger.rows(events, presume);
  },
}));

let register: ReadSide;
let ask: Counter;
let before = 0;

beforeAll(async () => {
  register = await ReadSide.open('incomplete', failing);
  register.start();
  ask = new Counter(register);
  before = await register.append(...municipalities(), ...fujisawa!.events);
  await register.append(...kawasaki!.events);
  await register.caughtUp();
});
afterAll(() => register.close());

const no = { on: '2017-02-28' };
const yes = { on: '2017-03-01' };

test('a yes from another stream stands while one waits, and the answer says that it is incomplete', async () => {
  const answer = await ask.mutualUse('横浜市', yes);
  expect(answer.incomplete).toBe(true);
  expect(answer.rows.find((it) => it.partner.id === idOf('藤沢市'))?.answer).toBe('yes');
});

test('a no does not: the stream that waits could say otherwise', async () => {
  const row = await ask.between('横浜市', '藤沢市', no);
  expect(row?.answer).toBe('undetermined');
  expect(codesOf(row!)).toContain('projection/incomplete');
});

test('as known before it waited nothing is incomplete', async () => {
  const answer = await ask.mutualUse('横浜市', { ...no, n: before });
  expect(answer.incomplete).toBeUndefined();
  expect(answer.rows.map((it) => it.answer)).toEqual(['no']);
});
