import { parse as parseGexf } from 'graphology-gexf';
import { parse as parseGraphml } from 'graphology-graphml';
import { UndirectedGraph } from 'graphology';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import {
  AgreementGraph,
  AgreementGraphHandler,
  type GraphAnswer,
} from '../../projections/agreement-graph/graph.query.js';
import type { GrowthAnswer } from '../../projections/agreement-graph/growth.answer.js';
import { Growth, GrowthHandler } from '../../projections/agreement-graph/growth.query.js';
import type { NeighbourhoodAnswer } from '../../projections/agreement-graph/neighbourhood.answer.js';
import {
  Neighbourhood,
  NeighbourhoodHandler,
} from '../../projections/agreement-graph/neighbourhood.query.js';
import { timedRead } from '../../projections/agreement-graph/timed-read.js';
import { now, type Known } from '../../projections/known.js';
import type { Reader } from '../../projections/reader.js';
import { gexf } from '../../src/http/queries/gexf.js';
import { graphCsv } from '../../src/http/queries/graph.csv.js';
import { graphml } from '../../src/http/queries/graphml.js';
import { thePublic } from '../../src/identity/principal.js';
import { idOf, StreamBuilder } from '../support/event-builder.js';
import { staffOf } from './support/asking.js';
import { day, ReadSide } from './support/read-side.js';
import {
  disaster,
  disclosed,
  library,
  libraryTable,
  municipalities,
  party,
  umbrella,
} from './support/sources.js';

let register: ReadSide;
let before = 0;

/** Strange on purpose: what XML must escape, and what it cannot hold at all. */
const STRANGE = '相互応援 <甲> & "乙"\u0001\u{fffe}]]>';

function paper(name: string, title: string, kind: 'agreement' | 'practice', ...parties: string[]) {
  const stream = new StreamBuilder('agreement', name);
  return (acted?: string) => {
    stream.act(
      'AgreementRegistered',
      {
        keeper: idOf('横浜市'),
        title,
        kind,
        fields: ['観光'],
        parties: parties.map((it) => ({ party: idOf(it) })),
      },
      acted === undefined ? {} : { acted },
    );
    return stream;
  };
}

beforeAll(async () => {
  register = await ReadSide.open('agreement_graph');
  register.start();
  await register.append(
    ...municipalities(),
    ...party('鶴見区', 'ward', '横浜市').events,
    ...party('川崎区', 'ward', '川崎市').events,
  );
  await register.append(...libraryTable.flatMap((it) => library(it).events));
  await register.append(...disaster().events, ...umbrella().flatMap((it) => it.events));
  before = await register.caughtUp();

  const wards = paper('区の協定', STRANGE, 'agreement', '鶴見区', '川崎区')('2015-11-05');
  const ended = paper(
    '終わった協定',
    '終わった協定',
    'agreement',
    '横浜市',
    '町田市',
  )('2011-05-01');
  ended.act(
    'AgreementEnded',
    { ground: 'byAgreement', wording: 'lastDay' },
    { effective: '2014-03-31' },
  );
  const later = paper(
    'まだの協定',
    'まだ効力のない協定',
    'agreement',
    '横浜市',
    '逗子市',
  )('2016-02-01');
  later.act('AgreementTookEffect', {}, { effective: '2018-04-01' });
  const undated = paper('日のない協定', '日のない協定', 'agreement', '横浜市', '大和市')();
  const practice = paper('運用', '協定書のない運用', 'practice', '横浜市', '鎌倉市')('2012-01-01');
  const helpers = new StreamBuilder('agreement', '協力');
  helpers.act(
    'AgreementRegistered',
    {
      keeper: idOf('横浜市'),
      title: '共催',
      kind: 'agreement',
      fields: ['観光'],
      parties: [{ party: idOf('横浜市') }, { party: idOf('藤沢市'), role: 'cooperation' }],
      unnamed: ['近隣市'],
    },
    { acted: '2013-01-01' },
  );
  const replaced = paper('古い協定', '古い協定', 'agreement', '横浜市', '川崎市')('2010-01-01');
  const newer = paper('新しい協定', '新しい協定', 'agreement', '横浜市', '川崎市')('2015-01-01');
  newer.act('AgreementSuperseded', { supersedes: idOf('古い協定') }, { effective: '2015-01-01' });
  const hidden = paper(
    '公開しない協定',
    '公開しない協定',
    'agreement',
    '横浜市',
    '町田市',
  )('2012-01-01');
  for (const it of [wards, ended, later, undated, practice, helpers, replaced, newer])
    disclosed(it);
  for (const it of [wards, ended, later, undated, practice, helpers, replaced, newer, hidden]) {
    await register.append(...it.events);
  }
  await register.caughtUp();
});
afterAll(() => register.close());

