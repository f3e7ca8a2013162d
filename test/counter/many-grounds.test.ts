import { afterAll, beforeAll, expect, test } from 'vitest';

import type { RegisterEvent } from '../../src/entries/domain/event.js';
import { idOf } from '../support/event-builder.js';
import { ReadSide } from '../projections/support/read-side.js';
import { codes, library, libraryTable, municipalities } from '../projections/support/sources.js';
import { Desk } from './counter-desk.js';

const AGREEMENTS = 7;

let register: ReadSide;
let desk: Desk;
beforeAll(async () => {
  register = await ReadSide.open('many grounds');
  register.start();
  desk = new Desk(register);
  const all = Array.from({ length: AGREEMENTS }, (_, i) => another(i)).flat();
  await register.append(...municipalities(), ...all);
  await register.caughtUp();
});
afterAll(() => register.close());

/** The agreement between 横浜市 and 藤沢市 once more, as another one. */
function another(i: number): readonly RegisterEvent[] {
  const bodies = new Set(Object.keys(codes).map(idOf));
  const text = JSON.stringify(library(libraryTable[0]!).events);
  const uuid = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;
  return JSON.parse(
    text.replaceAll(uuid, (id) => (bodies.has(id) ? id : idOf(`${i} ${id}`))),
  ) as readonly RegisterEvent[];
}

const asked = { lives: '横浜市', on: '2020-01-01' };

test('of many agreements with one partner a list tells those that help most, and how many there are', async () => {
  const row = await desk.row('藤沢市', asked);
  expect(row?.bases).toHaveLength(5);
  expect(row?.basesTotal).toBe(AGREEMENTS);
  expect(row?.word).toBe('使えます');
});

test('whoever asks about that partner is told all of them', async () => {
  const row = await desk.row('藤沢市', { ...asked, partner: '藤沢市' });
  expect(row?.bases).toHaveLength(AGREEMENTS);
  expect(new Set(row?.bases.map((it) => it.agreement?.id)).size).toBe(AGREEMENTS);
});
