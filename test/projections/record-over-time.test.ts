import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';

import type { RegisterEvent } from '../../src/entries/domain/event.js';
import { idOf, StreamBuilder } from '../support/event-builder.js';
import { codesOf, Counter, staffOf } from './support/asking.js';
import { ReadSide } from './support/read-side.js';
import { disclosed, municipalities } from './support/sources.js';

let register: ReadSide;
let ask: Counter;
/** A library agreement of 横浜市 and 鎌倉市 for each test, and the n before its last event. */
let agreement: StreamBuilder;
let written = 0;
let number = 0;

beforeAll(async () => {
  register = await ReadSide.open('record over time');
  register.start();
  ask = new Counter(register);
  await register.append(...municipalities());
});
afterAll(() => register.close());

let registered: RegisterEvent;
let started: RegisterEvent;

beforeEach(() => {
  number += 1;
  written = 0;
  agreement = new StreamBuilder('agreement', `協定 ${number}`);
  registered = agreement.act(
    'AgreementRegistered',
    {
      keeper: idOf('横浜市'),
      title: `協定 ${number}`,
      kind: 'agreement',
      fields: ['図書館', '災害時相互応援'],
      parties: [{ party: idOf('横浜市') }, { party: idOf(partner()) }],
    },
    { acted: '2017-02-20' },
  );
  agreement.act('TopologyStated', { shape: 'mesh', rest: 'notBound' });
  started = agreement.act('ServiceStarted', { field: '図書館' }, { effective: '2017-03-01' });
  disclosed(agreement);
});

/** Every test has a partner of its own, so that no agreement stands beside its own. */
function partner(): string {
  return `相手 ${number}`;
}

/** Appends what the builder has more, and gives the n that the register has then. */
async function recorded(...others: readonly StreamBuilder[]): Promise<number> {
  await register.append(...agreement.events.slice(written));
  written = agreement.events.length;
  for (const it of others) await register.append(...it.events);
  return register.caughtUp();
}

async function row(on: string, n?: number, reader = staffOf('横浜市')) {
  return ask.between('横浜市', partner(), { on, reader, ...(n === undefined ? {} : { n }) });
}

describe('a correction of the signing date', () => {
  test('counts from its approval, and only as known from then on', async () => {
    agreement.correct(registered, { acted: '2017-02-25' }, { entry: '訂正' });
    const before = await recorded();
    agreement.approve('訂正');
    const after = await recorded();
    expect((await row('2017-02-22', before))?.signed).toMatchObject({ edtf: '2017-02-20' });
    expect((await row('2018-01-01', after))?.signed).toMatchObject({
      edtf: '2017-02-25',
      wareki: '平成29年2月25日',
      corrected: [expect.any(String)],
    });
    const bound = (n: number) =>
      ask.bound('横浜市', partner(), { on: '2017-02-22', n, reader: staffOf('横浜市') });
    expect((await bound(before)).answer).toBe('yes');
    expect((await bound(after)).answer).toBe('no');
  });

  test('until its approval the answer that it would change is marked as pending', async () => {
    agreement.correct(registered, { acted: '2017-02-25' }, { entry: '訂正' });
    const n = await recorded();
    expect((await row('2017-02-22', n))?.pending).toEqual([idOf('訂正')]);
    expect((await row('2018-01-01', n))?.answer).toBe('yes');
  });

  test('that is retracted brings the old value back, for later n only', async () => {
    const correction = agreement.correct(registered, { acted: '2017-02-25' });
    const corrected = await recorded();
    agreement.retract(correction);
    const retracted = await recorded();
    expect((await row('2018-01-01', corrected))?.signed).toMatchObject({ edtf: '2017-02-25' });
    expect((await row('2018-01-01', retracted))?.signed).toMatchObject({ edtf: '2017-02-20' });
  });
});

