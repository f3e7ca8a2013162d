import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import type {
  FacilitiesAnswer,
  FacilityDetailAnswer,
} from '../../projections/facilities/facility.answer.js';
import type { MutualUseAnswer } from '../../projections/mutual-use/mutual-use.answer.js';
import { inOlderForm, olderLibrary } from '../facilities/list-file.js';
import {
  type Entered,
  startTestApplication,
  type TestApplication,
} from '../support/application.js';
import { libraryAgreement } from './library-agreement.js';
import { Yaizu } from './list-sender.js';

interface Warned extends Entered {
  readonly warnings: readonly { readonly code: string; readonly events: readonly string[] }[];
}

let it: TestApplication;
let yaizu: Yaizu;
let agreement: string;
let hidden: string;
const ids = new Map<string, string>();

beforeAll(async () => {
  it = await startTestApplication('http_facility_offers');
  await it.register(
    { kind: 'municipality', name: '横浜市', code: '141003', prefecture: '神奈川県' },
    it.operator,
  );
  yaizu = await Yaizu.in(it);
  await yaizu.taken(
    inOlderForm(
      olderLibrary(),
      olderLibrary({ NO: '2', 名称: '大井川図書館', 住所: '静岡県焼津市宗高909-1' }),
      olderLibrary({ NO: '3', 名称: '総合体育館', 住所: '静岡県焼津市保福島1044', 備考: '体育館' }),
      olderLibrary({ NO: '4', 名称: '山の図書館', 住所: '長野県南牧村1', 備考: '図書館' }),
    ),
    { on: '2017-02-01' },
  );
  agreement = (await libraryAgreement(it, yaizu.id, '図書館の相互利用', true)).id;
  hidden = (await libraryAgreement(it, yaizu.id, 'まだ公開しない協定', false)).id;
  const { body } = await yaizu.facilities<FacilitiesAnswer>({ on: '2017-03-01' });
  for (const { id, name } of body.facilities) ids.set(name ?? '', id);
});
afterAll(() => it.close());

const offer = (name: string, provider: string, more: object = {}) =>
  it.post<Warned>(`/api/agreements/${agreement}/facility-offers`, {
    facility: ids.get(name),
    provider,
    effective: '平成29年3月1日',
    ...more,
  });
const offered = async (name: string, provider: string) => {
  const { status, body, text } = await offer(name, provider);
  if (status !== 201) throw new Error(text);
  await it.approve({ kind: 'agreement', id: agreement }, body);
  return body;
};

describe('a facility is offered', () => {
  test('by its owner', async () => {
    expect((await offered('焼津図書館', '焼津市')).warnings.map(({ code }) => code)).toEqual([]);
  });

  test('by nobody else', async () => {
    const head = await it.head();
    const { status, code, body } = await offer('大井川図書館', '横浜市');
    expect([status, code]).toEqual([409, 'facility/not-the-owner']);
    expect(body).toMatchObject({ faults: [{ field: 'provider', code: 'facility/not-the-owner' }] });
    expect(await it.head()).toBe(head);
  });

  test('by whoever succeeded its owner, and by the owner’s organ', async () => {
    const merged = await it.enter({
      opens: 'party',
      acts: [
        { type: 'PartyRegistered', data: { kind: 'municipality', name: '駿河市' } },
        {
          type: 'PartySucceeded',
          data: { manner: 'merger', predecessors: [yaizu.id], successors: ['self'] },
        },
      ],
    });
    const board = await it.register({ kind: 'organ', name: '教育委員会', partOf: yaizu.id });
    for (const provider of [merged.id, board]) {
      const { status, text } = await offer('大井川図書館', provider);
      expect(status, text).toBe(201);
    }
  });

  test('with a warning where it is of another kind or beyond the border', async () => {
    const hall = await offered('総合体育館', '焼津市');
    expect(hall.warnings.map(({ code }) => code)).toEqual(['facility-of-another-kind']);
    expect(hall.warnings[0]?.events).toEqual(hall.events);
    const { body } = await offer('山の図書館', '焼津市');
    expect(body.warnings.map(({ code }) => code)).toEqual(['facility-beyond-border']);
  });

  test('and not made another’s by a correction', async () => {
    const { body } = await offer('大井川図書館', '焼津市', { effective: '平成30年4月1日' });
    const correction = {
      event: body.events[0],
      fields: [{ field: 'provider', new: it.operator }],
    };
    const { status, code } = await it.post(`/api/agreements/${agreement}/corrections`, correction);
    expect([status, code]).toEqual([409, 'facility/not-the-owner']);
  });
});

