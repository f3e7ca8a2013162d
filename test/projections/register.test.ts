import { createHash } from 'node:crypto';

import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { now } from '../../projections/known.js';
import type { Reader } from '../../projections/reader.js';
import type { AgreementDetailAnswer } from '../../projections/register/agreement-detail.answer.js';
import {
  AgreementDetail,
  AgreementDetailHandler,
} from '../../projections/register/agreement-detail.query.js';
import type { AgreementsAnswer } from '../../projections/register/agreement-listed.js';
import { Agreements, AgreementsHandler } from '../../projections/register/agreements.query.js';
import { EntryDetail, EntryDetailHandler } from '../../projections/register/entry-detail.query.js';
import { stored } from '../../src/entries/envelope.js';
import { thePublic } from '../../src/identity/principal.js';
import { idOf, StreamBuilder } from '../support/event-builder.js';
import { staffOf } from './support/asking.js';
import { day, ReadSide } from './support/read-side.js';
import { disaster, library, libraryTable, municipalities } from './support/sources.js';

let register: ReadSide;
const yokosuka = library(libraryTable[4]!);
/** Entered and waiting; kept by 横浜市, with names that people write in several ways. */
const waiting = new StreamBuilder('agreement', '待っている協定');
const takahashi = new StreamBuilder('agreement', '髙橋');

beforeAll(async () => {
  register = await ReadSide.open('register');
  register.start();
  await register.append(...municipalities(), ...disaster().events);
  for (const it of libraryTable) await register.append(...library(it).events);
  waiting.act(
    'AgreementRegistered',
    {
      keeper: idOf('横浜市'),
      title: '待っている協定',
      kind: 'memorandum',
      fields: ['保育'],
      parties: [{ party: idOf('横浜市') }, { party: idOf('町田市') }],
    },
    { acted: '平成32年3月31日', entry: '待つ登録票' },
  );
  takahashi.act('AgreementRegistered', {
    keeper: idOf('横浜市'),
    title: '髙島屋ヶ丘Ａ−Ｂ連携',
    kind: 'covenant',
    fields: ['観光'],
    number: '市政第12号',
    parties: [{ party: idOf('横浜市') }],
    unnamed: ['近隣市'],
  });
  takahashi.act('DisclosureDecided', { disclosed: true, ground: '例' });
  await register.append(...waiting.events, ...takahashi.events);
  await register.caughtUp();
});
afterAll(() => register.close());

const on = day('2020-04-01');
type ListAsked = Partial<Agreements['asked']>;

async function list(asked: ListAsked = {}): Promise<AgreementsAnswer> {
  const query = new Agreements({ on, known: now, reader: thePublic, ...asked });
  const answer = await new AgreementsHandler(register.models).execute(query);
  return answer.read<AgreementsAnswer>();
}

const titles = async (asked: ListAsked) => (await list(asked)).agreements.map((it) => it.title);

describe('the list', () => {
  test('is in the order of registration, page by page', async () => {
    const whole = await list();
    expect(whole.agreements).toHaveLength(7);
    expect(whole.next).toBeUndefined();
    const first = await list({ limit: 3 });
    const second = await list({ limit: 3, after: first.next! });
    const third = await list({ limit: 3, after: second.next! });
    expect([first, second, third].flatMap((it) => it.agreements)).toEqual(whole.agreements);
    expect(third.next).toBeUndefined();
  });

  test('narrows to a party in whatever role, and to a field', async () => {
    expect(await titles({ party: idOf('横須賀市'), field: '図書館' })).toEqual([
      '図書館の相互利用に関する協定',
    ]);
    expect((await list({ party: idOf('藤沢市') })).agreements).toHaveLength(2);
  });

  test('names its parties as of the day', async () => {
    const [only] = (await list({ search: '髙島屋' })).agreements;
    expect(only).toMatchObject({
      number: '市政第12号',
      kind: 'covenant',
      parties: [{ id: idOf('横浜市'), name: '横浜市' }],
      disclosed: true,
    });
  });

  test.each(['高島屋', '髙島', '丘a-b', 'ケ丘', '市政第12号', '連携協約', '観光', '近隣市', '屋'])(
    'is searched by %s, however it is written',
    async (search) => {
      expect(await titles({ search })).toEqual(['髙島屋ヶ丘Ａ−Ｂ連携']);
    },
  );

  test('is searched by the name of a party, and by several words at once', async () => {
    expect(await titles({ search: '横須賀' })).toHaveLength(2);
    expect(await titles({ search: '相互利用 図書館' })).toHaveLength(5);
    expect(await titles({ search: '存在しない' })).toEqual([]);
  });

  test('shows what is not disclosed to its own bodies alone', async () => {
    const waitingFor = async (reader: Reader) =>
      (await list({ reader, field: '保育' })).agreements.map((it) => it.pending);
    expect(await waitingFor(thePublic)).toEqual([]);
    expect(await waitingFor(staffOf('川崎市'))).toEqual([]);
    expect(await waitingFor(staffOf('横浜市'))).toEqual([[idOf('待つ登録票')]]);
  });
});

