import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

import { CommandBus } from '@nestjs/cqrs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { loadSources } from '../../src/sources/load-sources.js';
import { loadersOf } from '../../src/sources/loaders.js';
import { readSources, sourcesFolder } from '../../src/sources/source-files.js';
import { startTestApplication, type TestApplication } from '../support/application.js';
import { asking, type Asks, type Row } from './asking.js';

let app: TestApplication;

beforeAll(async () => {
  app = await startTestApplication('counter_sources');
  const { store, names } = app.surroundings;
  const loaders = (await loadersOf(store, names))!;
  await loadSources(app.server.get(CommandBus), readSources(), loaders);
});
afterAll(() => app.close());

const ask = (question: Asks) => asking(app, question);

interface Question {
  readonly asks: Asks & { readonly partner: string };
  readonly document: string;
  /** The line of the document that decides it. */
  readonly line: string;
  readonly told: {
    readonly word: string;
    readonly why: string;
    readonly signed?: string | null;
    readonly start?: string | null;
    readonly count?: number | null;
    readonly next?: readonly [on: string, word: string] | null;
  };
}

const fujisawa = '藤沢市 平成 29 年 2 月 7 日 平成 29 年 3 月 1 日 4';
const kawasaki = '川崎市 平成 29 年 2 月 20 日 平成 29 年 3 月 1 日 13';
const yokosuka = '横須賀市 平成 29 年 3 月 27 日 平成 30 年 4 月 3 日 14';
const heading = '図書館の相互利用に関する協定<5 市>';
const library = { purpose: '図書館', on: '2020-09-01' };
const ofYokohama = { lives: '横浜市', ...library };

