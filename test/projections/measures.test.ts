import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import type { MeasuresAnswer } from '../../projections/measures/measures.answer.js';
import { Measures, MeasuresHandler } from '../../projections/measures/measures.query.js';
import { now } from '../../projections/known.js';
import type { ProposalsAnswer } from '../../projections/proposals/proposals.answer.js';
import { Proposals, ProposalsHandler } from '../../projections/proposals/proposals.query.js';
import type { Reader } from '../../projections/reader.js';
import { thePublic } from '../../src/identity/principal.js';
import { idOf, StreamBuilder } from '../support/event-builder.js';
import { staffOf } from './support/asking.js';
import { day, ReadSide } from './support/read-side.js';
import { disclosed, municipalities, party } from './support/sources.js';

let register: ReadSide;
const open = record('鎌倉市');
const closed = record('逗子市');
const guarded = new StreamBuilder('agreement', '一部非公開の取組');
const company = new StreamBuilder('proposal', '会社の提案');
const secret = new StreamBuilder('proposal', '公開しない提案');
const total = new StreamBuilder('proposal', '総数');

function record(partner: string): StreamBuilder {
  const stream = new StreamBuilder('agreement', `取組 ${partner}`);
  stream.act('AgreementRegistered', {
    keeper: idOf('横浜市'),
    title: `${partner}との取組`,
    kind: 'practice',
    fields: ['防災'],
    parties: [
      { party: idOf('横浜市'), role: 'participation' },
      { party: idOf(partner), role: 'participation' },
    ],
  });
  return stream;
}

beforeAll(async () => {
  register = await ReadSide.open('measures');
  register.start();
  open.act('MeasureRecorded', { title: '合同訓練', stage: 'done' }, { effective: '平成30年4月' });
  const doubted = open.act('MeasureRecorded', { title: '物資の融通' }, { acted: '2018-05-01' });
  open.dispute(doubted, { title: '物資の売買' });
  open.act('MeasureRecorded', { title: '取り消された取組' }, { acted: '2018-05-01' });
  open.retract(open.events.at(-1)!);
  open.act('DrillHeld', { title: '帰宅困難者訓練' }, { acted: '2018-09-01' });
  open.act('MeasureRecorded', { title: '承認を待つ取組' }, { entry: '待つ登録票' });
  disclosed(open);
  closed.act('MeasureRecorded', { title: '公開しない取組' }, { acted: '2018-05-01' });
  guarded.act('AgreementRegistered', {
    keeper: idOf('横浜市'),
    title: '一部だけ公開する取組の記録',
    kind: 'practice',
    fields: ['防災'],
    parties: [{ party: idOf('大和市'), role: 'participation' }],
  });
  guarded.act('MeasureRecorded', {
    title: '公開する取組',
    description: '公開しない説明',
    figures: [{ label: '費用', value: 100 }],
  });
  guarded.act('AgreementRelated', { relation: 'parent', to: idOf('取組 逗子市') });
  guarded.act('DisclosureDecided', {
    disclosed: true,
    withheld: ['description', 'figures'],
    ground: '試験',
  });
  company.act(
    'ProposalReceived',
    {
      receiver: idOf('横浜市'),
      title: 'ごみ分別案内',
      proposers: [idOf('ある会社')],
      channel: '共創フロント',
    },
    { acted: '2017-03-01' },
  );
  company.act('ProposalAdvanced', { stage: '実証' }, { acted: '2017-06' });
  company.act(
    'ProposalRealised',
    { outcome: '公開した', agreement: idOf('取組 逗子市') },
    { acted: '2018-03-06' },
  );
  company.act('DisclosureDecided', { disclosed: true, withheld: ['proposers'], ground: '試験' });
  secret.act(
    'ProposalReceived',
    { receiver: idOf('横浜市'), title: '検討中の提案', proposers: [idOf('ある会社')] },
    { acted: '2018-01-01' },
  );
  total.act('ProposalsCounted', {
    receiver: idOf('横浜市'),
    channel: '共創フロント',
    stage: '提案',
    count: 725,
    period: { edtf: '[2008-06-01..2018-03-31]' },
  });
  await register.append(...municipalities(), ...party('ある会社', 'council').events);
  await register.append(...open.events, ...closed.events, ...guarded.events);
  await register.append(...company.events, ...secret.events, ...total.events);
  await register.caughtUp();
});
afterAll(() => register.close());

async function measures(on: string, reader: Reader = thePublic, who?: string) {
  const whose = who === undefined ? {} : { party: idOf(who) };
  const query = new Measures({ ...whose, on: day(on), known: now, reader });
  const text = await new MeasuresHandler(register.models).execute(query);
  return text.read<MeasuresAnswer>().measures;
}