async function near(
  of: string,
  on: string,
  field?: string,
  reader: Reader = thePublic,
  n?: number,
) {
  const known: Known = n === undefined ? now : { kind: 'number', n };
  const whose = { of: idOf(of), ...(field === undefined ? {} : { field }) };
  const query = new Neighbourhood({ ...whose, on: day(on), known, reader });
  const text = await new NeighbourhoodHandler(register.models).execute(query);
  return text.read<NeighbourhoodAnswer>();
}

async function growth(
  from: number,
  to: number,
  asked: { of?: string; field?: string; reader?: Reader } = {},
) {
  const whose = asked.of === undefined ? {} : { of: idOf(asked.of) };
  const field = asked.field === undefined ? {} : { field: asked.field };
  const query = new Growth({
    ...whose,
    ...field,
    from,
    to,
    on: day('2018-01-01'),
    known: now,
    reader: asked.reader ?? thePublic,
  });
  return (await new GrowthHandler(register.models).execute(query)).read<GrowthAnswer>();
}

async function graph(on: string, field?: string): Promise<GraphAnswer> {
  const about = field === undefined ? {} : { field };
  const query = new AgreementGraph({ ...about, on: day(on), known: now, reader: thePublic });
  return (await new AgreementGraphHandler(register.models).execute(query)).read<GraphAnswer>();
}

const states = ({ agreements }: NeighbourhoodAnswer) =>
  Object.fromEntries(agreements.map((it) => [it.agreement.title, it.state]));

