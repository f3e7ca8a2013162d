import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import type { BoundAnswer } from '../../projections/bound/bound.answer.js';
import { Bound, BoundHandler } from '../../projections/bound/bound.query.js';
import type { GapsAnswer } from '../../projections/agreement-graph/gaps.answer.js';
import { Gaps, GapsHandler } from '../../projections/agreement-graph/gaps.query.js';
import type { MatrixAnswer } from '../../projections/agreement-graph/matrix.answer.js';
import { Matrix, MatrixHandler } from '../../projections/agreement-graph/matrix.query.js';
import { now } from '../../projections/known.js';
import type { Reader } from '../../projections/reader.js';
import { thePublic } from '../../src/identity/principal.js';
import type { RegisterEvent } from '../../src/entries/domain/event.js';
import { idOf, StreamBuilder } from '../support/event-builder.js';
import { staffOf } from './support/asking.js';
import { day, ReadSide } from './support/read-side.js';
import {
  codes,
  disaster,
  disclosed,
  library,
  libraryTable,
  party,
  umbrella,
} from './support/sources.js';

let register: ReadSide;
const eight = Object.keys(codes);
const fields = ['図書館', '災害時相互応援', '観光', '保育'];
const days = ['2010-01-01', '2011-11-15', '2012-03-15', '2017-02-25', '2020-10-01'];

const offices: Readonly<Record<string, readonly [number, number]>> = {
  横浜市: [35.45, 139.64],
  川崎市: [35.53, 139.7],
  横須賀市: [35.28, 139.67],
  鎌倉市: [35.32, 139.55],
  藤沢市: [35.34, 139.49],
  逗子市: [35.3, 139.58],
  大和市: [35.49, 139.46],
};

function placed(name: string): readonly RegisterEvent[] {
  const stream = new StreamBuilder('party', name);
  const [latitude, longitude] = offices[name] ?? [];
  stream.act('PartyRegistered', {
    kind: 'municipality',
    name,
    code: codes[name]!,
    prefecture: name === '町田市' ? '東京都' : '神奈川県',
    ...(latitude === undefined || longitude === undefined ? {} : { latitude, longitude }),
  });
  if (name === '横浜市') {
    stream.act('CoverageStated', { field: '図書館', days: { edtf: '[..2020-12-31]' } });
  }
  return stream.events;
}

beforeAll(async () => {
  register = await ReadSide.open('matrix');
  register.start();
  await register.append(...eight.flatMap(placed));
  await register.append(
    ...party('鶴見区', 'ward', '横浜市').events,
    ...party('川崎区', 'ward', '川崎市').events,
  );
  const kanagawa = new StreamBuilder('party', '神奈川県');
  kanagawa.act('PartyRegistered', { kind: 'prefecture', name: '神奈川県', code: '140007' });
  await register.append(...kanagawa.events);
  await register.append(...libraryTable.flatMap((it) => library(it).events));
  await register.append(...disaster().events, ...umbrella().flatMap((it) => it.events));

  const wards = agreement('区の協定', ['鶴見区', '川崎区'], '2015-11-05');
  const later = agreement('まだの協定', ['逗子市', '横須賀市'], '2016-02-01');
  later.act('AgreementTookEffect', {}, { effective: '2030-04-01' });
  const ended = agreement('終わった協定', ['鎌倉市', '逗子市'], '2011-05-01');
  ended.act(
    'AgreementEnded',
    { ground: 'byAgreement', wording: 'lastDay' },
    { effective: '2014-03-31' },
  );
  const hidden = agreement('公開しない協定', ['鎌倉市', '藤沢市'], '2011-05-01');
  for (const it of [wards, later, ended]) await register.append(...disclosed(it).events);
  await register.append(...hidden.events);
  await register.caughtUp();
});
afterAll(() => register.close());

function agreement(name: string, parties: readonly string[], acted: string): StreamBuilder {
  const stream = new StreamBuilder('agreement', name);
  stream.act(
    'AgreementRegistered',
    {
      keeper: idOf('横浜市'),
      title: name,
      kind: 'agreement',
      fields: ['観光'],
      parties: parties.map((it) => ({ party: idOf(it) })),
    },
    { acted },
  );
  stream.act('TopologyStated', { shape: 'mesh', rest: 'notBound' }, { acted });
  return stream;
}

async function matrix(on: string, reader: Reader = thePublic, about = fields) {
  const question = { parties: eight.map(idOf), fields: about, on: day(on), known: now, reader };
  const text = await new MatrixHandler(register.models).execute(new Matrix(question));
  return text.read<MatrixAnswer>();
}

async function bound(from: string, to: string, field: string, on: string, reader: Reader) {
  const query = new Bound({ from, to, field, on: day(on), known: now, reader });
  return (await new BoundHandler(register.models).execute(query)).read<BoundAnswer>();
}

async function gaps(of: string, on: string, field: string, others?: readonly string[]) {
  const given = others === undefined ? {} : { with: others.map(idOf) };
  const query = new Gaps({
    of: idOf(of),
    ...given,
    within: 50,
    field,
    on: day(on),
    known: now,
    reader: thePublic,
  });
  return (await new GapsHandler(register.models).execute(query)).read<GapsAnswer>();
}

const cellOf = ({ cells }: MatrixAnswer, from: string, to: string, field: string) =>
  cells.find((it) => it.from === idOf(from) && it.to === idOf(to) && it.field === field)!;

