import { afterAll, beforeAll, expect, test } from 'vitest';

import { actsOf } from '../../src/entries/domain/catalogue.js';
import { actSchemaName } from '../../src/http/openapi/schema-names.js';
import { entryKinds } from '../../src/http/request-fields.js';
import { routeTable } from '../../src/identity/route-table.js';
import { startTestApplication, type TestApplication } from '../support/application.js';

interface Operation {
  readonly operationId: string;
  readonly summary?: string;
  readonly requestBody?: object;
  readonly responses: Record<string, object>;
  readonly parameters?: readonly { readonly name: string; readonly in: string }[];
}
interface OpenApi {
  readonly openapi: string;
  readonly paths: Record<string, Record<string, Operation>>;
  readonly components: { readonly schemas: Record<string, { properties?: object }> };
}

const apart = ['EntryApproved', 'EntryRejected', 'FactDisputed', 'DisputeWithdrawn'];

let it: TestApplication;
let document: OpenApi;

beforeAll(async () => {
  it = await startTestApplication('http_openapi');
  document = (await it.get<OpenApi>('/api/docs-json')).body;
});
afterAll(() => it.close());

const operations = () =>
  Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method, ...operation })),
  );

test('every route that is served stands in the document', () => {
  const served = routeTable(it.server).map(
    ({ method, path }) => `${method} ${path.replaceAll(/:(\w+)/g, '{$1}')}`,
  );
  const documented = operations().map(({ method, path }) => `${method.toUpperCase()} ${path}`);
  expect(documented.toSorted()).toEqual(served.toSorted());
});

test('every reference leads to a schema', () => {
  const references = [...JSON.stringify(document).matchAll(/"\$ref":"([^"]+)"/g)];
  const names = [...new Set(references.map((found) => found[1] ?? ''))];
  expect(names.length).toBeGreaterThan(60);
  const known = Object.keys(document.components.schemas);
  expect(
    names.filter((name) => !known.includes(name.replace('#/components/schemas/', ''))),
  ).toEqual([]);
});

test('every act has a schema with each of its fields', () => {
  for (const kind of entryKinds) {
    for (const [type, { shape }] of Object.entries(actsOf(kind))) {
      if (apart.includes(type)) continue;
      const properties = document.components.schemas[actSchemaName(type, kind)]?.properties;
      expect(properties, type).toMatchObject({
        type: { enum: [type] },
        acted: {},
        data: { properties: expect.anything() as object },
      });
      const data = (properties as { data: { properties: object } }).data.properties;
      expect(Object.keys(data), type).toEqual(Object.keys(shape));
    }
  }
});

test('every act but those apart has a door of its own, found by its name', () => {
  const doors = operations().map((operation) => operation.operationId);
  expect(doors).toEqual(
    expect.arrayContaining(['agreement.PartySigned', 'party.MemberLeft', 'party.FactCorrected']),
  );
  expect(new Set(doors).size).toBe(doors.length);
  const acts = entryKinds.flatMap((kind) =>
    Object.keys(actsOf(kind))
      .filter((type) => !apart.includes(type))
      .map((type) => `${kind}.${type}`),
  );
  expect(doors).toEqual(expect.arrayContaining(acts));
});

test('every operation says what it does, and every command what it may answer', () => {
  for (const operation of operations()) {
    expect(operation.summary, operation.path).toMatch(/\p{Script=Han}|\p{Script=Hiragana}/u);
    if (operation.method !== 'post' || !operation.requestBody) continue;
    expect(Object.keys(operation.responses), operation.path).toContain('201');
  }
});

test('the page and its files come from here alone', async () => {
  const page = await it.get('/api/docs');
  expect(page.status).toBe(200);
  expect(page.headers.get('content-security-policy')).toContain("default-src 'self'");
  const linked = [...page.text.matchAll(/(?:src|href)="([^"]+)"/g)].map((found) => found[1] ?? '');
  expect(linked.length).toBeGreaterThan(3);
  for (const link of linked) {
    const { host, pathname } = new URL(link, `${it.url}/api/docs`);
    expect(host).toBe(new URL(it.url).host);
    expect((await it.get(pathname)).status, pathname).toBe(200);
  }
});
