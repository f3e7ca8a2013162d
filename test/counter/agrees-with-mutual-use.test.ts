import { array, assert, asyncProperty, constantFrom, record } from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { Counter as Questions } from '../projections/support/asking.js';
import { ReadSide } from '../projections/support/read-side.js';
import { codes, disclosed, municipalities } from '../projections/support/sources.js';
import { idOf, StreamBuilder } from '../support/event-builder.js';
import { Desk } from './counter-desk.js';

const cities = Object.keys(codes);
const days = ['2016-12-31', '2017-02-01', '2017-03-01', '2018-04-01', '2019-04-01', '2020-09-01'];

const drawn = record({
  one: constantFrom(...cities),
  other: constantFrom(...cities),
  third: constantFrom(...cities),
  shape: constantFrom('mesh', 'hub', 'oneWay', 'pairs'),
  rest: constantFrom('bound', 'notBound', 'unknown'),
  signed: constantFrom(...days),
  start: constantFrom(...days, undefined),
  suspended: constantFrom('2018-04-01', undefined),
  ended: constantFrom('2019-03-31', undefined),
  left: constantFrom('2018-03-31', undefined),
});

/** An agreement on libraries of two or three cities, every day of which is known. */
function written(
  it: {
    one: string;
    other: string;
    third: string;
    shape: 'mesh' | 'hub' | 'oneWay' | 'pairs';
    rest: 'bound' | 'notBound' | 'unknown';
    signed: string;
    start: string | undefined;
    suspended: string | undefined;
    ended: string | undefined;
    left: string | undefined;
  },
  name: string,
): StreamBuilder {
  const parties = [...new Set([it.one, it.other, it.third])];
  const stream = new StreamBuilder('agreement', name);
  const [one, other] = [idOf(it.one), idOf(it.other)];
  stream.act(
    'AgreementRegistered',
    {
      keeper: idOf('横浜市'),
      title: name,
      kind: 'agreement',
      fields: ['図書館'],
      parties: parties.map((party) => ({ party: idOf(party) })),
    },
    { acted: it.signed },
  );
  const pairs = [{ provider: one, beneficiary: other }];
  stream.act('TopologyStated', { shape: it.shape, of: one, pairs, rest: it.rest });
  if (it.start !== undefined) stream.act('ServiceStarted', {}, { effective: it.start });
  if (it.suspended !== undefined) {
    stream.act('ServiceSuspended', { provider: one }, { effective: it.suspended });
  }
  if (it.left !== undefined) stream.act('PartyWithdrew', { party: other }, { effective: it.left });
  if (it.ended !== undefined) {
    stream.act('AgreementEnded', { ground: 'byAgreement' }, { effective: it.ended });
  }
  return disclosed(stream);
}

const words = { yes: '使えます', no: '使えません', undetermined: '確認が必要' };

let register: ReadSide;
let kept = 0;

beforeAll(async () => {
  register = await ReadSide.open('counter and mutual use');
  register.start();
  await register.append(...municipalities());
  await assert(
    asyncProperty(array(drawn, { minLength: 1, maxLength: 6 }), async (all) => {
      for (const it of all.filter(({ one, other }) => one !== other)) {
        await register.append(...written(it, `無作為 ${kept++}`).events);
      }
    }),
    { numRuns: 20, seed: 20261126, endOnFailure: true },
  );
  await register.caughtUp();
});
afterAll(() => register.close());

test('where every day is known the counter says of each agreement what mutual use says of our residents', async () => {
  const desk = new Desk(register);
  const questions = new Questions(register);
  let compared = 0;
  for (const lives of cities) {
    for (const on of days) {
      const { rows } = await questions.mutualUse(lives, { on });
      const { partners } = await desk.asks({ every: true, lives, on });
      for (const { partner, agreement, directions } of rows) {
        const bases = partners.find((it) => it.partner.id === partner.id)?.bases ?? [];
        const basis = bases.find((it) => it.agreement?.id === agreement.id);
        const asked = `${lives} at ${partner.name} on ${on} by ${agreement.id}`;
        expect(basis?.word, asked).toBe(words[directions.weUsePartners.answer]);
        compared += 1;
      }
      const told = partners.flatMap((it) => it.bases).length;
      expect(told, `${lives} on ${on}`).toBe(rows.length);
    }
  }
  expect(compared).toBeGreaterThan(400);
}, 60_000);