describe('the neighbourhood of 横浜市', () => {
  test('says of every agreement how it is on the day', async () => {
    const answer = await near('横浜市', '2017-06-01', '観光');
    expect(states(answer)).toEqual({
      [STRANGE]: 'inForce',
      終わった協定: 'ended',
      まだ効力のない協定: 'signedNotInEffect',
      日のない協定: 'undetermined',
      協定書のない運用: 'undetermined',
      共催: 'inForce',
      古い協定: 'ended',
      新しい協定: 'inForce',
    });
    expect(answer.degree).toEqual({
      agreements: { certain: 3, possible: 5 },
      partners: { certain: 2, possible: 4 },
    });
  });

  test('tells before what was signed, and what is not in effect yet', async () => {
    expect(states(await near('逗子市', '2016-01-31', '観光'))).toEqual({
      まだ効力のない協定: 'notSigned',
    });
    expect(states(await near('逗子市', '2018-04-01', '観光'))).toEqual({
      まだ効力のない協定: 'inForce',
    });
    expect(states(await near('町田市', '2014-03-31', '観光'))).toEqual({ 終わった協定: 'inForce' });
  });

  test("holds a ward's agreement as the ward's, under its city", async () => {
    const { agreements } = await near('川崎市', '2017-06-01', '観光');
    const ward = agreements.find((it) => it.agreement.title === STRANGE);
    expect(ward).toMatchObject({
      answer: 'yes',
      bilateral: true,
      as: [
        {
          carrier: { name: '川崎区' },
          through: [{ kind: 'ward', to: { name: '川崎区' } }],
          answer: 'yes',
        },
      ],
      others: [{ name: '鶴見区', role: 'party', state: 'bound' }],
    });
  });

  test('reaches agreements through a council, and says through which', async () => {
    const { agreements } = await near('川崎市', '2020-10-01', '災害時相互応援');
    expect(agreements).toMatchObject([
      {
        answer: 'yes',
        as: [{ carrier: { name: '九都県市' }, through: [{ kind: 'member' }] }],
        bilateral: null,
      },
    ]);
    const { agreements: early } = await near('川崎市', '2011-12-01', '災害時相互応援');
    expect(early).toMatchObject([{ answer: 'undetermined', state: 'undetermined' }]);
  });

  test('tells a partner bound from a month of its own apart from the others', async () => {
    const { agreements, degree } = await near('鎌倉市', '2012-03-15', '災害時相互応援');
    const states = Object.fromEntries(agreements[0]!.others.map((it) => [it.name, it.state]));
    expect(states).toMatchObject({ 横浜市: 'bound', 横須賀市: null });
    expect(degree.partners).toEqual({ certain: 5, possible: 6 });
    expect(agreements[0]).toMatchObject({ bilateral: false, othersTotal: 6 });
  });

  test('does not count whoever only helps among those whom it binds', async () => {
    const { agreements, degree } = await near('藤沢市', '2017-06-01', '観光');
    expect(agreements).toMatchObject([
      {
        answer: 'no',
        state: 'notBound',
        reasons: [{ code: 'not-a-party' }],
        as: [{ role: 'cooperation' }],
        unnamed: ['近隣市'],
      },
    ]);
    expect(degree.agreements).toEqual({ certain: 0, possible: 0 });
  });

  test('shows an undisclosed agreement to its bodies alone', async () => {
    const titles = async (reader: Reader) =>
      (await near('町田市', '2017-06-01', '観光', reader)).agreements.map(
        (it) => it.agreement.title,
      );
    expect(await titles(thePublic)).toEqual(['終わった協定']);
    expect(await titles(staffOf('町田市'))).toEqual(['終わった協定', '公開しない協定']);
    expect(await titles(staffOf('鎌倉市'))).toEqual(['終わった協定']);
  });

  test('as known before they were entered, there are none of them', async () => {
    const { agreements } = await near('横浜市', '2017-06-01', '観光', thePublic, before);
    expect(agreements).toEqual([]);
    expect(
      (await near('横浜市', '2017-06-01', '図書館', thePublic, before)).degree.agreements,
    ).toEqual({
      certain: 5,
      possible: 5,
    });
  });
});

describe('the growth of agreements', () => {
  test('counts the conclusions of each year, and the undated ones in none', async () => {
    const { years, undated, practices } = await growth(2010, 2018, { field: '観光' });
    const concluded = Object.fromEntries(years.map((it) => [it.year, it.concluded.certain]));
    expect(concluded).toMatchObject({
      2010: 1,
      2011: 1,
      2012: 0,
      2013: 1,
      2015: 2,
      2016: 1,
      2017: 0,
    });
    expect(undated).toEqual({ concluded: 1, ended: 0 });
    expect(practices).toBe(1);
  });

  test('what ended and what was replaced is no longer in force at the end of its year', async () => {
    const { years } = await growth(2013, 2018, { field: '観光' });
    const of = (year: number) => years.find((it) => it.year === year)!;
    expect(of(2013).inForce).toEqual({ certain: 3, possible: 4 });
    expect(of(2014)).toMatchObject({
      ended: { certain: 1, possible: 1 },
      inForce: { certain: 2, possible: 3 },
    });
    expect(of(2015)).toMatchObject({
      ended: { certain: 1, possible: 1 },
      inForce: { certain: 3, possible: 4 },
    });
    expect(of(2018).inForce).toEqual({ certain: 4, possible: 5 });
  });

  test('a day known to the month lies in its year for certain', async () => {
    const { years } = await growth(2010, 2013, { field: '災害時相互応援', of: '横浜市' });
    expect(years.map((it) => it.concluded.certain)).toEqual([0, 1, 0, 0]);
    expect(years.map((it) => it.parties)).toEqual([
      { certain: 0, possible: 1 },
      { certain: 6, possible: 7 },
      { certain: 7, possible: 8 },
      { certain: 7, possible: 8 },
    ]);
  });

  test('in a year in which the day is only a month of two years, it is possible in both', async () => {
    const stream = paper(
      '年をまたぐ協定',
      '年をまたぐ協定',
      'agreement',
      '鎌倉市',
      '逗子市',
    )('平成20年度');
    await register.append(...disclosed(stream).events);
    await register.caughtUp();
    const { years } = await growth(2008, 2009, { of: '鎌倉市', field: '観光' });
    expect(years.map((it) => it.concluded)).toEqual([
      { certain: 0, possible: 1 },
      { certain: 0, possible: 1 },
    ]);
    expect(years.map((it) => it.inForce)).toEqual([
      { certain: 0, possible: 1 },
      { certain: 1, possible: 1 },
    ]);
  });
});

