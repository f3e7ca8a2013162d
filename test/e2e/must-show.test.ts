import { CommandBus } from '@nestjs/cqrs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { loadSources } from '../../src/sources/load-sources.js';
import { loadersOf } from '../../src/sources/loaders.js';
import { readSources } from '../../src/sources/source-files.js';
import { startTestApplication, type TestApplication } from '../support/application.js';

interface Dated {
  readonly edtf?: string;
  readonly text?: string;
  readonly wareki?: string;
}
interface Row {
  readonly partner: { readonly id: string; readonly name: string; readonly code: string };
  readonly agreement: { readonly id: string };
  readonly answer: string;
  readonly signed: Dated | null;
  readonly serviceStart: Dated | null;
  readonly facilities: { readonly count: number };
  readonly reasons: readonly { readonly code: string }[];
  readonly presumed: readonly string[];
}
interface MutualUse {
  readonly on: string;
  readonly known: { readonly n: number; readonly at: string };
  readonly total: { readonly certain: number; readonly possible: number };
  readonly rows: readonly Row[];
}
interface Bound {
  readonly answer: string;
  readonly reasons: readonly { readonly code: string }[];
  readonly presumed: readonly string[];
  readonly paths: readonly {
    readonly kind: string;
    readonly through?: { readonly name: string };
  }[];
  readonly missing: readonly {
    readonly type: string;
    readonly field?: string;
    readonly reason: string;
  }[];
}

let app: TestApplication;

beforeAll(async () => {
  app = await startTestApplication('must_show');
  const { store, names } = app.surroundings;
  const loaders = (await loadersOf(store, names))!;
  await loadSources(app.server.get(CommandBus), readSources(), loaders);
});
afterAll(() => app.close());

async function libraries(on: string, known?: string | number): Promise<MutualUse> {
  const query = new URLSearchParams({ with: '横浜市', field: '図書館', on });
  if (known === undefined) query.set('at-least', String(await app.head()));
  else query.set('known', String(known));
  const answer = await app.get<MutualUse>(`/api/mutual-use?${query.toString()}`);
  expect(answer.status, answer.text).toBe(200);
  return answer.body;
}

async function bound(from: string, to: string, on: string, presume?: string): Promise<Bound> {
  const query = new URLSearchParams({ from, to, field: '災害時相互応援', on });
  if (presume !== undefined) query.set('presume', presume);
  query.set('at-least', String(await app.head()));
  const answer = await app.get<Bound>(`/api/bound?${query.toString()}`);
  expect(answer.status, answer.text).toBe(200);
  return answer.body;
}

const codes = (reasons: readonly { readonly code: string }[]) => reasons.map((it) => it.code);

describe('図書館の相互利用 with 横浜市', () => {
  test("the source's table comes back row for row, as 和暦 and ISO", async () => {
    const { rows } = await libraries('2018-04-03');
    const table = rows
      .map(({ partner, signed, serviceStart, facilities }) => [
        partner.name,
        signed?.wareki,
        signed?.edtf,
        serviceStart?.wareki,
        serviceStart?.edtf,
        facilities.count,
      ])
      .sort((a, b) => String(a[0]).localeCompare(String(b[0]), 'ja'));
    const expected = [
      ['藤沢市', '平成29年2月7日', '2017-02-07', '平成29年3月1日', '2017-03-01', 4],
      ['川崎市', '平成29年2月20日', '2017-02-20', '平成29年3月1日', '2017-03-01', 13],
      ['鎌倉市', '平成29年2月20日', '2017-02-20', '平成29年3月1日', '2017-03-01', 5],
      ['大和市', '平成29年2月20日', '2017-02-20', '平成29年3月1日', '2017-03-01', 4],
      ['横須賀市', '平成29年3月27日', '2017-03-27', '平成30年4月3日', '2018-04-03', 14],
    ].sort((a, b) => String(a[0]).localeCompare(String(b[0]), 'ja'));
    expect(table).toEqual(expected);
  });

  test.each([
    ['2017-02-28', 0],
    ['2017-03-01', 4],
    ['2018-04-02', 4],
    ['2018-04-03', 5],
    ['平成30年4月3日', 5],
  ])('on %s, %i cities', async (on, certain) => {
    const { total, rows } = await libraries(on);
    expect(total).toEqual({ certain, possible: certain });
    expect(rows).toHaveLength(5);
  });
});

