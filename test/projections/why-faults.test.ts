import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { idOf, StreamBuilder } from '../support/event-builder.js';
import { agreed, council, field } from './support/agreed.js';
import { codesOf, Counter, staffOf, type Asking } from './support/asking.js';
import { ReadSide } from './support/read-side.js';
import { municipalities, party } from './support/sources.js';

const on = '2020-09-01';

let register: ReadSide;
let ask: Counter;

beforeAll(async () => {
  register = await ReadSide.open('why faults');
  register.start();
  ask = new Counter(register);
  await register.append(...municipalities());
});
afterAll(() => register.close());

async function recorded(...streams: readonly StreamBuilder[]): Promise<number> {
  await register.append(...streams.flatMap((it) => it.events));
  return register.caughtUp();
}

const bound = (from: string, to: string, more: Partial<Asking> = {}) =>
  ask.bound(from, to, { on, field, ...more });

/** A municipality that states that its list of the field is whole on the day asked about. */
function covered(name: string): StreamBuilder {
  const stream = party(name, 'municipality');
  stream.act('CoverageStated', { field, days: { edtf: on } });
  return stream;
}

describe('an umbrella said to bind two in other fields alone', () => {
  const pair = { provider: idOf('大和市'), beneficiary: idOf('川崎市') };

  test('was a no in a field of which nothing is recorded; it is open', async () => {
    const umbrella = agreed('他分野の協定', ['他分野の会'], '2011-04-01');
    const through = idOf('他分野の会');
    umbrella.act('BoundThroughStated', { through, pairs: [pair], fields: ['図書館'] });
    await recorded(council('他分野の会', { 大和市: '2010-04-01', 川崎市: '2010-04-01' }), umbrella);
    const answer = await bound('大和市', '川崎市');
    expect(answer).toMatchObject({ answer: 'undetermined', paths: [] });
    expect(codesOf(answer)).toEqual(['nothing-recorded']);
    expect(answer.missing).toMatchObject([{ type: 'CoverageStated' }, { type: 'CoverageStated' }]);
  });

  test('is a no before the statement about the field, as it was', async () => {
    const later = agreed('後の分野の協定', ['他分野の会'], '2011-04-01');
    const through = idOf('他分野の会');
    later.act(
      'BoundThroughStated',
      { through, pairs: [pair], fields: [field] },
      { effective: '2021-04-01' },
    );
    await recorded(later);
    expect(codesOf(await bound('大和市', '川崎市'))).toEqual(['not-begun']);
    expect((await bound('大和市', '川崎市', { on: '2021-04-01' })).answer).toBe('yes');
  });
});

describe('a succession that waits for approval', () => {
  const merger = (heir: string, old: string) => {
    const stream = party(heir, 'municipality');
    const [successors, ceased] = [[idOf(heir)], [idOf(old)]];
    stream.act(
      'PartySucceeded',
      { manner: 'merger', predecessors: ceased, successors, ceased },
      { effective: '2018-04-01', entry: `${heir}の登録票` },
    );
    return stream;
  };

  test('was in no pending of the party that it would end', async () => {
    const stream = merger('乙川市', '甲川村');
    await recorded(
      party('甲川村', 'municipality'),
      stream,
      agreed('甲川村の協定', ['甲川村', '藤沢市'], '2011-04-01'),
    );
    const pending = [idOf('乙川市の登録票')];
    expect(await bound('藤沢市', '甲川村')).toMatchObject({
      answer: 'yes',
      pending,
      paths: [{ answer: 'yes', pending }],
    });
    await register.append(stream.approve('乙川市の登録票'));
    await register.caughtUp();
    expect(await bound('藤沢市', '甲川村')).toMatchObject({ answer: 'no', pending: [] });
  });

  test('nor where nothing else is recorded of the two', async () => {
    await recorded(party('丙川村', 'municipality'), merger('丁川市', '丙川村'));
    const answer = await bound('藤沢市', '丙川村');
    expect(answer).toMatchObject({ answer: 'undetermined', pending: [idOf('丁川市の登録票')] });
    expect(codesOf(answer)).toEqual(['nothing-recorded']);
  });
});

