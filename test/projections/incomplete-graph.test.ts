import { afterAll, beforeAll, expect, test } from 'vitest';

import {
  AgreementGraph,
  AgreementGraphHandler,
  type GraphAnswer,
} from '../../projections/agreement-graph/graph.query.js';
import type { GrowthAnswer } from '../../projections/agreement-graph/growth.answer.js';
import { Growth, GrowthHandler } from '../../projections/agreement-graph/growth.query.js';
import { now } from '../../projections/known.js';
import type { Ledger } from '../../projections/ledger.js';
import { ledgers } from '../../projections/ledgers.js';
import { thePublic } from '../../src/identity/principal.js';
import { idOf, StreamBuilder } from '../support/event-builder.js';
import { day, ReadSide } from './support/read-side.js';
import { disclosed, municipalities } from './support/sources.js';

function between(name: string, partner: string) {
  const stream = new StreamBuilder('agreement', name);
  stream.act(
    'AgreementRegistered',
    {
      keeper: idOf('横浜市'),
      title: name,
      kind: 'agreement',
      fields: ['観光'],
      parties: [{ party: idOf('横浜市') }, { party: idOf(partner) }],
    },
    { acted: '2012-01-01' },
  );
  return disclosed(stream);
}

const parked = between('待つ協定', '川崎市');
const ended = between('終わった協定', '町田市');
/** From its third act on the stream cannot be folded. */
const failing = ledgers.map((ledger): Ledger => ({
  ...ledger,
  rows(events, presume) {
    const stuck = events[0]?.event.stream === parked.stream && events.length > 2;
    if (stuck && ledger.name === 'agreement-graph') throw new Error('the fold fails');
    return ledger.rows(events, presume);
  },
}));

let register: ReadSide;

beforeAll(async () => {
  register = await ReadSide.open('incomplete_graph', failing);
  register.start();
  ended.act(
    'AgreementEnded',
    { ground: 'byAgreement', wording: 'lastDay' },
    { effective: '2014-03-31' },
  );
  await register.append(...municipalities(), ...between('続く協定', '藤沢市').events);
  await register.append(...ended.events, ...parked.events);
  await register.caughtUp();
});
afterAll(() => register.close());

async function graph() {
  const query = new AgreementGraph({ on: day('2017-06-01'), known: now, reader: thePublic });
  return (await new AgreementGraphHandler(register.models).execute(query)).read<GraphAnswer>();
}

async function growth() {
  const years = { from: 2012, to: 2017, on: day('2018-01-01'), known: now };
  const query = new Growth({ ...years, reader: thePublic });
  return (await new GrowthHandler(register.models).execute(query)).read<GrowthAnswer>();
}

test('while a stream waits, its own counts and every no are open in growth and in the export', async () => {
  const of2017 = ({ years }: GrowthAnswer) => years.find((it) => it.year === 2017);
  const answers = ({ incidences }: GraphAnswer) =>
    Object.fromEntries(
      incidences
        .filter((it) => it.party === idOf('横浜市'))
        .map((it) => [it.agreement, it.answer] as const),
    );
  const [whole, wholeGrowth] = [await graph(), await growth()];
  expect(answers(whole)).toEqual({
    [idOf('続く協定')]: 'yes',
    [idOf('待つ協定')]: 'yes',
    [idOf('終わった協定')]: 'no',
  });
  expect(of2017(wholeGrowth)?.inForce).toEqual({ certain: 2, possible: 2 });

  parked.act('AgreementTookEffect', {}, { effective: '2016-04-01' });
  await register.append(parked.events.at(-1)!);
  await register.caughtUp();
  const [open, openGrowth] = [await graph(), await growth()];
  expect(open.incomplete).toBe(true);
  expect(answers(open)).toEqual({
    [idOf('続く協定')]: 'yes',
    [idOf('待つ協定')]: 'undetermined',
    [idOf('終わった協定')]: 'undetermined',
  });
  expect(of2017(openGrowth)).toMatchObject({
    inForce: { certain: 1, possible: 3 },
    ended: { certain: 0, possible: 2 },
    parties: { certain: 2, possible: 4 },
  });
  expect(openGrowth.undated.concluded).toBe(1);
  expect(openGrowth.years.every((it) => it.ended.certain === 0)).toBe(true);
});