test.each(days)(
  'on %s each cell says what the question about that pair says',
  async (on) => {
    const readers = on === days.at(-1) ? [thePublic, staffOf('鎌倉市')] : [thePublic];
    for (const reader of readers) {
      const { cells } = await matrix(on, reader);
      expect(cells).toHaveLength(8 * 7 * fields.length);
      for (const cell of cells) {
        const whole = await bound(cell.from, cell.to, cell.field, on, reader);
        const { answer, reasons, presumed, pending } = whole;
        expect({ ...cell }).toMatchObject({ answer, reasons, presumed, pending });
        const deciding = whole.paths.filter((it) => it.answer === answer);
        expect(cell.agreements).toEqual(
          [...new Set(deciding.map((it) => it.agreement.id))].toSorted(),
        );
      }
    }
  },
  60_000,
);

describe('the matrix of the eight cities', () => {
  test('tells how: by a paper of their own, through a council, through a ward', async () => {
    const answer = await matrix('2020-10-01');
    expect(cellOf(answer, '横浜市', '藤沢市', '図書館')).toMatchObject({
      answer: 'yes',
      how: ['direct'],
    });
    expect(cellOf(answer, '川崎市', '横浜市', '災害時相互応援')).toMatchObject({
      answer: 'yes',
      how: ['council'],
    });
    const ward = cellOf(answer, '川崎市', '横浜市', '観光');
    expect(ward).toMatchObject({ answer: 'yes', how: ['ward'], agreements: [idOf('区の協定')] });
    expect(answer.agreements.find((it) => it.id === idOf('区の協定'))?.title).toBe('区の協定');
  });

  test('unknown topology is open, and a stated list makes nothing recorded a no', async () => {
    const answer = await matrix('2020-10-01');
    expect(cellOf(answer, '逗子市', '鎌倉市', '災害時相互応援')).toMatchObject({
      answer: 'undetermined',
      how: ['direct'],
      reasons: expect.arrayContaining([
        expect.objectContaining({ code: 'topology-unknown' }),
      ]) as object,
    });
    expect(cellOf(answer, '逗子市', '横浜市', '図書館')).toMatchObject({
      answer: 'no',
      how: [],
      reasons: [{ code: 'not-under-coverage' }],
    });
    expect(cellOf(answer, '逗子市', '町田市', '図書館').answer).toBe('undetermined');
  });

  test('an undisclosed agreement leaves the cell open for the public, and has no name there', async () => {
    const cell = cellOf(await matrix('2020-10-01'), '鎌倉市', '藤沢市', '観光');
    expect(cell).toMatchObject({
      answer: 'undetermined',
      reasons: [{ code: 'undisclosed' }],
      agreements: [],
      how: [],
    });
    const inside = await matrix('2020-10-01', staffOf('藤沢市'));
    expect(cellOf(inside, '鎌倉市', '藤沢市', '観光').answer).toBe('yes');
  });
});

describe('gaps between neighbours', () => {
  const pairsOf = (answer: GapsAnswer) =>
    Object.fromEntries(
      answer.pairs.map((it) => [
        [String(it.a.name), String(it.b.name)].toSorted().join(' '),
        it.gap,
      ]),
    );

  test('逗子市 and its neighbours by their offices: ended, and signed but not in effect', async () => {
    const answer = await gaps('逗子市', '2020-10-01', '観光');
    expect(answer.basis).toBe('offices');
    expect(pairsOf(answer)).toMatchObject({
      [['逗子市', '鎌倉市'].toSorted().join(' ')]: 'ended',
      [['逗子市', '横須賀市'].toSorted().join(' ')]: 'signedNotInEffect',
    });
    for (const it of answer.pairs) expect(it.distanceKm).toBeGreaterThan(1);
    expect(answer.pairs.map((it) => it.distanceKm)).toEqual(
      answer.pairs.map((it) => it.distanceKm).toSorted((a, b) => a! - b!),
    );
    expect(answer.agreements.map((it) => String(it.title)).toSorted()).toEqual([
      'まだの協定',
      '終わった協定',
    ]);
  });

  test('given pairs: bound through a council alone, nothing recorded, and a no under a stated list', async () => {
    const disaster = await gaps('川崎市', '2020-10-01', '災害時相互応援', ['横浜市', '町田市']);
    expect(disaster.basis).toBe('given');
    expect(pairsOf(disaster)).toEqual({
      [['川崎市', '横浜市'].toSorted().join(' ')]: 'onlyThroughCouncil',
      [['川崎市', '町田市'].toSorted().join(' ')]: 'nothingRecorded',
    });
    const libraries = await gaps('横浜市', '2020-10-01', '図書館', ['逗子市', '藤沢市', '町田市']);
    expect(pairsOf(libraries)).toEqual({
      [['逗子市', '横浜市'].toSorted().join(' ')]: 'notUnderCoverage',
      [['町田市', '横浜市'].toSorted().join(' ')]: 'notUnderCoverage',
    });
    expect(libraries.total).toMatchObject({ pairs: 3, bound: 1, notUnderCoverage: 2 });
    expect(libraries.pairs.find((it) => it.b.name === '町田市')?.distanceKm).toBeNull();
  });

  test('a prefecture looks at all of its municipalities that have a place on record', async () => {
    const answer = await gaps('神奈川県', '2020-10-01', '保育');
    expect(answer.total.pairs).toBeGreaterThan(5);
    expect(answer.total.nothingRecorded).toBe(answer.total.pairs);
    const named = new Set(answer.pairs.flatMap((it) => [it.a.name, it.b.name]));
    expect(named).toEqual(new Set(Object.keys(offices)));
  });

  test('without a place on record neighbours cannot be told, and that is said', async () => {
    await expect(gaps('町田市', '2020-10-01', '保育')).rejects.toMatchObject({
      code: 'gaps/no-position',
    });
  });
});
