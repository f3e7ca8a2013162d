import { afterAll, beforeAll, expect, test } from 'vitest';

import { asking } from '../counter/asking.js';
import {
  type Entered,
  startTestApplication,
  type TestApplication,
} from '../support/application.js';
import { refusal, type Refused } from './refusal.js';

let app: TestApplication;
let kawasaki: string;
let library: string;

beforeAll(async () => {
  app = await startTestApplication('http_counter');
  await app.register({ kind: 'municipality', name: '横浜市', code: '141003' }, app.operator);
  kawasaki = await app.register({ kind: 'municipality', name: '川崎市', code: '141305' });
  await app.register({ kind: 'municipality', name: '府中市', code: '132063' });
  await app.register({ kind: 'municipality', name: '府中市', code: '342084' });
  library = await agreement('図書館', true);
});
afterAll(() => app.close());

async function agreement(field: string, disclosed: boolean): Promise<string> {
  const entered = await app.enter({
    opens: 'agreement',
    acts: [
      {
        type: 'AgreementRegistered',
        acted: '平成29年2月20日',
        data: {
          keeper: app.operator,
          title: `${field}の相互利用に関する協定`,
          kind: 'agreement',
          fields: [field],
          parties: [{ party: app.operator }, { party: kawasaki }],
        },
      },
      {
        type: 'TopologyStated',
        acted: '平成29年2月20日',
        data: { shape: 'mesh', rest: 'notBound' },
      },
      { type: 'ServiceStarted', effective: '平成29年3月1日', data: {} },
      {
        type: 'TermsOfUseSet',
        acted: '平成29年2月20日',
        data: {
          provider: kawasaki,
          clause: '第3条',
          eligibility: [{ basis: 'resident', service: '貸出', condition: '事前の利用登録' }],
          bring: ['住所の分かるもの'],
          limits: ['10点まで'],
        },
      },
      {
        type: 'ContactStated',
        data: { body: kawasaki, office: '=中央図書館', telephone: '044-000-0000' },
      },
      { type: 'DisclosureDecided', data: { disclosed, ground: '試験' } },
    ],
  });
  await app.approve({ kind: 'agreement', id: entered.id }, entered);
  return entered.id;
}

test('anybody may ask, and is told the clause, what to bring, the limits and whom to ring', async () => {
  const { partners, word } = await asking(app, { lives: '141003', purpose: '1512', on: 'H29.3.1' });
  expect(word).toBe('条件つき');
  expect(partners).toMatchObject([
    {
      partner: { name: '川崎市' },
      sentence: '横浜市にお住まいの方は、川崎市の図書館を条件つきで使えます(事前の利用登録)。',
      bases: [
        {
          agreement: { id: library },
          clause: '第3条',
          bring: { recorded: true, items: ['住所の分かるもの'], word: '住所の分かるもの' },
          limits: { items: ['10点まで'] },
          exclusions: { recorded: false, word: '記録なし、要問合せ' },
          contact: { office: '=中央図書館', telephone: '044-000-0000' },
        },
      ],
    },
  ]);
});

test('as a table, each line carries the day and number, and no cell starts a formula', async () => {
  await asking(app, { lives: '横浜市', purpose: '図書館', on: '2017-03-01' });
  const query = new URLSearchParams({ lives: '横浜市', purpose: '図書館', on: '2017-03-01' });
  const answer = await app.get(`/api/counter?${query.toString()}`, {
    headers: { accept: 'text/csv' },
  });
  expect(answer.headers.get('content-type')).toContain('text/csv');
  const [header, kawasakis, others, ...rest] = answer.text.slice(1).trimEnd().split('\r\n');
  expect(rest).toEqual([]);
  const cells = (line: string | undefined) => line?.split(',') ?? [];
  expect(new Set([header, kawasakis, others].map((it) => cells(it).length))).toEqual(new Set([28]));
  expect(cells(kawasakis).slice(0, 1)).toEqual(['2017-03-01']);
  expect(cells(kawasakis).slice(3, 7)).toEqual(['図書館', '川崎市', '141305', '条件つき']);
  expect(kawasakis).toContain("'=中央図書館");
  expect(cells(others).slice(4, 7)).toEqual(['ここにない団体', '', '確認が必要']);
});

test.each([
  ['purpose=図書館', 422, 'counter/nobody', 'lives'],
  ['lives=横浜市', 422, 'request/malformed', 'purpose'],
  ['lives=横浜市&purpose=魔法', 422, 'purpose/unknown', 'purpose'],
  ['lives=横浜市&purpose=101', 422, 'purpose/no-field', 'purpose'],
  ['lives=府中市&purpose=図書館', 422, 'party/ambiguous', 'lives'],
  ['works=幻市&purpose=図書館', 404, 'party/unknown', 'works'],
  ['studies=府中市&purpose=図書館', 422, 'party/ambiguous', 'studies'],
  ['lives=横浜市&partner=幻市&purpose=図書館', 404, 'party/unknown', 'partner'],
  ['lives=横浜市&purpose=図書館&on=2017-02-30', 422, 'date/impossible', 'on'],
  ['lives=横浜市&purpose=図書館&on=平成29年2月', 422, 'on/not-a-day', 'on'],
  ['lives=横浜市&purpose=図書館&known=9999', 422, 'known/beyond', 'known'],
  ['lives=横浜市&purpose=図書館&limit=0', 422, 'page/limit', 'limit'],
  ['lives=横浜市&purpose=図書館&after=x', 422, 'request/malformed', 'after'],
  ['lives=横浜市&lives=川崎市&purpose=図書館', 422, 'request/malformed', 'lives'],
])('%s is refused', async (query, status, code, field) => {
  const answer = await app.get<Refused>(`/api/counter?${encodeURI(query)}`);
  expect(refusal(answer).slice(0, 3)).toEqual([status, code, field]);
});