const questions: readonly Question[] = [
  {
    asks: { ...ofYokohama, partner: '藤沢市' },
    document: '001',
    line: fujisawa,
    told: {
      word: '使えます',
      why: 'service-started',
      signed: '平成29年2月7日',
      start: '平成29年3月1日',
      count: 4,
      next: null,
    },
  },
  {
    asks: { ...ofYokohama, partner: '川崎市' },
    document: '001',
    line: kawasaki,
    told: {
      word: '使えます',
      why: 'service-started',
      signed: '平成29年2月20日',
      start: '平成29年3月1日',
      count: 13,
    },
  },
  {
    asks: { ...ofYokohama, partner: '鎌倉市' },
    document: '001',
    line: '鎌倉市 平成 29 年 2 月 20 日 平成 29 年 3 月 1 日 5',
    told: {
      word: '使えます',
      why: 'service-started',
      signed: '平成29年2月20日',
      start: '平成29年3月1日',
      count: 5,
    },
  },
  {
    asks: { ...ofYokohama, partner: '大和市' },
    document: '001',
    line: '大和市 平成 29 年 2 月 20 日 平成 29 年 3 月 1 日 4',
    told: {
      word: '使えます',
      why: 'service-started',
      signed: '平成29年2月20日',
      start: '平成29年3月1日',
      count: 4,
    },
  },
  {
    asks: { ...ofYokohama, partner: '横須賀市' },
    document: '001',
    line: yokosuka,
    told: {
      word: '使えます',
      why: 'service-started',
      signed: '平成29年3月27日',
      start: '平成30年4月3日',
      count: 14,
    },
  },
  {
    asks: { ...ofYokohama, partner: '横須賀市', on: '平成30年4月2日' },
    document: '001',
    line: yokosuka,
    told: {
      word: '使えません',
      why: 'service-not-begun',
      start: '平成30年4月3日',
      next: ['2018-04-03', '使えます'],
    },
  },
  {
    asks: { ...ofYokohama, partner: '藤沢市', on: '2017-02-28' },
    document: '001',
    line: fujisawa,
    told: { word: '使えません', why: 'service-not-begun', next: ['2017-03-01', '使えます'] },
  },
  {
    asks: { ...ofYokohama, partner: '藤沢市', on: '2017-02-06' },
    document: '001',
    line: fujisawa,
    told: { word: '使えません', why: 'not-begun', next: ['2017-03-01', '使えます'] },
  },
  {
    asks: { ...library, lives: '藤沢市', partner: '横浜市' },
    document: '001',
    line: heading,
    told: { word: '使えます', why: 'service-started', signed: '平成29年2月7日', count: null },
  },
  {
    asks: { ...library, lives: '藤沢市', partner: '川崎市' },
    document: '001',
    line: heading,
    told: { word: '確認が必要', why: 'nothing-recorded' },
  },
  {
    asks: { ...library, lives: '逗子市', partner: '横浜市' },
    document: '001',
    line: heading,
    told: { word: '確認が必要', why: 'nothing-recorded' },
  },
  {
    asks: { ...library, lives: '鶴見区', partner: '鎌倉市' },
    document: '001',
    line: '横浜市鶴見区と川崎市川崎区・幸区との防災や防犯等に関する包括連携協定',
    told: { word: '使えます', why: 'part-of', count: 5 },
  },
  {
    asks: { ...library, works: '横浜市', partner: '藤沢市' },
    document: '001',
    line: heading,
    told: { word: '使えません', why: 'not-eligible' },
  },
  {
    asks: { ...library, lives: '逗子市', works: '横浜市', partner: '藤沢市' },
    document: '001',
    line: heading,
    told: { word: '確認が必要', why: 'nothing-recorded' },
  },
  {
    asks: { ...library, lives: '町田市', partner: '相模原市' },
    document: '000',
    line: '施設の相互利用（図書館、市内宿泊施設、高齢者福祉センター等）',
    told: { word: '確認が必要', why: 'service-not-recorded', signed: null, start: null },
  },
  {
    asks: { lives: '川崎市', purpose: '1402', on: '2018-07-09', partner: '横浜市' },
    document: '000',
    line: '２ 川崎認定保育園・横浜保育室の相互利用',
    told: { word: '確認が必要', why: 'service-not-recorded' },
  },
  {
    asks: { lives: '横浜市', purpose: '防災', on: '2016-01-01', partner: '川崎区' },
    document: '001',
    line: '横浜市鶴見区と川崎市川崎区・幸区との防災や防犯等に関する包括連携協定 （平成 27 年 11 月締結）',
    told: { word: '確認が必要', why: 'part-only' },
  },
  {
    asks: { lives: '鎌倉市', purpose: '公共施設相互利用', on: '2020-09-01', partner: '横浜市' },
    document: '001',
    line: heading,
    told: { word: '確認が必要', why: 'nothing-recorded' },
  },
];

const told = (it: Row) => ({
  signed: it.bases[0]?.signed?.wareki ?? null,
  start: it.bases[0]?.serviceStart?.wareki ?? null,
  count: it.bases[0]?.facilities.count ?? null,
  next: it.bases[0]?.nextChange ? [it.bases[0].nextChange.on, it.bases[0].nextChange.word] : null,
});

describe('the counter, by the lines of the documents', () => {
  test.each(questions)('$asks.partner for $asks: $told.word', async ({ asks, told: expected }) => {
    const { partners } = await ask(asks);
    const [row] = partners;
    expect(partners).toHaveLength(1);
    expect([row?.partner.name, row?.word]).toEqual([asks.partner, expected.word]);
    const { word: _, why, ...rest } = expected;
    expect(row?.reasons.map((it) => it.code)).toContain(why);
    expect(told(row!)).toMatchObject(rest);
  });

  test.each(questions)('the line of $asks.partner stands in $document', ({ document, line }) => {
    const folder = join(sourcesFolder(), 'documents');
    const file = readdirSync(folder).find((it) => it.startsWith(`${document}_`))!;
    expect(plain(readFileSync(join(folder, file), 'utf8'))).toContain(plain(line));
  });
});

/** Without blanks and the marks of a table, which the documents' text keeps between the cells. */
function plain(text: string): string {
  return text.replaceAll(/[\s|]/g, '');
}