test('the odd year between 横須賀市’s signing and start is stated, and flagged', async () => {
  const { rows } = await libraries('2018-04-03');
  const warningsOf = async (city: string) => {
    const row = rows.find((it) => it.partner.name === city)!;
    const { body } = await app.get<{ readonly warnings: readonly { readonly code: string }[] }>(
      `/api/agreements/${row.agreement.id}`,
    );
    return codes(body.warnings);
  };
  expect(await warningsOf('横須賀市')).toEqual(['service-long-after-signing']);
  expect(await warningsOf('藤沢市')).toEqual([]);
});

describe('災害時相互応援', () => {
  test.each([
    ['2011-10-31', 'no'],
    ['2011-11-15', 'undetermined'],
    ['2011-11-30', 'yes'],
    ['2011-12-01', 'yes'],
  ])('鎌倉市 is bound to 横浜市 on %s: %s', async (on, answer) => {
    expect((await bound('鎌倉市', '横浜市', on)).answer).toBe(answer);
  });

  test('the yes rests on effect on conclusion and on continuing', async () => {
    const { presumed } = await bound('鎌倉市', '横浜市', '2011-12-01');
    expect(presumed).toEqual(expect.arrayContaining(['effect-on-conclusion', 'continues']));
  });

  test('with nothing presumed the same question is undetermined', async () => {
    expect((await bound('鎌倉市', '横浜市', '2011-12-01', 'none')).answer).toBe('undetermined');
  });

  test('nobody can tell whether 逗子市 owes 鎌倉市 anything', async () => {
    const { answer, reasons } = await bound('逗子市', '鎌倉市', '2020-01-01');
    expect(answer).toBe('undetermined');
    expect(codes(reasons)).toContain('topology-unknown');
  });

  test('川崎市 is bound to 横浜市 through 九都県市, as reported', async () => {
    const { answer, presumed, paths } = await bound('川崎市', '横浜市', '2020-10-01');
    expect(answer).toBe('yes');
    expect(presumed).toContain('as-reported');
    expect(paths).toEqual([
      expect.objectContaining({
        kind: 'membership',
        through: expect.objectContaining({ name: '九都県市' }) as object,
      }),
    ]);
  });

  test('before the report the dates that are missing are named', async () => {
    const { answer, missing } = await bound('川崎市', '横浜市', '2011-12-01');
    expect(answer).toBe('undetermined');
    expect(missing.map((it) => it.type)).toEqual(
      expect.arrayContaining(['AgreementRegistered', 'BoundThroughStated', 'MemberJoined']),
    );
  });

  test('横須賀市 is bound from a day of its own', async () => {
    expect((await bound('横須賀市', '横浜市', '2012-02-29')).answer).toBe('no');
    expect((await bound('横須賀市', '横浜市', '2012-03-15')).answer).toBe('undetermined');
    expect((await bound('横須賀市', '横浜市', '2012-03-31')).answer).toBe('yes');
  });
});

