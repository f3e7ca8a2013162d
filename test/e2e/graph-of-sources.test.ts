import { CommandBus } from '@nestjs/cqrs';
import { parse as parseGexf } from 'graphology-gexf';
import { parse as parseGraphml } from 'graphology-graphml';
import { UndirectedGraph } from 'graphology';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { loadSources } from '../../src/sources/load-sources.js';
import { loadersOf } from '../../src/sources/loaders.js';
import { readSources } from '../../src/sources/source-files.js';
import { startTestApplication, type TestApplication } from '../support/application.js';

interface Row {
  readonly agreement: { readonly title: string };
  readonly answer: string;
  readonly state: string;
  readonly as: readonly {
    readonly carrier: { readonly name: string };
    readonly through: readonly { readonly kind: string }[];
  }[];
  readonly others: readonly { readonly name: string }[];
}

let app: TestApplication;

beforeAll(async () => {
  app = await startTestApplication('graph_of_sources');
  const { store, names } = app.surroundings;
  const loaders = (await loadersOf(store, names))!;
  await loadSources(app.server.get(CommandBus), readSources(), loaders);
  await app.get(`/api/parties?at-least=${await app.head()}`);
});
afterAll(() => app.close());

async function ask<B>(path: string, asked: Readonly<Record<string, string>> = {}): Promise<B> {
  const answer = await app.get<B>(`/api/graph/${path}?${new URLSearchParams(asked).toString()}`);
  expect(answer.status, answer.text).toBe(200);
  return answer.body;
}

test('町田市 stands in fifteen things with 相模原市, in one through its 選挙管理委員会', async () => {
  const { agreements } = await ask<{ agreements: readonly Row[] }>('neighbourhood', {
    of: '町田市',
    on: '2018-07-09',
    limit: '200',
  });
  const together = agreements.filter((it) =>
    it.others.some(({ name }) => name?.startsWith('相模原市')),
  );
  expect(together).toHaveLength(15);
  const election = together.find((it) => it.agreement.title === '選挙管理委員会包括連携協定');
  expect(election).toMatchObject({
    as: [{ carrier: { name: '町田市選挙管理委員会' }, through: [{ kind: 'organ' }] }],
    others: [{ name: '相模原市選挙管理委員会' }],
  });
});

test('川崎市 and 横浜市 stand together through 九都県市, with no paper of their own', async () => {
  const { agreements } = await ask<{ agreements: readonly Row[] }>('neighbourhood', {
    of: '川崎市',
    field: '災害時相互応援',
    on: '2020-10-01',
  });
  expect(agreements.map((it) => it.as.map(({ carrier }) => carrier.name))).toEqual([['九都県市']]);
});

test('the five libraries grew in 2017, and the undated papers in no year', async () => {
  const { years, undated } = await ask<{
    years: readonly {
      readonly year: number;
      readonly concluded: object;
      readonly inForce: object;
    }[];
    undated: { readonly concluded: number };
  }>('growth', { of: '横浜市', field: '図書館', from: '2016', to: '2018' });
  expect(years.map((it) => [it.year, it.concluded])).toEqual([
    [2016, { certain: 0, possible: 0 }],
    [2017, { certain: 5, possible: 5 }],
    [2018, { certain: 0, possible: 0 }],
  ]);
  expect(years[2]!.inForce).toMatchObject({ certain: 5 });
  const all = await ask<{ undated: typeof undated }>('growth', {});
  expect(all.undated.concluded).toBeGreaterThan(5);
});

test.each([
  ['graphml', 'application/graphml+xml; charset=utf-8', parseGraphml],
  ['gexf', 'application/gexf+xml; charset=utf-8', parseGexf],
] as const)('the whole graph is read back from %s', async (format, type, parse) => {
  const whole = await ask<{
    parties: readonly unknown[];
    agreements: readonly unknown[];
    incidences: readonly unknown[];
    figures: { readonly parties: number };
  }>('export', { on: '2020-10-01' });
  const sent = await app.get(`/api/graph/export?on=2020-10-01&format=${format}`);
  expect(sent.headers.get('content-type')).toBe(type);
  expect(sent.headers.get('content-disposition')).toBe(
    `attachment; filename="agreements.${format}"`,
  );
  const back = parse(UndirectedGraph, sent.text);
  expect(back.order).toBe(whole.parties.length + whole.agreements.length);
  expect(back.size).toBe(whole.incidences.length);
  expect(whole.figures.parties).toBe(whole.parties.length);
});

test('figures name those who stand in most agreements first', async () => {
  const { parties, figures } = await ask<{
    parties: readonly { readonly name: string; readonly degreePossible: number }[];
    figures: { readonly possible: { readonly components: number } };
  }>('figures', { on: '2020-10-01' });
  expect(parties[0]?.name).toBe('横浜市');
  expect(figures.possible.components).toBeGreaterThan(0);
});

test('the matrix of the eight cities stands without naming them, and names how they are bound', async () => {
  const { parties, cells } = await ask<{
    parties: readonly { readonly id: string; readonly name: string }[];
    cells: readonly {
      readonly from: string;
      readonly to: string;
      readonly answer: string;
      readonly how: readonly string[];
    }[];
  }>('matrix', { field: '災害時相互応援,図書館', on: '2020-10-01' });
  expect(parties.map((it) => it.name).toSorted()).toEqual(
    ['横浜市', '川崎市', '横須賀市', '鎌倉市', '藤沢市', '逗子市', '大和市', '町田市'].toSorted(),
  );
  expect(cells).toHaveLength(2 * 8 * 7);
  const id = (name: string) => parties.find((it) => it.name === name)!.id;
  expect(cells[0]).toBeDefined();
  expect(cells.find((it) => it.from === id('川崎市') && it.to === id('横浜市'))).toMatchObject({
    answer: 'yes',
  });
  const csv = await app.get(
    '/api/graph/matrix?format=csv&on=2020-10-01&field=' + encodeURIComponent('図書館'),
  );
  expect(csv.text.split('\r\n')).toHaveLength(1 + 56 + 1);
});

test('pairs may be given, and say what lacks between them', async () => {
  const { pairs, basis } = await ask<{
    basis: string;
    pairs: readonly { readonly gap: string; readonly b: { readonly name: string } }[];
  }>('gaps', { of: '川崎市', with: '横浜市,逗子市', field: '災害時相互応援', on: '2020-10-01' });
  expect(basis).toBe('given');
  expect(Object.fromEntries(pairs.map((it) => [it.b.name, it.gap]))).toEqual({
    横浜市: 'onlyThroughCouncil',
    逗子市: 'nothingRecorded',
  });
  const query = new URLSearchParams({
    of: '川崎市',
    with: '横浜市',
    field: '図書館',
    format: 'csv',
  });
  const csv = await app.get(`/api/graph/gaps?${query.toString()}`);
  expect(csv.headers.get('content-type')).toContain('text/csv');
});

test.each([
  ['neighbourhood', { of: '横浜市' }],
  ['growth', {}],
  ['export', {}],
  ['figures', {}],
])('the table of %s carries day and number on each line', async (path, asked) => {
  const query = new URLSearchParams({ on: '2018-01-01', format: 'csv', ...asked });
  const { text, headers } = await app.get(`/api/graph/${path}?${query.toString()}`);
  expect(headers.get('content-type')).toContain('text/csv');
  const lines = text.split('\r\n').slice(1, -1);
  expect(lines.length).toBeGreaterThan(3);
  expect(lines.filter((it) => !/^2018-01-01,\d+,\d{4}-/.test(it))).toEqual([]);
});
