import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';

import { Refusal } from '../../src/entries/domain/refusal.js';
import { SignInThrottle } from '../../src/identity/sign-in-throttle.js';
import { freshOffice, type Office, TestClock } from './running-office.js';

let office: Office;
let clock: TestClock;
let throttle: SignInThrottle;

beforeAll(async () => {
  office = await freshOffice('throttle');
});
afterAll(() => office.close());
beforeEach(async () => {
  await office.pool.query('delete from office.sign_in_try');
  clock = new TestClock();
  throttle = new SignInThrottle(office.pool, clock);
});

async function isLetIn(login: string, address: string, by = throttle): Promise<boolean> {
  try {
    await by.enter(login, address);
    return true;
  } catch (error) {
    if (error instanceof Refusal && error.code === 'session/throttled') return false;
    throw error;
  }
}

/** How many of so many tries are let in, each under its own login and address. */
async function letIn(
  tries: number,
  login: (i: number) => string,
  address: (i: number) => string,
): Promise<number> {
  let count = 0;
  for (let i = 0; i < tries; i += 1) count += (await isLetIn(login(i), address(i))) ? 1 : 0;
  return count;
}

const always = (text: string) => () => text;

test('one login from one address has five tries in a quarter of an hour', async () => {
  expect(await letIn(20, always('aoki'), always('10.0.0.1'))).toBe(5);
  expect(await letIn(1, always('aoki'), always('10.0.0.2'))).toBe(1);
  expect(await letIn(1, always('baba'), always('10.0.0.1'))).toBe(1);
  clock.passes(14);
  expect(await letIn(1, always('aoki'), always('10.0.0.1'))).toBe(0);
  clock.passes(1);
  expect(await letIn(20, always('aoki'), always('10.0.0.1'))).toBe(5);
});

test('one address has fifty tries over all logins, one login fifty over all addresses', async () => {
  expect(await letIn(80, (i) => `login${i}`, always('10.0.0.1'))).toBe(50);
  expect(await letIn(80, always('aoki'), (i) => `10.0.1.${i}`)).toBe(50);
});

test('a success forgets the failures of that login from there, and no others', async () => {
  await letIn(4, always('aoki'), always('10.0.0.1'));
  await throttle.enter('aoki', '10.0.0.1');
  await throttle.succeeded('aoki', '10.0.0.1');
  expect(await letIn(20, always('aoki'), always('10.0.0.1'))).toBe(5);

  const others = await letIn(80, (i) => `login${i}`, always('10.0.0.1'));
  expect(others).toBe(50 - 4 - 5);
});

test('signing in over and over is never throttled', async () => {
  for (let i = 0; i < 200; i++) {
    await throttle.enter('aoki', '10.0.0.1');
    await throttle.succeeded('aoki', '10.0.0.1');
  }
  expect(await letIn(1, always('aoki'), always('10.0.0.1'))).toBe(1);
});

test('a login that looks like an address, or like two, is counted by itself', async () => {
  await letIn(60, (i) => `login${i}`, always('10.0.0.1'));
  expect(await letIn(1, always('10.0.0.1'), always('10.0.0.2'))).toBe(1);
  await letIn(5, always('a"'), always('"b'));
  expect(await letIn(1, always('a'), always('""b'))).toBe(1);
});

test('several processes count together, also tries that are sent at once', async () => {
  const processes = [throttle, ...[1, 2].map(() => new SignInThrottle(office.pool, clock))];
  const tries = Array.from({ length: 60 }, (_, i) => {
    return isLetIn('aoki', '10.0.0.1', processes[i % processes.length]);
  });
  expect((await Promise.all(tries)).filter(Boolean)).toHaveLength(5);
});

test('people who sign in at once from one address do not hinder each other', async () => {
  const people = Array.from({ length: 40 }, async (_, i) => {
    for (let time = 0; time < 5; time += 1) {
      await throttle.enter(`login${i}`, '10.0.0.1');
      await throttle.succeeded(`login${i}`, '10.0.0.1');
    }
  });
  await Promise.all(people);
  expect(await letIn(60, (i) => `login${i}`, always('10.0.0.1'))).toBe(50);
});

test('what no longer counts is cleared away, and no login or address stands in the table', async () => {
  await letIn(30, (i) => `login${i}`, always('10.0.0.1'));
  const rows = async () => {
    const found = await office.pool.query<{ text: string }>(
      `select it::text || encode(key, 'escape') as text from office.sign_in_try as it`,
    );
    return found.rows.map(({ text }) => text);
  };
  expect(await rows()).toHaveLength(61);
  expect((await rows()).filter((it) => /login|10\.0\.0/.test(it))).toEqual([]);
  clock.passes(16);
  await letIn(1, always('aoki'), always('10.0.0.2'));
  expect(await rows()).toHaveLength(3);
});
