import { randomUUID } from 'node:crypto';

import { afterAll, beforeAll, expect, test } from 'vitest';

import { type Route, routeTable } from '../../src/identity/route-table.js';
import {
  type Asker,
  type Entered,
  startTestApplication,
  type TestApplication,
} from '../support/application.js';
import { type Shot, Shots } from './fuzz-shots.js';
import { Dice, randomText } from './fuzz-values.js';

const bodies = 5_200;
const together = 8;
const seed = Number(process.env['FUZZ_SEED'] ?? Date.now() % 1_000_000);
const dice = new Dice(seed);

let it: TestApplication;
let shots: Shots;
let routes: readonly Route[];

beforeAll(async () => {
  it = await startTestApplication('fuzz');
  await it.register({ kind: 'municipality', name: '横浜市', code: '141003' }, it.operator);
  const kamakura = await it.register({ kind: 'municipality', name: '鎌倉市', code: '142042' });
  const entered = (
    await it.post<Entered>('/api/agreements', {
      keeper: it.operator,
      title: '図書館の相互利用に関する協定',
      kind: 'agreement',
      fields: ['図書館'],
      parties: [{ party: it.operator }, { party: kamakura }],
    })
  ).body;
  shots = new Shots(dice, {
    entered,
    operator: it.operator,
    parties: [it.operator, kamakura, '横浜市', '142042', randomUUID()],
    agreements: [entered.id, randomUUID()],
    events: [...entered.events, randomUUID()],
  });
  routes = routeTable(it.server).filter((route) => route.method === 'POST');
});
afterAll(() => it.close());

interface Hit {
  readonly shot: Shot;
  readonly status: number;
  readonly text: string;
  /** Events that the answer says were recorded. */
  readonly recorded: number;
}

test(
  `no body of ${bodies} is a fault of ours, and only what is accepted is stored`,
  { timeout: 300_000 },
  async () => {
    const statuses = new Map<number, number>();
    const touched = new Set<string>();
    const earlier: string[] = [];
    const accepted: Shot[] = [];
    for (let sent = 0; sent < bodies; sent += together) {
      const head = await it.head();
      const volley = Array.from({ length: together }, (_, i) =>
        accepted.length > 0 && dice.chance(0.03)
          ? dice.one(accepted)
          : shots.at(routeFor(sent + i), earlier),
      );
      const hits = await Promise.all(volley.map(fire));
      for (const { shot, status, text } of hits) {
        expect(status, `seed ${seed}: ${told(shot)}\n${text}`).toBeLessThan(500);
        statuses.set(status, (statuses.get(status) ?? 0) + 1);
        touched.add(shot.route);
        if (text.includes('"repeated":false')) accepted.push(shot);
      }
      const recorded = hits.reduce((sum, hit) => sum + hit.recorded, 0);
      expect(await it.head(), `seed ${seed}: ${hits.map((hit) => told(hit.shot)).join('\n')}`).toBe(
        head + recorded,
      );
    }
    // A fuzz whose every body is refused at the door has tried nothing behind it.
    for (const status of [200, 201, 400, 404, 409, 422]) {
      expect(
        statuses.get(status) ?? 0,
        `${status} of ${JSON.stringify([...statuses])}`,
      ).toBeGreaterThan(0);
    }
    expect(touched.size).toBe(routes.length);
  },
);

test('no query string is a fault of ours', { timeout: 120_000 }, async () => {
  const paths = routeTable(it.server)
    .filter((route) => route.method === 'GET' && route.path.startsWith('/api/'))
    .map((route) => route.path);
  const names = [
    'with',
    'field',
    'on',
    'known',
    'from',
    'to',
    'text',
    'limit',
    'after',
    'party',
    'presume',
    'format',
    'at-least',
  ];
  const words = [
    '横浜市',
    '142042',
    '図書館',
    '災害時相互応援',
    'now',
    '0',
    '1',
    '3',
    '2017-03-01',
    '9999-12-31',
    '0001-01-01',
    'none',
    'csv',
    '平成29年2月',
  ];
  const head = await it.head();
  for (let sent = 0; sent < 800; sent += together) {
    const asked = Array.from({ length: together }, () => {
      const query = new URLSearchParams(
        Array.from({ length: dice.below(6) }, (): [string, string] => [
          dice.one(names),
          dice.chance(0.8) ? dice.one(words) : randomText(dice).toWellFormed(),
        ]),
      );
      return `${shots.filled(dice.one(paths))}?${query.toString()}`;
    });
    const askers: readonly Asker[] = ['public', 'registrar', 'auditor'];
    const answers = await Promise.all(asked.map((path) => it.get(path, { as: dice.one(askers) })));
    for (const [i, { status, text }] of answers.entries()) {
      expect(status, `seed ${seed}: ${asked[i]}\n${text}`).toBeLessThan(500);
    }
  }
  expect(await it.head()).toBe(head);
});

/** Every route in turn; half of the bodies go where any act may go. */
function routeFor(i: number): Route {
  const anyAct = routes.find((it) => it.path === '/api/entries');
  const next = routes[Math.floor(i / 2) % routes.length];
  if (anyAct === undefined || next === undefined) throw new Error('no routes');
  return i % 2 === 0 ? next : anyAct;
}

async function fire(shot: Shot): Promise<Hit> {
  const { path, as, headers, body } = shot;
  const {
    status,
    text,
    body: answer,
  } = await it.ask<Partial<Entered>>('POST', path, { as, headers }, body);
  const accepted = status === 201 && answer.repeated !== true && answer.n !== undefined;
  return { shot, status, text, recorded: accepted ? (answer.events?.length ?? 1) : 0 };
}

function told({ path, as, headers, body }: Shot): string {
  const bytes = typeof body === 'string' ? body : body.toString('latin1');
  return `${JSON.stringify(as)} ${path} ${JSON.stringify(headers)} ${bytes.slice(0, 600)}`;
}