async function detail(stream: StreamBuilder, reader: Reader, n?: number) {
  const query = new AgreementDetail({
    id: stream.stream.slice(-36),
    on,
    known: n === undefined ? now : { kind: 'number', n },
    reader,
  });
  const text = await new AgreementDetailHandler(register.models).execute(query);
  return text.read<AgreementDetailAnswer>();
}

describe('the detail', () => {
  test('has the parts of the day and its events in their order, with number and time', async () => {
    const answer = await detail(yokosuka, thePublic);
    expect(answer).toMatchObject({
      agreement: { title: '図書館の相互利用に関する協定', kind: 'agreement', disclosed: true },
      keeper: { name: '横浜市' },
      revision: yokosuka.events.length - 1,
      signed: { edtf: '2017-03-27' },
    });
    expect(answer.events.map((it) => it.type)).toEqual(yokosuka.events.map((it) => it.type));
    expect(answer.events.every((it) => Number.isInteger(it.n) && it.at !== '')).toBe(true);
    expect(answer.parts.map((it) => it.part)).toContain(`bond:${idOf('横須賀市')}`);
    expect(answer.parties.map((it) => it.name)).toEqual(['横浜市', '横須賀市']);
  });

  test('flags a year between signing and start, and repairs nothing', async () => {
    const { warnings } = await detail(yokosuka, thePublic);
    expect(warnings.map((it) => it.code)).toEqual(['service-long-after-signing']);
    const others = await detail(library(libraryTable[0]!), thePublic);
    expect(others.warnings).toEqual([]);
  });

  test('does not tell the public which account acted', async () => {
    const [first] = (await detail(yokosuka, thePublic)).events;
    expect(first?.actor).toEqual({ role: 'registrar', body: idOf('横浜市') });
    const [seen] = (await detail(yokosuka, staffOf('横浜市'))).events;
    expect(seen?.actor.account).toBe(idOf('横浜市の登録者'));
  });

  test('as known earlier has the events of then', async () => {
    const { events } = await detail(yokosuka, thePublic);
    const then = await detail(yokosuka, thePublic, events[1]!.n);
    expect(then.events).toHaveLength(2);
    expect(then.revision).toBe(1);
  });

  test('of an undisclosed agreement is unknown to the public, like one that is not there', async () => {
    const missing = new StreamBuilder('agreement', 'どこにもない協定');
    for (const it of [waiting, missing]) {
      await expect(detail(it, thePublic)).rejects.toMatchObject({ code: 'agreement/unknown' });
    }
    const seen = await detail(waiting, staffOf('横浜市'));
    expect(seen.pending).toEqual([idOf('待つ登録票')]);
  });

  test('of one that was registered later is unknown at an earlier n', async () => {
    await expect(detail(takahashi, thePublic, 3)).rejects.toMatchObject({
      code: 'agreement/unknown',
    });
  });
});

describe('an entry', () => {
  const entryOf = (entry: string, reader: Reader) =>
    new EntryDetailHandler(register.models).execute(new EntryDetail({ entry, reader }));

  test('tells an approver what he approves, and the digest that he names', async () => {
    const answer = await entryOf(idOf('待つ登録票'), staffOf('横浜市'));
    const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
    expect(answer).toMatchObject({
      kind: 'agreement',
      id: waiting.stream.slice(-36),
      status: 'pending',
      digest: sha256(waiting.events.map((it) => sha256(stored(it).body)).join('')),
      events: [{ type: 'AgreementRegistered' }],
      judged: [],
    });
  });

  test('is unknown to those who may not see its agreement', async () => {
    for (const reader of [thePublic, staffOf('川崎市')]) {
      await expect(entryOf(idOf('待つ登録票'), reader)).rejects.toMatchObject({
        code: 'entry/unknown',
      });
    }
    await expect(entryOf('でたらめ', staffOf('横浜市'))).rejects.toMatchObject({
      code: 'entry/unknown',
    });
  });

  test('once approved says by which event', async () => {
    waiting.approve('待つ登録票');
    await register.append(waiting.events.at(-1)!);
    await register.caughtUp();
    const answer = await entryOf(idOf('待つ登録票'), staffOf('横浜市'));
    expect(answer).toMatchObject({ status: 'approved', judged: [{ type: 'EntryApproved' }] });
  });
});
