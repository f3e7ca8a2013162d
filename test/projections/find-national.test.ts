import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { now } from '../../projections/known.js';
import { FindParty, FindPartyHandler } from '../../projections/parties/find-party.query.js';
import { Parties, PartiesHandler } from '../../projections/parties/parties.query.js';
import type { FindPartyAnswer, PartiesAnswer } from '../../projections/parties/party.answer.js';
import { readNationalList } from '../../src/sources/national-list.js';
import { idOf, StreamBuilder } from '../support/event-builder.js';
import { day, ReadSide } from './support/read-side.js';

let register: ReadSide;
const { bodies, successions } = readNationalList();
const streams = new Map(bodies.map(({ code }) => [code, new StreamBuilder('party', code)]));

beforeAll(async () => {
  register = await ReadSide.open('find_national');
  for (const body of bodies) {
    const { laterCodes, source: _, from, partOf, ...data } = body;
    const stream = streams.get(body.code)!;
    const said = from === undefined ? {} : { effective: from };
    const whole = partOf === undefined ? {} : { partOf: idOf(partOf) };
    stream.act('PartyRegistered', { ...data, ...whole }, said);
    for (const later of laterCodes) {
      stream.act('CodeAssigned', { code: later.code }, { effective: later.from });
    }
  }
  for (const { successor, effective, manner, predecessors, successors } of successions) {
    const ceased = predecessors.map(idOf);
    streams
      .get(successor)
      ?.act(
        'PartySucceeded',
        { manner, predecessors: ceased, successors: successors.map(idOf), ceased },
        { effective },
      );
  }
  await Promise.all([...streams.values()].map(({ events }) => register.append(...events)));
  register.start();
  await register.caughtUp();
}, 60_000);
afterAll(() => register.close());

async function find(text: string, on = '2024-06-01') {
  const query = new FindParty({ text, on: day(on), known: now });
  const answer = await new FindPartyHandler(register.models).execute(query);
  return answer.read<FindPartyAnswer>().parties;
}
const found = async (text: string, on?: string) =>
  (await find(text, on)).map((it) => [it.whole?.name ?? it.prefecture, it.name, it.code, it.by]);

describe('a ward', () => {
  test('of a name that many cities have is asked back, each told with its city', async () => {
    const cities = (await find('中央区')).map((it) => it.whole?.name ?? it.prefecture);
    const eleven =
      'さいたま市 千葉市 新潟市 相模原市 神戸市 福岡市 熊本市 札幌市 大阪市 浜松市 東京都';
    expect(new Set(cities)).toEqual(new Set(eleven.split(' ')));
    expect(cities).toHaveLength(11);
  });

  test.each([
    ['浜松市中央区', 'name'],
    ['静岡県浜松市中央区', 'name'],
    ['浜松市 中央区', 'name'],
    ['はままつし ちゅうおうく', 'kana'],
    ['ハママツシチュウオウク', 'kana'],
    ['221384', 'code'],
  ])('is found alone by %s', async (text, by) => {
    expect(await found(text)).toEqual([['浜松市', '中央区', '221384', by]]);
  });

  test('is found by its reading alone, where only one has it', async () => {
    expect(await found('てんりゅうく')).toEqual([['浜松市', '天竜区', '221406', 'kana']]);
  });

  test('is not found behind another city, nor by the city’s name half', async () => {
    expect(await found('静岡市中央区')).toEqual([]);
    expect(await found('松市中央区')).toEqual([]);
  });
});