describe('a dispute of the start', () => {
  test('leaves the days between open until it is settled', async () => {
    const dispute = agreement.dispute(started, { effective: '2017-04-01' });
    const disputed = await recorded();
    agreement.settle(dispute);
    const settled = await recorded();
    const open = await row('2017-03-15', disputed);
    expect(open).toMatchObject({ answer: 'undetermined', disputed: true });
    expect(codesOf(open!)).toContain('disputed');
    expect((await row('2017-04-02', disputed))?.answer).toBe('yes');
    expect((await row('2017-03-15', settled))?.answer).toBe('yes');
  });

  test('ends when its target falls', async () => {
    const second = agreement.correct(started, { effective: '2017-05-01' });
    agreement.dispute(second, { effective: '2017-04-01' });
    const disputed = await recorded();
    agreement.retract(second);
    const fallen = await recorded();
    expect((await row('2017-04-15', disputed))?.answer).toBe('undetermined');
    expect((await row('2017-04-15', fallen))?.answer).toBe('yes');
  });
});

test('an amendment changes only the days from its own on', async () => {
  agreement.act(
    'AgreementAmended',
    { summary: '名称の変更', title: '新しい名' },
    { effective: '2020-04-01' },
  );
  await recorded();
  expect((await row('2020-03-31'))?.agreement.title).toBe(`協定 ${number}`);
  expect((await row('2020-04-01'))?.agreement.title).toBe('新しい名');
});

test('a field that an amendment takes away is no longer owed', async () => {
  agreement.act(
    'AgreementAmended',
    { summary: '分野の変更', fields: ['図書館'] },
    { effective: '2020-04-01' },
  );
  await recorded();
  const bound = (on: string) => ask.bound('横浜市', partner(), { on, reader: staffOf('横浜市') });
  expect((await bound('2020-03-31')).answer).toBe('yes');
  expect(await bound('2020-04-01')).toMatchObject({
    answer: 'no',
    reasons: [{ code: 'not-owed' }],
  });
});

test('what leans on a fallen conclusion is undetermined, and says that it fell', async () => {
  const standing = await recorded();
  agreement.retract(registered);
  const fallen = await recorded();
  expect((await row('2018-01-01', standing))?.answer).toBe('yes');
  const open = await row('2018-01-01', fallen, staffOf('横浜市'));
  expect(open?.answer).toBe('undetermined');
  expect(codesOf(open!)).toContain('fallen');
});

describe('another agreement that says it replaces this one', () => {
  const newer = (keeper: string) => {
    const stream = new StreamBuilder('agreement', `新しい協定 ${number}`);
    stream.act(
      'AgreementRegistered',
      {
        keeper: idOf(keeper),
        title: '新しい協定',
        kind: 'agreement',
        fields: ['文化・交流'],
        parties: [{ party: idOf('横浜市') }, { party: idOf(partner()) }],
      },
      { acted: '2020-04-01' },
    );
    stream.act(
      'AgreementSuperseded',
      { supersedes: agreement.stream.slice(-36) },
      { effective: '2020-04-01' },
    );
    return disclosed(stream);
  };

  test('ends it, where the same body keeps both', async () => {
    await recorded(newer('横浜市'));
    expect((await row('2020-03-31'))?.answer).toBe('yes');
    const ended = await row('2020-04-01');
    expect(ended?.answer).toBe('no');
    expect(codesOf(ended!)).toEqual(['superseded']);
  });

  test('that is not disclosed leaves it open to the public, and names nothing', async () => {
    const hidden = newer('鎌倉市');
    hidden.act('DisclosureDecided', { disclosed: false, ground: '非公開' });
    await recorded(hidden);
    const open = await row('2020-04-01', undefined, { kind: 'public', grants: [] });
    expect(open?.answer).toBe('undetermined');
    expect(open?.reasons).toContainEqual({ code: 'undisclosed', events: [] });
    expect(codesOf(open!)).not.toContain('claimed-elsewhere');
    expect(codesOf((await row('2020-04-01', undefined, staffOf('鎌倉市')))!)).toContain(
      'claimed-elsewhere',
    );
  });

  test("is a claim, where another body keeps it: open until the agreement's keeper says so", async () => {
    await recorded(newer('鎌倉市'));
    expect((await row('2020-03-31'))?.answer).toBe('yes');
    const claimed = await row('2020-04-01');
    expect(claimed?.answer).toBe('undetermined');
    expect(codesOf(claimed!)).toContain('claimed-elsewhere');
    agreement.act(
      'AgreementEnded',
      { ground: 'superseded', wording: 'firstDayWithout' },
      { effective: '2020-04-01' },
    );
    await recorded();
    expect((await row('2020-04-01'))?.answer).toBe('no');
  });
});

