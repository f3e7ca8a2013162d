import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { Timeline } from '../../src/entries/domain/timeline.js';
import type { Numbered, RegisterEvent } from '../../src/entries/domain/event.js';
import { pendingEntries } from '../../src/entries/domain/part-rows.js';
import { presumeAll } from '../../src/entries/domain/presumption.js';
import { JudgeEntry } from '../../src/entries/judge-entry.js';
import { partyParts, type PartyName } from '../../src/parties/domain/party-parts.js';
import type { Succession } from '../../src/parties/domain/succession.js';
import type { Loaders } from '../../src/sources/enter-and-approve.js';
import { loadNationalList } from '../../src/sources/load-national-list.js';
import { loadSources } from '../../src/sources/load-sources.js';
import { loadersOf } from '../../src/sources/loaders.js';
import { readNationalList } from '../../src/sources/national-list.js';
import { readSources } from '../../src/sources/source-files.js';
import { dayOf } from '../support/history.js';
import { openedRegister, type OpenedRegister } from '../support/register.js';

let register: OpenedRegister;
let loaders: Loaders;
const list = readNationalList();
const sources = readSources();
/** Of prefectures the list does not say where their office is. */
const listedInSources = sources.entries.filter(({ opens, acts }) => {
  const { code, kind } = acts[0]?.data ?? {};
  return opens === 'party' && code !== undefined && kind !== 'prefecture';
}).length;
/** Every body, where the office is of those that the sources name, a code that changed, the successions. */
const entries = list.bodies.length + listedInSources + 1 + list.successions.length;

const load = (bus: Pick<OpenedRegister['bus'], 'execute'> = register.bus) =>
  loadNationalList(
    bus as OpenedRegister['bus'],
    { list, sources },
    { loaders, store: register.store, names: register.names },
  );

async function parties(): Promise<ReadonlyMap<string, readonly Numbered[]>> {
  const found = new Map<string, Numbered[]>();
  for await (const { n, at, stream, body } of register.store.readAll(null)) {
    const ref = register.names.refOf(stream);
    if (ref?.kind !== 'party') continue;
    const events = found.get(ref.id) ?? [];
    found.set(ref.id, [...events, { n, at, event: JSON.parse(body) as RegisterEvent }]);
  }
  return found;
}

const asked = new Map<string, ReadonlyMap<string, readonly unknown[]>>();

async function onDay<C>(part: string, day: string): Promise<ReadonlyMap<string, readonly C[]>> {
  const key = `${(await register.store.head())?.n} ${part} ${day}`;
  const found = asked.get(key) ?? (await folded(part, dayOf(day)));
  asked.set(key, found);
  return found as ReadonlyMap<string, readonly C[]>;
}

async function folded(part: string, at: number): Promise<ReadonlyMap<string, readonly unknown[]>> {
  const found = [...(await parties())].map(([id, events]) => {
    const segments = partyParts(events, 'approved', presumeAll).get(part) ?? [];
    const contents = segments.find(({ from, to }) => from <= at && at < to)?.contents ?? [];
    return [id, contents.map(({ content }) => content)] as const;
  });
  return new Map(found);
}

/** Whoever has that name on the day: its id and the code of the day. */
async function named(
  name: string,
  day: string,
): Promise<readonly (readonly [string, PartyName])[]> {
  const names = await onDay<PartyName>('name', day);
  return [...names].flatMap(([id, contents]) =>
    contents.flatMap((it) => (it.name === name ? [[id, it] as const] : [])),
  );
}

async function hamamatsu(name: string, day: string) {
  const city = (await named('浜松市', day))[0]?.[0];
  return (await named(name, day)).find(([, { partOf }]) => partOf === city);
}

beforeAll(async () => {
  register = await openedRegister('national_list');
  loaders = (await loadersOf(register.store, register.names))!;
});
afterAll(() => register.close());

test('a load that is cut off goes on where it was, and enters nothing twice', async () => {
  let left = 700;
  const failing = {
    execute: (command: Parameters<OpenedRegister['bus']['execute']>[0]) => {
      left -= 1;
      // An entry without its approval is left behind too.
      if (left < 0 && command instanceof JudgeEntry) throw new Error('the process is gone');
      return register.bus.execute(command);
    },
  };
  await expect(load(failing as OpenedRegister['bus'])).rejects.toThrow('the process is gone');
  const before = await parties();
  expect(before.size).toBeGreaterThan(300);
  expect([...before.values()].some((events) => pendingEntries(events).length > 0)).toBe(true);

  const { bodies } = await load();
  expect(bodies).toBe(list.bodies.length);
  const after = await parties();
  expect(after.size).toBe(list.bodies.length);
  expect([...after.values()].flatMap((events) => pendingEntries(events))).toEqual([]);
  const acts = [...after.values()].flatMap((events) => new Timeline(events).acts);
  expect(acts).toHaveLength(entries);
});

