import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { idOf, StreamBuilder } from '../support/event-builder.js';
import { agreed, council, field } from './support/agreed.js';
import { codesOf, Counter, type Asking } from './support/asking.js';
import { ReadSide } from './support/read-side.js';
import { municipalities } from './support/sources.js';

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