describe('窓口 with a resident of 横浜市', () => {
  test('lists the five cities, and says what is not recorded', async () => {
    const { total, partners, others } = await ask(ofYokohama);
    expect(total).toEqual({ certain: 5, possible: 5 });
    expect(partners.map((it) => it.partner.name)).toEqual([
      '川崎市',
      '横須賀市',
      '鎌倉市',
      '藤沢市',
      '大和市',
    ]);
    for (const { bases, sentence } of partners) {
      const [basis] = bases;
      expect(sentence).toContain('持ち物・制限・電話番号は記録なし、要問合せ');
      expect(basis?.bring).toEqual({ recorded: false, items: [], word: '記録なし、要問合せ' });
      expect(basis?.presumed).toContain('residents');
      expect(basis?.facilities.claims[0]).toMatchObject({
        heading: '利用可能な施設数',
        source: { document: '001 新たな広域連携促進事業 提案書' },
      });
    }
    expect(others).toMatchObject({ word: '確認が必要', reasons: [{ code: 'nothing-recorded' }] });
  });

  test('with known before a fact counted: the older answer', async () => {
    const { partners } = await ask({ ...ofYokohama, partner: '横須賀市' });
    const agreement = partners[0]!.bases[0]!.agreement!.id;
    const [entered, approved] = await numbersOf(agreement);
    const at = async (n: number) => {
      const question = { ...ofYokohama, partner: '横須賀市', known: String(n) };
      const [row] = (await ask(question)).partners;
      return [row?.word, row?.reasons[0]?.code, row?.bases.length];
    };
    expect(await at(entered - 1)).toEqual(['確認が必要', 'nothing-recorded', 0]);
    expect(await at(approved - 1)).toEqual(['確認が必要', 'pending', 1]);
    expect(await at(approved)).toEqual(['使えます', 'bound', 1]);
  });
});

/** The numbers of an agreement's first event and of its first approval. */
async function numbersOf(agreement: string): Promise<readonly [number, number]> {
  let first: number | undefined;
  for await (const { n, stream, type } of app.surroundings.store.readAll(null)) {
    if (!stream.endsWith(agreement)) continue;
    first ??= n;
    if (type === 'EntryApproved') return [first, n];
  }
  throw new Error('not approved');
}

describe('窓口 with a resident of 逗子市', () => {
  test('is told to ask: the five are not hers', async () => {
    const answer = await ask({ ...library, lives: '逗子市' });
    expect(answer.word).toBe('確認が必要');
    expect(answer.partners).toEqual([]);
    expect(answer.others).toMatchObject({
      word: '確認が必要',
      reasons: [{ code: 'nothing-recorded' }],
      ask: { party: { name: '逗子市' } },
    });
  });

  test("is told 使えません once 横浜市's list is stated complete, with that reason", async () => {
    const before = await app.head();
    const stream = { kind: 'party', id: app.operator };
    const data = { field: '図書館', days: { edtf: '[..2020-09-01]' } };
    const stated = await app.enter({ stream, acts: [{ type: 'CoverageStated', data }] });
    await app.approve(stream, stated);

    const asked = { ...library, lives: '逗子市' };
    expect((await ask(asked)).partners).toMatchObject([
      {
        partner: { name: '横浜市' },
        word: '使えません',
        reasons: [{ code: 'not-under-coverage', events: stated.events }],
      },
    ]);
    const alone = await ask({ ...asked, partner: '横浜市' });
    expect([alone.word, alone.partners[0]?.word]).toEqual(['使えません', '使えません']);
    const later = await ask({ ...asked, partner: '横浜市', on: '2020-09-02' });
    expect(later.partners[0]?.word).toBe('確認が必要');
    const known = await ask({ ...asked, partner: '横浜市', known: String(before) });
    expect(known.partners[0]?.word).toBe('確認が必要');
    const zushi = await ask({ ...ofYokohama, partner: '逗子市' });
    expect(zushi.partners[0]?.word).toBe('使えません');
  });
});