describe('what is not disclosed', () => {
  test('is not shown to the public, and is to its own bodies', async () => {
    agreement.act('DisclosureDecided', { disclosed: false, ground: '非公開' });
    await recorded();
    expect(await row('2018-01-01', undefined, { kind: 'public', grants: [] })).toBeUndefined();
    expect(await row('2018-01-01', undefined, staffOf('川崎市'))).toBeUndefined();
    expect((await row('2018-01-01', undefined, staffOf(partner())))?.answer).toBe('yes');
  });

  test('makes the public answer open where it would decide, and nothing else of it is told', async () => {
    agreement.act('DisclosureDecided', { disclosed: false, ground: '非公開' });
    await recorded();
    const asking = { on: '2018-01-01' };
    expect(await ask.bound('横浜市', partner(), asking)).toMatchObject({
      answer: 'undetermined',
      reasons: [{ code: 'undisclosed', events: [] }],
      paths: [],
      pending: [],
      missing: [],
    });
  });

  test('is decided when somebody asks, for every n', async () => {
    const n = await recorded();
    const reader = { kind: 'public' as const, grants: [] };
    expect(await row('2018-01-01', n, reader)).toBeDefined();
    agreement.act('DisclosureDecided', { disclosed: false, ground: '非公開' });
    await recorded();
    expect(await row('2018-01-01', n, reader)).toBeUndefined();
  });

  test('a withheld title is seen by the keeping body alone', async () => {
    agreement.act('DisclosureDecided', { disclosed: true, withheld: ['title'], ground: '一部' });
    await recorded();
    const title = async (reader: ReturnType<typeof staffOf>) =>
      (await row('2018-01-01', undefined, reader))?.agreement.title;
    expect(await title({ kind: 'public', grants: [] })).toBeNull();
    expect(await title(staffOf(partner()))).toBeNull();
    expect(await title(staffOf('横浜市'))).toBe(`協定 ${number}`);
  });
});

test('one may lend and the other not: each direction has its own answer', async () => {
  agreement.act('TopologyStated', { shape: 'oneWay', of: idOf('横浜市'), rest: 'notBound' });
  agreement.retract(agreement.events[1]!);
  await recorded();
  expect(await row('2018-01-01')).toMatchObject({
    answer: 'no',
    directions: { partnerUsesOurs: { answer: 'yes' }, weUsePartners: { answer: 'no' } },
  });
});

test('two figures for one thing stand side by side, and none is chosen', async () => {
  agreement.act('FacilitiesCounted', { of: idOf(partner()), count: 4, field: '図書館' });
  agreement.act('FacilitiesCounted', { of: idOf(partner()), count: 5, field: '図書館' });
  await recorded();
  const { facilities } = (await row('2018-01-01'))!;
  expect(facilities.count).toBeNull();
  expect(facilities.claims.map((it) => it.count).sort((a, b) => a - b)).toEqual([4, 5]);
});

test('without presumptions an agreement whose end nobody stated is open', async () => {
  await recorded();
  const asked = { on: '2018-01-01', presume: 'none' as const };
  const open = await ask.between('横浜市', partner(), asked);
  expect(open?.answer).toBe('undetermined');
  expect(codesOf(open!)).toContain('continuation-unsaid');
});
