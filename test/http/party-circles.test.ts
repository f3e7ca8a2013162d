import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { stored } from '../../src/entries/envelope.js';
import {
  type Entered,
  startTestApplication,
  type TestApplication,
} from '../support/application.js';
import { idOf, StreamBuilder } from '../support/event-builder.js';

let it: TestApplication;
const ids = new Map<string, string>();

beforeAll(async () => {
  it = await startTestApplication('party_circles');
  await it.register({ kind: 'municipality', name: '横浜市' }, it.operator);
  for (const name of ['甲協議会', '乙協議会', '丙協議会']) {
    ids.set(name, await it.register({ kind: 'council', name }));
  }
  for (const name of ['本市', '分立市', '新市', '新々市']) {
    ids.set(name, await it.register({ kind: 'municipality', name }));
  }
});
afterAll(() => it.close());

const id = (name: string) => ids.get(name) ?? name;
const act = (name: string, door: string, body: object) =>
  it.post<Entered & { faults: { field: string; read: string }[] }>(
    `/api/parties/${id(name)}/${door}`,
    body,
  );
const joins = (council: string, member: string) => act(council, 'members', { member: id(member) });
const succeeds = (party: string, ...predecessors: string[]) =>
  act(party, 'successions', {
    manner: 'merger',
    predecessors: predecessors.map(id),
    successors: [id(party)],
  });

describe('a circle of councils', () => {
  test('is refused where it is seen, the chain named, and nothing is stored', async () => {
    expect((await joins('甲協議会', '乙協議会')).status).toBe(201);
    expect((await joins('乙協議会', '丙協議会')).status).toBe(201);
    const head = await it.head();
    const refused = await joins('丙協議会', '甲協議会');
    expect([refused.status, refused.code]).toEqual([409, 'party/membership-circle']);
    const chain = '丙協議会 → 甲協議会 → 乙協議会 → 丙協議会';
    expect(refused.text).toContain(chain);
    expect(refused.body.faults).toMatchObject([{ field: 'member', read: chain }]);
    expect(await it.head()).toBe(head);
  });

  test('of one is a council that joins itself', async () => {
    const refused = await joins('甲協議会', '甲協議会');
    expect([refused.status, refused.code]).toEqual([409, 'party/own-member']);
  });

  test('is refused in a correction too', async () => {
    const { body } = await joins('丙協議会', '横浜市');
    const fields = [{ field: 'member', new: id('甲協議会') }];
    const corrected = await act('丙協議会', 'corrections', { event: body.events[0], fields });
    expect([corrected.status, corrected.code]).toEqual([409, 'party/membership-circle']);
  });

  test('is none where the member has left meanwhile', async () => {
    await act('乙協議会', 'departures', { member: id('丙協議会'), effective: '令和5年3月31日' });
    expect((await joins('丙協議会', '甲協議会')).status).toBe(201);
  });

  test('that two commands made at once is borne: others join its councils all the same', async () => {
    const [one, other] = ['東部会議', '西部会議'].map((name) => new StreamBuilder('party', name));
    one!.act('PartyRegistered', { kind: 'council', name: '東部会議' });
    one!.act('MemberJoined', { member: idOf('西部会議') });
    other!.act('PartyRegistered', { kind: 'council', name: '西部会議' });
    other!.act('MemberJoined', { member: idOf('東部会議') });
    for (const event of [...one!.events, ...other!.events]) {
      await it.surroundings.store.append(event.stream, event.revision - 1, [stored(event)]);
    }
    expect((await joins('甲協議会', idOf('東部会議'))).status).toBe(201);
    expect((await joins(idOf('東部会議'), '横浜市')).status).toBe(201);
  });
});

describe('an older self', () => {
  test('is refused as a predecessor, through others too, and nothing is stored', async () => {
    expect((await succeeds('新市', '本市')).status).toBe(201);
    expect((await succeeds('新々市', '新市')).status).toBe(201);
    const head = await it.head();
    for (const predecessor of ['新市', '新々市']) {
      const refused = await succeeds('本市', '分立市', predecessor);
      expect([refused.status, refused.code]).toEqual([409, 'party/older-self']);
      expect(refused.body.faults.map((fault) => fault.field)).toEqual(['predecessors[1]']);
    }
    expect(await it.head()).toBe(head);
  });

  test('is none that went on after a split: the two may merge again', async () => {
    const split = { manner: 'split', predecessors: [id('横浜市')] };
    const parts = [id('横浜市'), id('分立市')];
    expect((await act('分立市', 'successions', { ...split, successors: parts })).status).toBe(201);
    expect((await succeeds('横浜市', '分立市')).status).toBe(201);
  });
});

test('a new successor is registered in the entry of its succession, which names it `self`', async () => {
  const entered = await it.enter({
    opens: 'party',
    acts: [
      { type: 'PartyRegistered', data: { kind: 'municipality', name: '合併市' } },
      {
        type: 'PartySucceeded',
        effective: '平成17年4月1日',
        data: { manner: 'merger', predecessors: [id('分立市'), '新々市'], successors: ['self'] },
      },
    ],
  });
  await it.approve({ kind: 'party', id: entered.id }, entered);
  const stream = it.surroundings.names.nameOf({ kind: 'party', id: entered.id });
  const bodies: string[] = [];
  for await (const { body } of it.surroundings.store.readStream(stream)) bodies.push(body);
  expect(bodies[1]).toContain(`"successors":["${entered.id}"]`);
  expect(bodies[1]).toContain(`"predecessors":["${id('分立市')}","${id('新々市')}"]`);
});