describe('the growth of what was asked of too much at once', () => {
  test('a hundred years are counted as each ten of them are', async () => {
    const whole = await growth(1921, 2020);
    const tens = [];
    for (let from = 1921; from < 2020; from += 10) tens.push(await growth(from, from + 9));
    expect(whole.years).toEqual(tens.flatMap((it) => it.years));
  });

  test('a read that takes too long is refused as too large, and leaves its connection whole', async () => {
    const slow = timedRead(register.pool, { text: 'select pg_sleep(30)' }, 50);
    await expect(slow).rejects.toMatchObject({ name: 'Refusal', code: 'graph/too-large' });
    expect(await timedRead(register.pool, { text: 'select 1 as one' })).toEqual([{ one: 1 }]);
  });

  test('what an undisclosed agreement replaced is not told as a certain no', async () => {
    const [disclosedOne, secret] = ['公開の旧協定', '非公開の新協定'];
    const old = paper(disclosedOne, disclosedOne, 'agreement', '逗子市', '町田市')('2010-01-01');
    const unseen = paper(secret, secret, 'agreement', '逗子市', '町田市')('2016-01-01');
    unseen.act(
      'AgreementSuperseded',
      { supersedes: idOf(disclosedOne) },
      { effective: '2016-01-01' },
    );
    const [before] = (await growth(2016, 2016)).years;
    await register.append(...disclosed(old).events, ...unseen.events);
    await register.caughtUp();
    const [after] = (await growth(2016, 2016)).years;
    expect(after?.inForce).toEqual({
      certain: before!.inForce.certain,
      possible: before!.inForce.possible + 1,
    });
    expect(after?.ended).toEqual({
      certain: before!.ended.certain,
      possible: before!.ended.possible + 1,
    });
    const [keeper] = (await growth(2016, 2016, { reader: staffOf('横浜市') })).years;
    const [staff] = (await growth(2015, 2015, { reader: staffOf('横浜市') })).years;
    expect(keeper?.ended.certain).toBe(1);
    expect(staff?.ended.certain).toBe(1);
  });
});