test('an ambiguous name is asked back with its candidates', async () => {
  const answer = await app.get<Refused>(`/api/counter?${encodeURI('lives=府中市&purpose=図書館')}`);
  expect(answer.text).toContain('コード132063');
  expect(answer.text).toContain('コード342084');
});

test('an undisclosed agreement that decides is 確認が必要 to the public, and known to its staff', async () => {
  await agreement('保育', false);
  const stream = { kind: 'party', id: app.operator };
  const data = { field: '保育', days: { edtf: '[..2017-12-31]' } };
  await app.approve(stream, await app.enter({ stream, acts: [{ type: 'CoverageStated', data }] }));

  const asks = { lives: '横浜市', purpose: '保育', on: '2017-04-01' };
  const open = await asking(app, { ...asks, partner: '川崎市' });
  expect(open.partners).toMatchObject([
    {
      word: '確認が必要',
      reasons: [{ code: 'undisclosed' }],
      bases: [],
      ask: { party: { name: '川崎市' } },
    },
  ]);
  const listed = await asking(app, asks);
  expect(listed.partners).toEqual([]);
  expect(listed.others).toMatchObject({
    word: '確認が必要',
    reasons: [{ code: 'undisclosed' }],
    ask: { party: { name: '横浜市' } },
  });
  const staff = await asking(app, { ...asks, partner: '川崎市' }, 'counter');
  expect(staff.partners[0]?.word).toBe('条件つき');
});

test("a body's own rules are its own word: its own registrar states them, its own approver approves", async () => {
  const registrar = await app.person('kawasaki-registrar', 'registrar', kawasaki);
  const approver = await app.person('kawasaki-approver', 'approver', kawasaki);
  const path = `/api/parties/${kawasaki}/terms-of-use`;
  const rules = {
    field: '図書館',
    rule: '川崎市立図書館規則',
    eligibility: [{ basis: 'worker' }],
    effective: '2015-04-01',
  };
  const strange = await app.person(
    'fuchu-registrar',
    'registrar',
    await app.register({ kind: 'municipality', name: '調布市', code: '132080' }),
  );
  const refused = await app.post(path, rules, { as: { token: strange.token } });
  expect(refused.status).toBe(403);
  const entered = await app.post<Entered>(path, rules, { as: { token: registrar.token } });
  expect([entered.status, entered.text]).toEqual([201, expect.any(String)]);
  const worker = { works: '川崎市', partner: '川崎市', purpose: '図書館', on: '2018-04-01' };
  expect((await asking(app, worker)).partners).toMatchObject([
    { word: '確認が必要', reasons: [{ code: 'pending' }, { code: 'nothing-recorded' }] },
  ]);
  await app.approve({ kind: 'party', id: kawasaki }, entered.body, {
    as: { token: approver.token },
  });
  expect((await asking(app, worker)).partners).toMatchObject([
    { word: '使えます', bases: [{ kind: 'ownRules', rule: '川崎市立図書館規則' }] },
  ]);
});

test('a long answer comes in pages, each partner once, and its totals are of all', async () => {
  const partners: string[] = [];
  for (const name of ['一の市', '二の市', '三の市']) {
    partners.push(await app.register({ kind: 'municipality', name }));
  }
  const entered = await app.enter({
    opens: 'agreement',
    acts: [
      {
        type: 'AgreementRegistered',
        acted: '平成29年2月20日',
        data: {
          keeper: app.operator,
          title: '保育の相互利用に関する協定',
          kind: 'agreement',
          fields: ['保育'],
          parties: [{ party: app.operator }, ...partners.map((party) => ({ party }))],
        },
      },
      { type: 'TopologyStated', data: { shape: 'mesh', rest: 'notBound' } },
      { type: 'ServiceStarted', effective: '平成29年3月1日', data: {} },
      { type: 'DisclosureDecided', data: { disclosed: true, ground: '試験' } },
    ],
  });
  await app.approve({ kind: 'agreement', id: entered.id }, entered);
  const question = { lives: '141003', purpose: '保育', on: '2018-04-03' };
  const whole = await asking(app, question);
  expect([whole.partners.length, whole.next]).toEqual([3, undefined]);
  const first = await asking(app, { ...question, limit: '2' });
  const second = await asking(app, { ...question, limit: '2', after: first.next ?? '' });
  expect([first.partners.length, first.next, second.next]).toEqual([
    2,
    first.partners[1]?.partner.id,
    undefined,
  ]);
  expect([...first.partners, ...second.partners]).toEqual(whole.partners);
  expect([first.total, second.total]).toEqual([whole.total, whole.total]);
});
