import { request } from 'node:http';

import { afterAll, beforeAll, expect, test } from 'vitest';

import { type Answer, startTestApplication, type TestApplication } from '../support/application.js';

let it: TestApplication;
let head: number;

beforeAll(async () => {
  it = await startTestApplication('http_bodies');
  head = await it.head();
});
afterAll(async () => {
  expect(await it.head()).toBe(head);
  await it.close();
});

const json = { 'content-type': 'application/json', 'idempotency-key': 'a-key-of-mine' };

function send(body: string | Buffer, headers: Record<string, string> = json): Promise<Answer> {
  return it.ask('POST', '/api/entries', { as: 'registrar', headers }, body);
}

const inText = (text: string) =>
  JSON.stringify({
    opens: 'party',
    acts: [{ type: 'PartyRegistered', data: { name: 'NAME' } }],
  }).replace('"NAME"', text);

test('bytes that are no UTF-8 are refused, not replaced', async () => {
  const sjis = Buffer.concat([
    Buffer.from('{"opens":"party","acts":[{"type":"PartyRegistered","data":{"name":"'),
    Buffer.from([0x89, 0xa1, 0x95, 0x6c]),
    Buffer.from('"}}]}'),
  ]);
  const refused = await send(sjis);
  expect([refused.status, refused.code]).toEqual([400, 'body/not-utf8']);
});

test.each(['{', '{"a":1,}', 'NaN', '{"a":01}', "{'a':1}", '[1,2', '"', '\u{feff}{}x'])(
  'a body of %s is no JSON',
  async (body) => {
    const refused = await send(body);
    expect([refused.status, refused.code]).toEqual([400, 'body/not-json']);
  },
);

test.each(['__proto__', 'constructor', 'prototype'])(
  'a field called %s is refused wherever it stands',
  async (name) => {
    for (const body of [`{"${name}":{}}`, inText(`{"deep":[{"${name}":1}]}`)]) {
      const refused = await send(body);
      expect([refused.status, refused.code]).toEqual([400, 'body/not-json']);
    }
  },
);

test('a lone surrogate is refused, with the field that holds it', async () => {
  const refused = await send(inText('"横\\ud83d市"'));
  expect([refused.status, refused.code]).toEqual([422, 'text/lone-surrogate']);
  expect(refused.body['faults']).toEqual([
    {
      field: 'acts[0].data.name',
      code: 'text/lone-surrogate',
      read: '横\ufffd市',
      expected: '対になっていないサロゲートを含まない文字列',
    },
  ]);
  const inName = await send('{"\\udc00":1}');
  expect([inName.status, inName.code]).toEqual([422, 'text/lone-surrogate']);
});

test('NUL is refused, in a body and in a URL', async () => {
  const refused = await send(inText('"横浜\\u0000市"'));
  expect([refused.status, refused.code]).toEqual([422, 'text/nul']);
  for (const path of ['/api/parties?text=%00', '/api/entries/%00', '/api/parties?%00=1']) {
    const inUrl = await it.get(path);
    expect([path, inUrl.status, inUrl.code]).toEqual([path, 400, 'request/nul']);
  }
});

test('half a million levels are refused as too deep', async () => {
  for (const body of [
    '['.repeat(500_000) + ']'.repeat(500_000),
    '{"a":'.repeat(70) + '1' + '}'.repeat(70),
  ]) {
    const refused = await send(body);
    expect([refused.status, refused.code]).toEqual([422, 'body/too-deep']);
  }
});

test('a body of 10 MB is refused, announced or not', async () => {
  const big = Buffer.from(inText(`"${'あ'.repeat(3_400_000)}"`));
  expect(big.length).toBeGreaterThan(10_000_000);
  expect(await statusOf(big, { 'content-length': String(big.length) })).toEqual([
    413,
    'body/too-large',
  ]);
  expect(await statusOf(big, { 'transfer-encoding': 'chunked' })).toEqual([413, 'body/too-large']);
});

test('a body of 1 MiB is read, one byte more is not', async () => {
  const least = inText('""').length;
  const exact = inText(`"${'a'.repeat(1_048_576 - least)}"`);
  expect((await send(exact)).code).toBe('entry/malformed');
  expect((await send(`${exact} `)).code).toBe('body/too-large');
});

test.each([
  ['text/plain', 415, 'body/unsupported-media-type'],
  ['application/x-www-form-urlencoded', 415, 'body/unsupported-media-type'],
  ['multipart/form-data; boundary=x', 415, 'body/unsupported-media-type'],
  ['nonsense', 415, 'body/unsupported-media-type'],
])('a body of %s is refused', async (type, status, code) => {
  const refused = await send('{}', { ...json, 'content-type': type });
  expect([refused.status, refused.code]).toEqual([status, code]);
});

test('an empty body is one without fields', async () => {
  const refused = await send('');
  expect([refused.status, refused.code]).toEqual([422, 'request/malformed']);
  expect(refused.body['faults']).toEqual([
    { field: 'acts', code: 'field/missing', read: '', expected: '必須の項目' },
  ]);
});

/** Sends as an ordinary program does that reads the answer while it still writes. */
function statusOf(body: Buffer, headers: Record<string, string>): Promise<[number, unknown]> {
  const token = it.tokenOf('registrar');
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(it.url);
    const sent = request(
      {
        hostname,
        port,
        path: '/api/entries',
        method: 'POST',
        headers: { ...json, authorization: `Bearer ${token}`, ...headers },
      },
      (answer) => {
        const parts: Buffer[] = [];
        answer.on('data', (part: Buffer) => parts.push(part));
        answer.on('end', () => {
          const { code } = JSON.parse(Buffer.concat(parts).toString()) as { code: string };
          resolve([answer.statusCode ?? 0, code]);
          sent.destroy();
        });
      },
    );
    sent.on('error', reject);
    sent.end(body);
  });
}
