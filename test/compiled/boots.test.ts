import { readFile } from 'node:fs/promises';

import { afterAll, beforeAll, expect, test } from 'vitest';

import { roles } from '../../src/register/domain/acts.js';
import { Installation } from './installation.js';
import { Program } from './program.js';

interface Answer {
  readonly on: string;
  readonly total: { readonly certain: number; readonly possible: number };
  readonly rows: readonly {
    readonly partner: { readonly name: string };
    readonly answer: string;
    readonly signed: { readonly edtf: string; readonly wareki: string };
    readonly serviceStart: { readonly edtf: string; readonly wareki: string };
    readonly facilities: { readonly count: number };
  }[];
}

const asking = new URLSearchParams({ with: '横浜市', field: '図書館', on: '2017-03-01' });
const question = `/api/mutual-use?${asking.toString()}`;
const credentials = /一度だけ使えるパスワード/g;

let installation: Installation;
let program: Program;
let url: string;

beforeAll(async () => {
  installation = await Installation.make('boots');
  program = installation.start();
  url = await program.url();
}, 120_000);
afterAll(() => installation.dispose());

const asked = async (path: string) => {
  const response = await fetch(`${url}${path}`);
  return { status: response.status, text: await response.text() };
};

test('the first start tells the first sign-in of each role, once', () => {
  expect(program.output.match(credentials)).toHaveLength(1);
  for (const role of roles) {
    const told = new RegExp(String.raw`^  ${role}  [a-z0-9]{5}(-[a-z0-9]{5}){3}  `, 'gm');
    expect(program.output.match(told)).toHaveLength(1);
  }
});

test('it loads the source documents, says so, and how to start without them', () => {
  expect(program.output).toMatch(/資料/);
  expect(program.output).toMatch(/MUSUBI_SOURCES=off/);
});

test('it answers with the four rows of the source’s table that were in use on 2017-03-01', async () => {
  const { status, text } = await asked(question);
  expect(status).toBe(200);
  const { on, total, rows } = JSON.parse(text) as Answer;
  expect(on).toBe('2017-03-01');
  expect(total.certain).toBe(4);
  const certain = rows.filter((it) => it.answer === 'yes');
  expect(
    certain.map(({ partner, signed, serviceStart, facilities }) => [
      partner.name,
      signed.wareki,
      signed.edtf,
      serviceStart.wareki,
      serviceStart.edtf,
      facilities.count,
    ]),
  ).toEqual([
    ['藤沢市', '平成29年2月7日', '2017-02-07', '平成29年3月1日', '2017-03-01', 4],
    ['川崎市', '平成29年2月20日', '2017-02-20', '平成29年3月1日', '2017-03-01', 13],
    ['鎌倉市', '平成29年2月20日', '2017-02-20', '平成29年3月1日', '2017-03-01', 5],
    ['大和市', '平成29年2月20日', '2017-02-20', '平成29年3月1日', '2017-03-01', 4],
  ]);
});

test('it says that it is ready, and describes its API', async () => {
  expect((await asked('/health/ready')).status).toBe(200);
  const { status, text } = await asked('/api/docs-json');
  expect(status).toBe(200);
  const { openapi, paths } = JSON.parse(text) as { openapi: string; paths: object };
  expect(openapi).toMatch(/^3\./);
  expect(Object.keys(paths)).toEqual(
    expect.arrayContaining(['/api/mutual-use', '/api/bound', '/api/entries']),
  );
});

test('a second process on the same data says who holds them, and exits', async () => {
  const second = installation.start();
  expect(await second.ended).toBe(75);
  expect(second.output).toContain('database/held');
  expect(second.output).toContain(`プロセス ${program.pid}`);
  expect((await asked('/health/ready')).status).toBe(200);
});

test('SIGTERM ends it in order, and its PostgreSQL with it', async () => {
  const postgres = await installation.postgres();
  expect(postgres).toBeDefined();
  expect(await program.end('SIGTERM')).toBe(0);
  expect(program.output).toContain('結は終了しました。');
  expect(await installation.postgres()).toBeUndefined();
});

test('started again on the same data it answers the same and tells no sign-in', async () => {
  program = installation.start();
  url = await program.url();
  const { rows, total } = JSON.parse((await asked(question)).text) as Answer;
  expect([total.certain, rows.length]).toEqual([4, expect.any(Number)]);
  expect(program.output).not.toMatch(credentials);
  expect(await program.end('SIGTERM')).toBe(0);
});

test('a wrong configuration is refused with every fault, before anything is made', async () => {
  const wrong = new Program('src/main.js', {
    PORT: '70000',
    HOST: 'not a host',
    LOG_LEVEL: 'loud',
    MUSUBI_SOURCES: 'maybe',
    MUSUBI_REGISTER: '横浜',
    DATABASE_URL: 'mysql://user:hunter2@host/db',
    MUSUBI_DATA: `${installation.directory}/other`,
  });
  expect(await wrong.ended).toBe(78);
  for (const variable of [
    'PORT',
    'HOST',
    'LOG_LEVEL',
    'MUSUBI_SOURCES',
    'MUSUBI_REGISTER',
    'DATABASE_URL',
  ]) {
    expect(wrong.output).toContain(`${variable}:`);
  }
  expect(wrong.output).toContain('6件');
  expect(wrong.output).not.toContain('hunter2');
  await expect(readFile(`${installation.directory}/other/lock`)).rejects.toThrow('ENOENT');
});
