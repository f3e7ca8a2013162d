import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import type { BoundAnswer } from '../../projections/bound/bound.answer.js';
import { Bound, BoundHandler } from '../../projections/bound/bound.query.js';
import { now } from '../../projections/known.js';
import type { Presume } from '../../projections/presume.js';
import { thePublic } from '../../src/identity/principal.js';
import { idOf } from '../support/event-builder.js';
import { day, ReadSide } from './support/read-side.js';
import { disaster, municipalities, umbrella } from './support/sources.js';

let register: ReadSide;

beforeAll(async () => {
  register = await ReadSide.open('bound');
  register.start();
  await register.append(...municipalities(), ...disaster().events);
  await register.append(...umbrella().flatMap((it) => it.events));
  await register.caughtUp();
});
afterAll(() => register.close());

async function bound(from: string, to: string, on: string, presume: Presume = 'all') {
  const query = new Bound({
    from: idOf(from),
    to: idOf(to),
    field: '災害時相互応援',
    on: day(on),
    known: now,
    reader: thePublic,
    presume,
  });
  return (await new BoundHandler(register.models).execute(query)).read<BoundAnswer>();
}

const codes = (answer: BoundAnswer) => answer.reasons.map((it) => it.code);

describe('鎌倉市 and 横浜市, by an agreement known to the month', () => {
  test('the day before the month it is a no, since there is an instrument on record', async () => {
    const answer = await bound('鎌倉市', '横浜市', '2011-10-31');
    expect(answer.answer).toBe('no');
    expect(codes(answer)).toContain('not-begun');
  });

  test('within the month it is open, and the day of signing is what is missing', async () => {
    const answer = await bound('鎌倉市', '横浜市', '2011-11-15');
    expect(answer.answer).toBe('undetermined');
    expect(answer.missing).toMatchObject([
      { type: 'AgreementRegistered', field: 'acted', known: { edtf: '2011-11' } },
    ]);
  });

  test('after it they are bound, presumed from the conclusion on and to this day', async () => {
    const answer = await bound('鎌倉市', '横浜市', '2011-12-01');
    expect(answer).toMatchObject({
      answer: 'yes',
      presumed: ['continues', 'effect-on-conclusion'],
      missing: [],
    });
  });

  test('without presumptions nobody says that it still holds', async () => {
    expect((await bound('鎌倉市', '横浜市', '2011-12-01', 'none')).answer).toBe('undetermined');
  });
});

test('from a list of six nobody can tell whether 逗子市 owes 鎌倉市 anything', async () => {
  const answer = await bound('逗子市', '鎌倉市', '2011-12-01');
  expect(answer.answer).toBe('undetermined');
  expect(codes(answer)).toContain('topology-unknown');
  expect(answer.missing).toMatchObject([{ type: 'TopologyStated', event: null }]);
});

test('横須賀市 is bound from a month of its own', async () => {
  expect((await bound('横須賀市', '横浜市', '2012-02-29')).answer).toBe('no');
  expect((await bound('横須賀市', '横浜市', '2012-03-15')).missing).toMatchObject([
    { field: 'from', known: { edtf: '2012-03' } },
  ]);
  expect((await bound('横須賀市', '横浜市', '2012-03-31')).answer).toBe('yes');
});

describe('川崎市 and 横浜市, through 九都県市', () => {
  test('on the day after the document was written at the latest they are bound, as reported', async () => {
    const answer = await bound('川崎市', '横浜市', '2020-10-01');
    expect(answer).toMatchObject({
      answer: 'yes',
      paths: [{ kind: 'membership', through: { name: '九都県市' }, answer: 'yes' }],
    });
    expect(answer.presumed).toContain('as-reported');
  });

  test('before it the dates are missing, and each is named', async () => {
    const answer = await bound('川崎市', '横浜市', '2011-12-01');
    expect(answer.answer).toBe('undetermined');
    expect(answer.missing.every((it) => it.known === null)).toBe(true);
    const types = answer.missing.map((it) => it.type);
    expect(new Set(types)).toEqual(
      new Set(['AgreementRegistered', 'BoundThroughStated', 'MemberJoined']),
    );
    expect(types).toHaveLength(4);
  });
});

test('nothing recorded is no answer without a stated coverage', async () => {
  const answer = await bound('町田市', '川崎市', '2020-10-01');
  expect(answer.answer).toBe('undetermined');
  expect(codes(answer)).toEqual(['nothing-recorded']);
});