describe('the national list', () => {
  test('has every prefecture, municipality, special ward and ward, each once', async () => {
    const counts: Record<string, number> = {};
    for (const [only] of (await onDay<PartyName>('name', '2024-01-01')).values()) {
      if (only?.kind !== undefined) counts[only.kind] = (counts[only.kind] ?? 0) + 1;
    }
    expect(counts).toEqual({
      prefecture: 47,
      municipality: 20 + 772 + 743 + 183,
      specialWard: 23,
      ward: 178 - 1,
    });
  });

  test('says of each where it stands, and of a row that nobody verified that too', async () => {
    const [[, sapporo]] = (await named('札幌市', '2024-01-01')) as [readonly [string, PartyName]];
    expect(sapporo).toMatchObject({
      kana: 'さっぽろし',
      code: '011002',
      corporateNumber: '9000020011002',
      prefecture: '北海道',
      latitude: 43.06208877,
      longitude: 141.3543886,
    });
    const [id] = (await hamamatsu('中央区', '2024-01-01'))!;
    const first = (await parties()).get(id)?.[0]?.event;
    expect(first?.source?.place).toBe('lgcode6 221384(unverified)');
    expect(first?.source?.quote).toContain('from general knowledge, unverified');
  });

  test('loaded twice adds nothing', async () => {
    const head = await register.store.head();
    expect(await load()).toEqual({ bodies: list.bodies.length, added: 0, waiting: 0 });
    expect(await register.store.head()).toEqual(head);
  });

  test('and the source documents register no party twice, in whichever order', async () => {
    const before = (await parties()).size;
    await loadSources(register.bus, sources, loaders);
    const codes = [...(await onDay<PartyName>('name', '2024-01-01')).values()]
      .flatMap((contents) => contents.map((it) => it.code))
      .filter((it) => it !== undefined);
    expect(new Set(codes).size).toBe(codes.length);
    const withoutCode = sources.entries.filter(
      (it) => it.opens === 'party' && it.acts[0]?.data['code'] === undefined,
    );
    expect((await parties()).size).toBe(before + withoutCode.length);
    expect(await load()).toMatchObject({ added: 0 });
  });

  test('gives the operator the id that the register was opened with', async () => {
    expect((await named('横浜市', '2024-01-01')).map(([id]) => id)).toEqual([register.operator]);
  });
});

describe('浜松市, reorganised on 2024-01-01', () => {
  const wards = async (day: string) => {
    const names = ['中区', '東区', '西区', '南区', '北区', '浜北区', '天竜区', '中央区', '浜名区'];
    const found: string[] = [];
    for (const name of names) if (await hamamatsu(name, day)) found.push(name);
    return found;
  };

  test('has no new ward the day before', async () => {
    const former = ['中区', '東区', '西区', '南区', '北区', '浜北区', '天竜区'];
    expect(await wards('2023-12-31')).toEqual(former);
  });

  test('has wards from that day that succeed the former ones, which have ceased', async () => {
    expect(await wards('2024-01-01')).toEqual(expect.arrayContaining(['中央区', '浜名区']));
    for (const [former, successors] of [
      ['中区', ['中央区']],
      ['北区', ['中央区', '浜名区']],
      ['浜北区', ['浜名区']],
    ] as const) {
      const [id] = (await hamamatsu(former, '2023-12-31'))!;
      const before = await onDay<Succession>(`succession:${id}`, '2023-12-31');
      expect([...before.values()].flat().map(({ state }) => state)).toEqual(
        successors.map(() => 'notYet'),
      );
      const after = await onDay<Succession>(`succession:${id}`, '2024-01-01');
      for (const name of successors) {
        const [successor] = (await hamamatsu(name, '2024-01-01'))!;
        expect(after.get(successor)).toMatchObject([{ state: 'succeeded', ceased: true }]);
      }
    }
  });

  test('has in 天竜区 one party with two codes', async () => {
    const [id, before] = (await hamamatsu('天竜区', '2023-12-31'))!;
    const [again, after] = (await hamamatsu('天竜区', '2024-01-01'))!;
    expect(again).toBe(id);
    expect([before.code, after.code]).toEqual(['221376', '221406']);
  });
});
