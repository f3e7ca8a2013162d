import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { Matrix, MatrixHandler } from '../../projections/agreement-graph/matrix.query.js';
import {
  Neighbourhood,
  NeighbourhoodHandler,
} from '../../projections/agreement-graph/neighbourhood.query.js';
import { Bound, BoundHandler } from '../../projections/bound/bound.query.js';
import { now, type Known } from '../../projections/known.js';
import { thePublic } from '../../src/identity/principal.js';
import { idOf, StreamBuilder } from '../support/event-builder.js';
import { day, ReadSide } from './support/read-side.js';
import { disclosed, party } from './support/sources.js';

const field = '災害時相互応援';
const cities = ['横浜市', '川崎市', '鎌倉市'];
const days = ['2011-01-01', '2013-04-01', '2016-04-01', '2019-04-01'];

let register: ReadSide;
/** The number up to which the register knew the agreement alone. */
let first: number;
let before: readonly string[];

beforeAll(async () => {
  register = await ReadSide.open('known still');
  register.start();
  await register.append(...cities.flatMap((it) => party(it, 'municipality').events));
  const agreement = new StreamBuilder('agreement', '三市の協定');
  agreement.act(
    'AgreementRegistered',
    {
      keeper: idOf('横浜市'),
      title: '三市の協定',
      kind: 'agreement',
      fields: [field],
      parties: cities.map((it) => ({ party: idOf(it) })),
    },
    { acted: '2012-04-01' },
  );
  agreement.act('TopologyStated', { shape: 'mesh', rest: 'notBound' }, { acted: '2012-04-01' });
  await register.append(...disclosed(agreement).events);
  first = await register.caughtUp();
  before = await answers({ kind: 'number', n: first });

  const told = agreement.events.length;
  agreement.act(
    'AgreementAmended',
    { summary: '名称を改める', title: '新しい三市の協定' },
    { acted: '2013-01-01', effective: '2013-01-01' },
  );
  agreement.act('PartyWithdrew', { party: idOf('川崎市') }, { effective: '2015-03-31' });
  agreement.act('AgreementEnded', { ground: 'byAgreement' }, { effective: '2018-03-31' });
  await register.append(...agreement.events.slice(told));
  await register.caughtUp();
});
afterAll(() => register.close());

/** What is answered on every day of every pair, of each city, and of all of them. */
async function answers(known: Known): Promise<readonly string[]> {
  const { models } = register;
  const reader = thePublic;
  const texts: string[] = [];
  for (const on of days.map(day)) {
    for (const of of cities.map(idOf)) {
      const near = new NeighbourhoodHandler(models);
      texts.push((await near.execute(new Neighbourhood({ of, on, known, reader }))).text);
      texts.push((await near.execute(new Neighbourhood({ of, field, on, known, reader }))).text);
      for (const to of cities.map(idOf)) {
        const why = new Bound({ from: of, to, field, on, known, reader });
        texts.push((await new BoundHandler(models).execute(why)).text);
      }
    }
    const parties = cities.map(idOf);
    const matrix = new Matrix({ parties, fields: [field], on, known, reader });
    texts.push((await new MatrixHandler(models).execute(matrix)).text);
  }
  return texts.map(withoutSettled);
}

/** Whether a number is settled is of the time of asking. */
function withoutSettled(text: string): string {
  return text.replace(/"settled":(true|false)/, '"settled":null');
}

describe('what a ledger has closed since', () => {
  test('is still what was known at the number before', async () => {
    expect(await answers({ kind: 'number', n: first })).toEqual(before);
  });

  test('is no longer what is known now', async () => {
    const after = await answers(now);
    expect(after).toHaveLength(before.length);
    expect(after.join()).toContain('新しい三市の協定');
    expect(after.join()).toContain('"left"');
    expect(before.join()).not.toContain('"left"');
  });
});