describe('the graph as it is exported', () => {
  test('every edge says role, state and the days on which it binds', async () => {
    const { incidences, parties } = await graph('2017-06-01', '観光');
    const of = (name: string, agreement: string) =>
      incidences.find((it) => it.party === idOf(name) && it.agreement === idOf(agreement));
    expect(of('町田市', '終わった協定')).toMatchObject({
      answer: 'no',
      state: 'ended',
      spells: [{ from: '2011-05-01', to: '2014-03-31', open: false }],
    });
    expect(of('逗子市', 'まだの協定')).toMatchObject({
      state: 'signedNotInEffect',
      spells: [{ from: '2018-04-01', to: null, open: false }],
    });
    expect(of('大和市', '日のない協定')).toMatchObject({
      answer: 'undetermined',
      spells: [{ from: null, to: null, open: true }],
    });
    expect(of('藤沢市', '協力')).toMatchObject({
      role: 'cooperation',
      state: 'notBound',
      spells: [],
    });
    expect(incidences.map((it) => it.agreement)).not.toContain(idOf('公開しない協定'));
    expect(parties.find((it) => it.id === idOf('横浜市'))).toMatchObject({ code: '141003' });
  });

  test('figures count what holds for certain and what may hold, with the components of each', async () => {
    const { figures, parties } = await graph('2017-06-01', '図書館');
    expect(figures).toEqual({
      parties: 6,
      agreements: 5,
      certain: { incidences: 10, nodes: 11, components: 1, largestComponent: 11, density: 10 / 30 },
      possible: {
        incidences: 10,
        nodes: 11,
        components: 1,
        largestComponent: 11,
        density: 10 / 30,
      },
    });
    const yokohama = parties.find((it) => it.id === idOf('横浜市'));
    expect(yokohama).toMatchObject({
      degreeCertain: 5,
      degreePossible: 5,
      centrality: 0.5,
      component: 0,
    });
    const apart = await graph('2017-02-19', '図書館');
    expect(apart.figures.certain).toMatchObject({ incidences: 2, components: 1, nodes: 3 });
  });

  test.each([
    ['GraphML', (answer: GraphAnswer) => parseGraphml(UndirectedGraph, graphml(answer))],
    ['GEXF', (answer: GraphAnswer) => parseGexf(UndirectedGraph, gexf(answer))],
  ])('as %s it is read back whole, however strange its words', async (_, read) => {
    const answer = await graph('2017-06-01', '観光');
    const back = read(answer);
    expect(back.order).toBe(answer.parties.length + answer.agreements.length);
    expect(back.size).toBe(answer.incidences.length);
    const label = '相互応援 <甲> & "乙"\ufffd\ufffd]]>';
    expect(back.getNodeAttribute(idOf('区の協定'), 'label')).toBe(label);
    expect(back.getNodeAttribute(idOf('横浜市'), 'code')).toBe('141003');
    const edge = back.edge(idOf('町田市'), idOf('終わった協定'));
    expect(back.getEdgeAttributes(edge)).toMatchObject({
      state: 'ended',
      bound: '2011-05-01/2014-03-31',
    });
  });

  test('every form carries the day, the number and its time', async () => {
    const answer = await graph('2017-06-01', '観光');
    const { n, at } = answer.known;
    expect(graphml(answer)).toContain(
      `<data key="graph.n">${n}</data><data key="graph.at">${at}</data>`,
    );
    expect(gexf(answer)).toContain(`<description>on 2017-06-01 n ${n} at ${at}</description>`);
    expect(gexf(answer)).toContain('<spell start="2011-05-01" end="2014-03-31"/>');
    expect(graphCsv(answer).split('\r\n')[1]).toMatch(`2017-06-01,${n},${at},`);
  });
});