describe('a signing date corrected, disputed, amended', () => {
  const stream = (id: string) => ({ kind: 'agreement', id });
  let fujisawa: Row;
  let registered: string;

  beforeAll(async () => {
    fujisawa = (await libraries('2018-04-03')).rows.find((it) => it.partner.name === '藤沢市')!;
    const detail = await app.get<{
      readonly events: readonly { readonly id: string; readonly type: string }[];
    }>(`/api/agreements/${fujisawa.agreement.id}`, { as: 'registrar' });
    registered = detail.body.events.find((it) => it.type === 'AgreementRegistered')!.id;
  });

  const signed = async (on: string, known?: number) =>
    (await libraries(on, known)).rows.find((it) => it.partner.name === '藤沢市')?.signed?.edtf;

  test('before its approval the old value stands on every day, after it the new; retracted, the old comes back', async () => {
    const { id } = fujisawa.agreement;
    const correction = await app.enter({
      stream: stream(id),
      reason: '原本を確認した',
      acts: [
        {
          type: 'FactCorrected',
          data: { event: registered, fields: [{ field: 'acted', new: '平成29年2月8日' }] },
        },
      ],
    });
    const before = await app.head();
    for (const on of ['2010-01-01', '2017-02-07', '2026-01-01']) {
      expect(await signed(on, before)).toBe('2017-02-07');
    }
    await app.approve(stream(id), correction);
    const after = await app.head();
    for (const on of ['2010-01-01', '2017-02-07', '2026-01-01']) {
      expect(await signed(on)).toBe('2017-02-08');
      expect(await signed(on, before)).toBe('2017-02-07');
    }

    const retraction = await app.enter({
      stream: stream(id),
      acts: [{ type: 'FactRetracted', data: { events: correction.events } }],
    });
    expect(await signed('2018-01-01')).toBe('2017-02-08');
    await app.approve(stream(id), retraction);
    expect(await signed('2018-01-01')).toBe('2017-02-07');
    expect(await signed('2018-01-01', after)).toBe('2017-02-08');
    expect(await signed('2018-01-01', before)).toBe('2017-02-07');
  });

  test('a dispute makes the days in doubt undetermined until it is settled', async () => {
    const { id } = fujisawa.agreement;
    const detail = await app.get<{
      readonly events: readonly { readonly id: string; readonly type: string }[];
    }>(`/api/agreements/${id}`, { as: 'registrar' });
    const start = detail.body.events.find((it) => it.type === 'ServiceStarted')!.id;
    const answerOn = async (on: string) =>
      (await libraries(on)).rows.find((it) => it.partner.name === '藤沢市')!;

    const dispute = await app.post<{ readonly events: readonly string[] }>('/api/disputes', {
      stream: stream(id),
      body: app.operator,
      event: start,
      fields: [{ field: 'effective', value: '平成29年4月1日' }],
    });
    expect(dispute.status, dispute.text).toBe(201);
    const doubted = await answerOn('2017-03-15');
    expect(doubted.answer).toBe('undetermined');
    expect(codes(doubted.reasons)).toContain('disputed');
    expect((await answerOn('2017-04-01')).answer).toBe('yes');
    expect((await answerOn('2017-02-28')).answer).toBe('no');

    const settled = await app.enter({
      stream: stream(id),
      acts: [{ type: 'DisputeSettled', data: { dispute: dispute.body.events[0] } }],
    });
    expect((await answerOn('2017-03-15')).answer).toBe('undetermined');
    await app.approve(stream(id), settled);
    expect((await answerOn('2017-03-15')).answer).toBe('yes');
  });

  test('an amendment changes only the days from its effect on', async () => {
    const { id } = fujisawa.agreement;
    const amended = await app.enter({
      stream: stream(id),
      acts: [
        {
          type: 'AgreementAmended',
          acted: '令和2年3月1日',
          effective: '令和2年4月1日',
          data: { summary: '題名を改める', title: '図書館等の相互利用に関する協定' },
        },
      ],
    });
    await app.approve(stream(id), amended);
    const title = async (on: string) => {
      const query = `on=${on}&at-least=${await app.head()}`;
      const { body } = await app.get<{ readonly agreement: { readonly title: string } }>(
        `/api/agreements/${id}?${query}`,
      );
      return body.agreement.title;
    };
    expect(await title('2020-03-31')).toBe('図書館の相互利用に関する協定');
    expect(await title('2020-04-01')).toBe('図書館等の相互利用に関する協定');
  });
});