async function proposals(on: string, reader: Reader = thePublic): Promise<ProposalsAnswer> {
  const query = new Proposals({ on: day(on), known: now, reader });
  return (await new ProposalsHandler(register.models).execute(query)).read<ProposalsAnswer>();
}

const answers = (rows: MeasuresAnswer['measures']) => rows.map((it) => [it.title, it.answer]);

describe('measures of 横浜市 and 鎌倉市', () => {
  test('one that began in a month is open within it, and no before it', async () => {
    const on = async (text: string) => (await measures(text, thePublic, '鎌倉市'))[0];
    expect(await on('2018-03-31')).toMatchObject({ title: '合同訓練', answer: 'no' });
    expect(await on('2018-04-15')).toMatchObject({ answer: 'undetermined' });
    expect(await on('2018-04-30')).toMatchObject({
      answer: 'yes',
      agreement: { kind: 'practice' },
    });
  });

  test('a disputed title says what else it may be, and drills stand beside measures', async () => {
    const rows = await measures('2018-12-31', thePublic, '鎌倉市');
    expect(answers(rows)).toEqual([
      ['合同訓練', 'yes'],
      ['物資の融通', 'yes'],
      ['帰宅困難者訓練', 'yes'],
      [null, 'undetermined'],
    ]);
    expect(rows[1]).toMatchObject({ otherwise: [{ title: '物資の売買' }] });
    expect(rows[2]).toMatchObject({ type: 'DrillHeld', partiesOf: 'record' });
    expect(rows[2]!.parties.map((it) => it.name)).toEqual(['横浜市', '鎌倉市']);
  });

  test('one that waits for approval tells that it waits, and nothing else', async () => {
    const [waiting] = (await measures('2018-12-31', thePublic, '鎌倉市')).slice(-1);
    expect(waiting).toMatchObject({ event: null, title: null, pending: [idOf('待つ登録票')] });
    expect(waiting!.reasons.map((it) => it.code)).toEqual(['pending']);
    expect(JSON.stringify(waiting)).not.toContain('承認を待つ取組');
  });
});

test('measures of an undisclosed record are seen by its bodies alone', async () => {
  expect(answers(await measures('2018-12-31', thePublic, '逗子市'))).toEqual([]);
  const seen = [['公開しない取組', 'yes']];
  expect(answers(await measures('2018-12-31', staffOf('逗子市'), '逗子市'))).toEqual(seen);
  expect(answers(await measures('2018-12-31', staffOf('横浜市'), '逗子市'))).toEqual(seen);
  expect(answers(await measures('2018-12-31', staffOf('大和市'), '逗子市'))).toEqual([]);
});

test('withheld fields are missing, and a related record that he may not see has no name', async () => {
  const [shown] = await measures('2020-01-01', thePublic, '大和市');
  expect(shown).toMatchObject({
    title: '公開する取組',
    description: null,
    figures: [],
    relations: [{ relation: 'parent', to: null }],
  });
  const [whole] = await measures('2020-01-01', staffOf('横浜市'), '大和市');
  expect(whole).toMatchObject({
    description: '公開しない説明',
    figures: [{ value: 100 }],
    relations: [{ to: { title: '逗子市との取組' } }],
  });
});

describe('proposals to 横浜市', () => {
  test('a proposal comes from reception over its stage to what it led to', async () => {
    const on = async (text: string) => (await proposals(text)).proposals[0];
    expect(await on('2017-02-28')).toMatchObject({ answer: 'no', states: ['notReceived'] });
    expect(await on('2017-03-01')).toMatchObject({ answer: 'yes', states: ['received'] });
    expect((await on('2017-06-15'))!.states.toSorted()).toEqual(['advanced', 'received']);
    expect(await on('2018-03-06')).toMatchObject({
      states: ['realised'],
      stage: '実証',
      outcome: '公開した',
      agreement: null,
      proposers: [],
    });
  });

  test('one that nobody disclosed is seen by who received it and who made it', async () => {
    const titles = async (reader: Reader) =>
      (await proposals('2018-12-31', reader)).proposals.map((it) => it.title);
    expect(await titles(thePublic)).toEqual(['ごみ分別案内']);
    expect(await titles(staffOf('横浜市'))).toEqual(['ごみ分別案内', '検討中の提案']);
    expect(await titles(staffOf('ある会社'))).toEqual(['ごみ分別案内', '検討中の提案']);
    expect(await titles(staffOf('鎌倉市'))).toEqual(['ごみ分別案内']);
  });

  test('a published total is open, on every day', async () => {
    const { counts } = await proposals('1990-01-01');
    expect(counts).toMatchObject([{ count: 725, stage: '提案', answer: 'yes' }]);
  });
});