test('a facility’s own answer says under which agreement it is offered, from when to when', async () => {
  const withdrawal = await it.post<Entered>(`/api/agreements/${agreement}/facility-withdrawals`, {
    facility: ids.get('焼津図書館'),
    provider: '焼津市',
    effective: '令和3年4月1日',
  });
  await it.approve({ kind: 'agreement', id: agreement }, withdrawal.body);
  const path = `/api/facilities/${ids.get('焼津図書館')}?on=2017-03-01&at-least=${await it.head()}`;
  const { body } = await it.get<FacilityDetailAnswer>(path);
  expect(body.offers).toEqual([
    {
      agreement: { id: agreement, title: '図書館の相互利用', kind: 'agreement' },
      provider: expect.objectContaining({ id: yaizu.id, name: '焼津市' }) as object,
      from: '2017-03-01',
      to: '2021-04-01',
      answer: 'yes',
      pending: [],
    },
  ]);
  const secret = await it.post<Entered>(`/api/agreements/${hidden}/facility-offers`, {
    facility: ids.get('大井川図書館'),
    provider: '焼津市',
    effective: '平成29年3月1日',
  });
  await it.approve({ kind: 'agreement', id: hidden }, secret.body);
  const offersTo = async (as: 'public' | 'counter') => {
    const query = `on=2017-03-01&at-least=${await it.head()}`;
    const answer = await it.get<FacilityDetailAnswer>(
      `/api/facilities/${ids.get('大井川図書館')}?${query}`,
      { as },
    );
    return answer.body.offers.map((one) => one.agreement.id);
  };
  expect(await offersTo('public')).not.toContain(hidden);
  expect(await offersTo('counter')).toContain(hidden);
});

describe('a stated count stands beside the list’s own', () => {
  test('in the answer on mutual use: what is offered, less what is stated', async () => {
    const { body } = await it.get<MutualUseAnswer>(
      `/api/mutual-use?with=横浜市&field=図書館&on=2017-03-01&at-least=${await it.head()}`,
    );
    const row = body.rows.find((one) => one.agreement.id === agreement);
    expect(row?.facilities).toMatchObject({ count: 13, listed: 2, difference: -11 });
    const theirs = await it.get<MutualUseAnswer>(
      `/api/mutual-use?with=焼津市&field=図書館&on=2017-03-01`,
    );
    expect(theirs.body.rows[0]?.facilities).toMatchObject({
      count: null,
      listed: 0,
      difference: null,
    });
  });

  test('in the answer on facilities: what is on the list, less what is stated', async () => {
    const count = { of: yaizu.id, count: 5, field: '図書館' };
    const { body: counted } = await it.post<Entered>(
      `/api/agreements/${agreement}/facility-counts`,
      count,
    );
    await it.approve({ kind: 'agreement', id: agreement }, counted);
    const { body } = await yaizu.facilities<FacilitiesAnswer>({ on: '2017-03-01' });
    const told = body.counts.map(({ agreement: { id }, field, stated, listed, difference }) => ({
      id,
      field,
      stated,
      listed,
      difference,
    }));
    expect(told).toHaveLength(2);
    expect(told).toEqual(
      expect.arrayContaining([
        { id: agreement, field: null, stated: 13, listed: 4, difference: -9 },
        { id: agreement, field: '図書館', stated: 5, listed: 3, difference: -2 },
      ]),
    );
  });

  test('where nothing is presumed its count is that of the facilities one by one', async () => {
    const path = `/api/facilities?owner=${yaizu.id}&on=2017-03-01&presume=none`;
    const { body } = await it.get<FacilitiesAnswer>(path);
    const count = body.counts.find((one) => one.field === null);
    expect(body.total).toEqual({ certain: 0, possible: 4 });
    expect(count).toMatchObject({ stated: 13, listed: 0, listedPossible: 4, difference: -13 });
  });

  test('and what an undisclosed agreement states is told to its keeper alone', async () => {
    const query = `owner=${yaizu.id}&on=2017-03-01`;
    const agreements = async (as: 'public' | 'counter') =>
      (await it.get<FacilitiesAnswer>(`/api/facilities?${query}`, { as })).body.counts.map(
        (one) => one.agreement.id,
      );
    expect(await agreements('public')).not.toContain(hidden);
    expect(await agreements('counter')).toContain(hidden);
  });

  test('where no list is on record there is nothing to compare', async () => {
    const { body } = await it.get<FacilitiesAnswer>('/api/facilities?owner=横浜市&on=2017-03-01');
    expect(body.facilities).toEqual([]);
    expect(body.counts).toEqual([]);
  });
});
