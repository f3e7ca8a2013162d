import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { now } from '../../projections/known.js';
import { FindParty, FindPartyHandler } from '../../projections/parties/find-party.query.js';
import { Parties, PartiesHandler } from '../../projections/parties/parties.query.js';
import type { FindPartyAnswer, PartiesAnswer } from '../../projections/parties/party.answer.js';
import { idOf, StreamBuilder } from '../support/event-builder.js';
import { day, ReadSide } from './support/read-side.js';
import { municipalities } from './support/sources.js';

let register: ReadSide;

beforeAll(async () => {
  register = await ReadSide.open('parties');
  register.start();
  await register.append(...municipalities());
  const saitama = new StreamBuilder('party', 'さいたま');
  saitama.act('PartyRegistered', { kind: 'municipality', name: '浦和市', kana: 'うらわし' });
  saitama.act(
    'PartyRenamed',
    { name: 'さいたま市', kana: 'さいたまし' },
    { effective: '2001-05-01' },
  );
  const [fuchu, other] = ['東京', '広島'].map((it) => {
    const city = new StreamBuilder('party', `府中市 ${it}`);
    city.act('PartyRegistered', { kind: 'municipality', name: '府中市', prefecture: it });
    return city;
  });
  await register.append(...saitama.events, ...fuchu!.events, ...other!.events);
  await register.caughtUp();
});
afterAll(() => register.close());

async function find(text: string, on = '2020-04-01') {
  const query = new FindParty({ text, on: day(on), known: now });
  const answer = await new FindPartyHandler(register.models).execute(query);
  return answer.read<FindPartyAnswer>().parties.map((it) => [it.id, it.name, it.by]);
}

describe('a party is found', () => {
  test.each([
    [idOf('横浜市'), 'id'],
    ['141003', 'code'],
    ['１４１００３', 'code'],
    ['横浜市', 'name'],
    [' 横浜 市', 'name'],
  ])('by %s', async (text, by) => {
    expect(await find(text)).toEqual([[idOf('横浜市'), '横浜市', by]]);
  });

  test('by its reading, in either kana', async () => {
    const found = [[idOf('さいたま'), 'さいたま市', 'kana']];
    expect(await find('サイタマシ')).toEqual(found);
  });

  test('by a name of another day, and shown by the name of this one', async () => {
    expect(await find('浦和市', '2001-04-30')).toEqual([[idOf('さいたま'), '浦和市', 'name']]);
    expect(await find('浦和市', '2001-05-01')).toEqual([
      [idOf('さいたま'), 'さいたま市', 'nameOfAnotherDay'],
    ]);
  });

  test('several times where the name is ambiguous, and not at all where nobody has it', async () => {
    expect((await find('府中市')).map(([, name]) => name)).toEqual(['府中市', '府中市']);
    expect(await find('横浜')).toEqual([]);
    expect(await find('')).toEqual([]);
  });
});

test('the list is searched by a part of a name, and comes page by page', async () => {
  const asked = { on: day('2020-04-01'), known: now };
  const page = async (more: object) => {
    const text = await new PartiesHandler(register.models).execute(
      new Parties({ ...asked, ...more }),
    );
    return text.read<PartiesAnswer>();
  };
  const found = (await page({ text: '横' })).parties.map((it) => it.name);
  expect(new Set(found)).toEqual(new Set(['横浜市', '横須賀市']));
  expect(found).toHaveLength(2);
  const first = await page({ limit: 7 });
  const rest = await page({ limit: 7, after: first.next });
  expect(first.parties.length + rest.parties.length).toBe(11);
  expect(rest.next).toBeUndefined();
});