describe('a code', () => {
  test('is that of the day; on another day it is found as such, never as nothing', async () => {
    expect(await found('221376', '2023-12-31')).toEqual([['浜松市', '天竜区', '221376', 'code']]);
    expect(await found('221376', '2024-01-01')).toEqual([
      ['浜松市', '天竜区', '221406', 'codeOfAnotherDay'],
    ]);
    expect(await found('221406', '2023-12-31')).toEqual([
      ['浜松市', '天竜区', '221376', 'codeOfAnotherDay'],
    ]);
  });

  test('and a name of who has not begun yet, too', async () => {
    expect(await found('221384', '2023-12-31')).toEqual([
      ['浜松市', '中央区', '221384', 'codeOfAnotherDay'],
    ]);
    expect(await found('浜名区', '2023-12-31')).toEqual([
      ['浜松市', '浜名区', '221392', 'nameOfAnotherDay'],
    ]);
  });

  test('or a 法人番号 finds a municipality or a prefecture', async () => {
    expect(await found('3000020141003')).toEqual([
      ['神奈川県', '横浜市', '141003', 'corporateNumber'],
    ]);
    expect(await found('7000020010006')).toEqual([
      ['北海道', '北海道', '010006', 'corporateNumber'],
    ]);
  });
});

describe('a ward that has ceased', () => {
  test('is found by the name that it had, with those that took its place', async () => {
    const [kita, ...others] = await find('浜松市北区');
    expect(others).toEqual([]);
    expect(kita).toMatchObject({ by: 'nameOfAnotherDay', ceased: true });
    expect(kita?.successors?.map(({ name }) => name).toSorted()).toEqual(['中央区', '浜名区']);
    expect((await find('浜松市北区', '2023-12-31'))[0]).not.toHaveProperty('ceased');
  });

  test('no longer makes its name ambiguous', async () => {
    const cities = async (on: string) => (await find('浜北区', on)).map(({ by }) => by);
    expect(await cities('2023-12-31')).toEqual(['name']);
    expect((await find('北区', '2023-12-31')).map((it) => it.whole?.name)).toContain('浜松市');
    expect((await find('北区')).map((it) => it.whole?.name)).not.toContain('浜松市');
  });
});

describe('a municipality', () => {
  test('and a prefecture are told apart by their whole names', async () => {
    expect(await found('京都府')).toEqual([['京都府', '京都府', '260002', 'name']]);
    expect(await found('京都市')).toEqual([['京都府', '京都市', '261009', 'name']]);
    expect(await found('京都')).toEqual([]);
  });

  test('of a name that two prefectures have is asked back, and found behind its prefecture', async () => {
    const prefectures = (await found('府中市')).map(([prefecture]) => prefecture);
    expect(new Set(prefectures)).toEqual(new Set(['広島県', '東京都']));
    expect(await found('広島県府中市')).toEqual([['広島県', '府中市', '342084', 'name']]);
  });
});

test('the list comes page by page to its end, each body of the day once, wards with their city', async () => {
  const names: string[] = [];
  let after: string | undefined;
  do {
    const asked = { on: day('2023-12-31'), known: now, limit: 200, ...(after ? { after } : {}) };
    const text = await new PartiesHandler(register.models).execute(new Parties(asked));
    const { parties, next } = text.read<PartiesAnswer>();
    names.push(...parties.map((it) => `${it.whole?.name ?? it.prefecture}${it.name}`));
    after = next;
  } while (after !== undefined);
  expect(names).toHaveLength(bodies.length - 2);
  expect(new Set(names).size).toBe(bodies.length - 2);
  expect(names).toContain('浜松市中区');
  expect(names).not.toContain('浜松市浜名区');
});

test('a name is looked for by the index of its characters, however the statement is planned', async () => {
  const logged: string[] = [];
  const pool = {
    query: async (asked: { readonly text: string; readonly values: readonly unknown[] }) => {
      if (asked.text.includes('grams @>')) {
        const values = [...asked.values];
        const { rows } = await register.pool.query<{ 'QUERY PLAN': string }>(
          `explain ${asked.text}`,
          values,
        );
        logged.push(rows.map((row) => row['QUERY PLAN']).join('\n'));
      }
      return register.pool.query(asked.text, [...asked.values]);
    },
  };
  const models = Object.assign(Object.create(register.models) as typeof register.models, { pool });
  const asked = { on: day('2024-02-29'), known: now };
  await new FindPartyHandler(models).execute(new FindParty({ ...asked, text: '浜松市中央区' }));
  await new PartiesHandler(models).execute(new Parties({ ...asked, text: '浜松' }));
  expect(logged.length).toBeGreaterThan(2);
  for (const plan of logged) expect(plan).toContain('part_row_grams');
});
