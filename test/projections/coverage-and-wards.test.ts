import { afterAll, beforeAll, expect, test } from 'vitest';

import { idOf, StreamBuilder } from '../support/event-builder.js';
import { codesOf, Counter, staffOf } from './support/asking.js';
import { ReadSide } from './support/read-side.js';
import { disclosed, municipalities, party } from './support/sources.js';

let register: ReadSide;
let ask: Counter;

beforeAll(async () => {
  register = await ReadSide.open('coverage and wards');
  register.start();
  ask = new Counter(register);
  await register.append(...municipalities());
  const tsurumi = party('鶴見区', 'ward', '横浜市');
  const kawasaki = party('川崎区', 'ward', '川崎市');
  const naka = party('中区', 'ward', '横浜市');
  await register.append(...tsurumi.events, ...kawasaki.events, ...naka.events);

  const wards = new StreamBuilder('agreement', '区の包括連携');
  wards.act(
    'AgreementRegistered',
    {
      keeper: idOf('横浜市'),
      title: '防災や防犯等に関する包括連携協定',
      kind: 'comprehensive',
      fields: ['防災', '図書館'],
      parties: [{ party: idOf('鶴見区') }, { party: idOf('川崎区') }],
    },
    { acted: '平成27年11月' },
  );
  wards.act('TopologyStated', { shape: 'mesh', rest: 'notBound' });
  await register.append(...disclosed(wards).events);

  const covered = new StreamBuilder('party', '網羅を述べる市');
  covered.act('PartyRegistered', { kind: 'municipality', name: '網羅市' });
  covered.act('CoverageStated', { field: '図書館', days: { edtf: '2020-04-01' } });
  await register.append(...covered.events);
  await register.caughtUp();
});
afterAll(() => register.close());

test("a ward's agreement shows under its city as the ward's", async () => {
  const { rows } = await ask.mutualUse('横浜市', { on: '2016-01-01' });
  expect(rows).toMatchObject([
    {
      partner: { name: '川崎区', partOf: idOf('川崎市') },
      as: { name: '鶴見区' },
      answer: 'undetermined',
      reasons: expect.arrayContaining([
        expect.objectContaining({ code: 'service-not-recorded' }),
      ]) as unknown,
    },
  ]);
});

test('and binds the cities in those wards alone, which the answer says', async () => {
  const answer = await ask.bound('横浜市', '川崎市', { on: '2016-01-01', field: '防災' });
  expect(answer).toMatchObject({
    answer: 'yes',
    scoped: true,
    paths: [{ kind: 'ward', scope: { ward: { name: '鶴見区' }, towards: { name: '川崎区' } } }],
  });
});

test('another ward of the city is not bound by it', async () => {
  const answer = await ask.bound('中区', '川崎市', { on: '2016-01-01', field: '防災' });
  expect(answer.answer).toBe('undetermined');
  expect(codesOf(answer)).toEqual(['nothing-recorded']);
});

test('nothing recorded is a no on the day that a coverage names, and on no other', async () => {
  const asked = (on: string) =>
    ask.bound('網羅を述べる市', '町田市', { on, field: '図書館', reader: staffOf() });
  const covered = await asked('2020-04-01');
  expect(covered.answer).toBe('no');
  expect(codesOf(covered)).toEqual(['not-under-coverage']);
  for (const on of ['2020-03-31', '2020-04-02']) {
    expect((await asked(on)).answer).toBe('undetermined');
  }
});

test('one coverage is enough for a pair, whichever of the two states it', async () => {
  const asked = { on: '2020-04-01', field: '図書館' };
  expect((await ask.bound('町田市', '網羅を述べる市', asked)).answer).toBe('no');
});

test('a coverage of one field says nothing of another', async () => {
  const asked = { on: '2020-04-01', field: '保育' };
  expect((await ask.bound('町田市', '網羅を述べる市', asked)).answer).toBe('undetermined');
});
