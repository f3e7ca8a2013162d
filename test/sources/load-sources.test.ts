import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Numbered, RegisterEvent } from '../../src/entries/domain/event.js';
import { pendingEntries } from '../../src/entries/domain/part-rows.js';
import type { Loaders } from '../../src/sources/enter-and-approve.js';
import { loadSources } from '../../src/sources/load-sources.js';
import { loadersOf } from '../../src/sources/loaders.js';
import { readSources } from '../../src/sources/source-files.js';
import { openedRegister, type OpenedRegister } from '../support/register.js';

let register: OpenedRegister;
let loaders: Loaders;
const sources = readSources();

beforeAll(async () => {
  register = await openedRegister('load_sources');
  loaders = (await loadersOf(register.store, register.names))!;
});
afterAll(() => register.close());

async function everything(): Promise<Numbered[]> {
  const all: Numbered[] = [];
  for await (const { n, at, body } of register.store.readAll(null)) {
    all.push({ n, at, event: JSON.parse(body) as RegisterEvent });
  }
  return all;
}

test('every entry of the source documents is entered by one and approved by another', async () => {
  const loaded = await loadSources(register.bus, sources, loaders);
  expect(loaded).toEqual({ entries: sources.entries.length, added: sources.entries.length });

  const all = await everything();
  const acts = sources.entries.reduce((sum, it) => sum + it.acts.length, 0);
  expect(all).toHaveLength(1 + acts + sources.entries.length);
  expect(all.map((it) => it.n)).toEqual(all.map((_, i) => i));
  for (const stream of new Set(all.map((it) => it.event.stream))) {
    expect(pendingEntries(all.filter((it) => it.event.stream === stream))).toEqual([]);
  }
});

test('loading twice adds nothing', async () => {
  const before = await register.store.head();
  const again = await loadSources(register.bus, sources, loaders);
  expect(again).toEqual({ entries: sources.entries.length, added: 0 });
  expect(await register.store.head()).toEqual(before);
});

test("the operator's party is the one that the register was opened with", async () => {
  const opened = (await everything()).find(({ event }) => event.type === 'PartyRegistered');
  const own = (await everything()).find(({ event }) => event.stream.endsWith(register.operator));
  expect(opened).toBeDefined();
  expect(own?.event).toMatchObject({ type: 'PartyRegistered', data: { name: '横浜市' } });
});