describe('an accession that waits for approval', () => {
  const stream = paper('加入待ち', '加入待ち', 'agreement', '逗子市', '大和市')('2012-01-01');

  beforeAll(async () => {
    disclosed(stream);
    stream.act(
      'PartyAcceded',
      { party: idOf('藤沢市') },
      { effective: '2013-01-01', entry: '加入の登録票' },
    );
    await register.append(...stream.events);
    await register.caughtUp();
  });

  test('is no edge of the export, which carries its entry as pending', async () => {
    const answer = await graph('2017-06-01', '観光');
    const mine = answer.incidences.filter((it) => it.agreement === idOf('加入待ち'));
    expect(mine.map((it) => it.party).sort()).toEqual([idOf('大和市'), idOf('逗子市')].sort());
    expect(answer.pending).toEqual([idOf('加入の登録票')]);
  });

  test('is counted among no partners, and the row carries its entry as pending', async () => {
    const { agreements } = await near('逗子市', '2017-06-01', '観光');
    const row = agreements.find((it) => it.agreement.id === idOf('加入待ち'));
    expect(row).toMatchObject({
      others: [{ name: '大和市' }],
      othersTotal: 1,
      pending: [idOf('加入の登録票')],
    });
    const { degree } = await near('大和市', '2017-06-01', '観光');
    expect(degree.partners.certain).toBe(1);
    expect(degree.partners.possible).toBe(2);
  });

  test('is no yes for whoever wants to join, and is told to him as pending', async () => {
    const { agreements } = await near('藤沢市', '2017-06-01', '観光');
    const row = agreements.find((it) => it.agreement.id === idOf('加入待ち'));
    expect(row).toMatchObject({
      answer: 'no',
      as: [{ role: null }],
      pending: [idOf('加入の登録票')],
    });
  });
});

describe('an agreement whose parties are withheld', () => {
  beforeAll(async () => {
    const stream = paper(
      '当事者非公開',
      '当事者非公開',
      'agreement',
      '逗子市',
      '大和市',
    )('1990-01-01');
    stream.act('DisclosureDecided', {
      disclosed: true,
      withheld: ['parties'],
      ground: '当事者は非公開',
    });
    await register.append(...stream.events);
    await register.caughtUp();
  });

  const found = async (reader: Reader) => {
    const { agreements } = await near('大和市', '2017-06-01', '観光', reader);
    return agreements.find((it) => it.agreement.id === idOf('当事者非公開'));
  };

  test('is not found by asking for a party, except by those who may see it', async () => {
    expect(await found(thePublic)).toBeUndefined();
    expect(await found(staffOf('鎌倉市'))).toBeUndefined();
    expect(await found(staffOf('横浜市'))).toMatchObject({ bilateral: true, othersTotal: 1 });
    expect(await found(staffOf('大和市'))).toMatchObject({ bilateral: null, othersTotal: 0 });
  });

  test('is in no figure and no export about a party, except for those who may see it', async () => {
    const concluded = async (reader: Reader, of?: string) => {
      const [year] = (await growth(1990, 1990, { reader, ...(of === undefined ? {} : { of }) }))
        .years;
      return year?.concluded.certain;
    };
    expect(await concluded(thePublic)).toBe(1);
    expect(await concluded(thePublic, '大和市')).toBe(0);
    expect(await concluded(staffOf('横浜市'), '大和市')).toBe(1);
    expect(await concluded(staffOf('大和市'), '大和市')).toBe(1);
  });
});

test('where there are too many ways to stand for somebody, a no is left open', async () => {
  const councils = Array.from({ length: 11 }, (_, i) => `入れ子の会${i}`);
  for (const [i, name] of councils.entries()) {
    const council = party(name, 'council');
    for (const member of ['逗子市', ...councils.slice(0, i)]) {
      council.act('MemberJoined', { member: idOf(member) }, { effective: '2000-01-01' });
    }
    await register.append(...council.events);
  }
  const own = paper('終わった二者', '終わった二者', 'agreement', '逗子市', '鎌倉市')('1980-01-01');
  own.act(
    'AgreementEnded',
    { ground: 'byAgreement', wording: 'lastDay' },
    { effective: '1985-03-31' },
  );
  await register.append(...disclosed(own).events);
  await register.caughtUp();
  const answer = await near('逗子市', '2017-06-01', '観光');
  const row = answer.agreements.find((it) => it.agreement.id === idOf('終わった二者'));
  expect(answer.cut).toBe(true);
  expect(row?.answer).toBe('undetermined');
  expect(row?.reasons.map(({ code }) => code)).toContain('too-many-possibilities');
  expect((await near('鎌倉市', '2017-06-01', '観光')).cut).toBeUndefined();
});