describe('a retraction of coverage that waits for approval', () => {
  test('was not named where the coverage alone says no', async () => {
    const stream = covered('網羅した市');
    const [, coverage] = stream.events;
    stream.act('FactRetracted', { events: [coverage!.id] }, { entry: '網羅の取消' });
    await recorded(stream);
    const answer = await bound('町田市', '網羅した市');
    expect(codesOf(answer)).toEqual(['not-under-coverage']);
    expect(answer).toMatchObject({ answer: 'no', pending: [idOf('網羅の取消')] });
  });

  test('is not named where an agreement says yes whatever becomes of it', async () => {
    await recorded(agreed('網羅した市の協定', ['網羅した市', '町田市'], '2011-04-01'));
    expect(await bound('町田市', '網羅した市')).toMatchObject({ answer: 'yes', pending: [] });
  });
});

describe('an accession that waits for approval', () => {
  test('opened a no under coverage; it leaves it, and is named', async () => {
    const paper = agreed('加入を待つ協定', ['大和市', '藤沢市'], '2011-04-01');
    await recorded(covered('申請市'), paper);
    const before = await bound('藤沢市', '申請市');
    const acceded = { party: idOf('申請市') };
    await register.append(
      paper.act('PartyAcceded', acceded, { effective: '2018-04-01', entry: '申請市の加入' }),
    );
    await register.caughtUp();

    const waiting = await bound('藤沢市', '申請市');
    expect(codesOf(before)).toEqual(['not-under-coverage']);
    expect(codesOf(waiting)).toEqual(['not-under-coverage']);
    expect(waiting).toMatchObject({ answer: 'no', paths: [], pending: [idOf('申請市の加入')] });

    await register.append(paper.approve('申請市の加入'));
    await register.caughtUp();
    expect(await bound('藤沢市', '申請市')).toMatchObject({ answer: 'yes', pending: [] });
  });
});

describe('an agreement whose parties are withheld', () => {
  test('told its parties to whoever asked for them; the public is told that something is not disclosed', async () => {
    const paper = agreed('当事者を伏せた協定', ['逗子市', '横須賀市'], '2011-04-01');
    paper.act('DisclosureDecided', { disclosed: true, withheld: ['parties'], ground: '一部' });
    await recorded(paper);
    const hidden = await bound('逗子市', '横須賀市');
    expect(hidden).toMatchObject({ answer: 'undetermined', paths: [], missing: [] });
    expect(codesOf(hidden)).toEqual(['undisclosed']);
    const kept = await bound('逗子市', '横須賀市', { reader: staffOf('横浜市') });
    expect(kept).toMatchObject({ answer: 'yes', paths: [{ provider: { name: '逗子市' } }] });
  });
});

describe('nine councils, each a member of all later ones', () => {
  const nine = Array.from({ length: 9 }, (_, i) => `入れ子の会${i}`);
  const [last, before] = [nine[8]!, nine[7]!];
  const joined = (it: string) => [it, '2010-04-01'] as const;
  const tangle = nine.map((it, i) =>
    council(it, Object.fromEntries(['真鶴町', '箱根町', ...nine.slice(0, i)].map(joined))),
  );

  test('had thousands of ways built and shown; the shortest are, and that it is cut is said', async () => {
    const paper = agreed('入れ子の協定', [last, before], '2011-04-01');
    await recorded(
      party('真鶴町', 'municipality'),
      party('箱根町', 'municipality'),
      ...tangle,
      paper,
    );
    const answer = await bound('真鶴町', '箱根町');
    expect(answer).toMatchObject({ answer: 'yes', cut: true, pathsTotal: 500 });
    expect(answer.paths).toHaveLength(100);
    const steps = answer.paths.map((it) => it.chains.from.length + it.chains.to.length);
    expect(steps[0]).toBe(2);
    expect(steps).toEqual(steps.toSorted((a, b) => a - b));

    await register.append(
      paper.act('AgreementEnded', { ground: 'byAgreement' }, { effective: '2015-03-31' }),
    );
    await register.caughtUp();
    const open = await bound('真鶴町', '箱根町');
    expect(open).toMatchObject({ answer: 'undetermined', cut: true });
    expect(codesOf(open)[0]).toBe('too-many-possibilities');
  });

  test('do not hide the one paper of the two themselves', async () => {
    await recorded(agreed('町どうしの協定', ['真鶴町', '箱根町'], '2012-04-01'));
    const answer = await bound('真鶴町', '箱根町');
    expect(answer).toMatchObject({ answer: 'yes', cut: true });
    expect(answer.paths[0]).toMatchObject({ kind: 'direct', answer: 'yes' });
  });
});
