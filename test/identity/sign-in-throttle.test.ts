import { beforeEach, expect, test } from 'vitest';

import { Refusal } from '../../src/entries/domain/refusal.js';
import { SignInThrottle } from '../../src/identity/sign-in-throttle.js';
import { TestClock } from './running-office.js';

let clock: TestClock;
let throttle: SignInThrottle;

beforeEach(() => {
  clock = new TestClock();
  throttle = new SignInThrottle(clock);
});

/** How many of so many tries are let in, each under its own login and address. */
function letIn(
  tries: number,
  login: (i: number) => string,
  address: (i: number) => string,
): number {
  return Array.from({ length: tries }, (_, i) => i).filter((i) => {
    try {
      throttle.enter(login(i), address(i));
      return true;
    } catch (error) {
      if (error instanceof Refusal && error.code === 'session/throttled') return false;
      throw error;
    }
  }).length;
}

const always = (text: string) => () => text;

test('one login from one address has five tries in a quarter of an hour', () => {
  expect(letIn(20, always('aoki'), always('10.0.0.1'))).toBe(5);
  expect(letIn(1, always('aoki'), always('10.0.0.2'))).toBe(1);
  expect(letIn(1, always('baba'), always('10.0.0.1'))).toBe(1);
  clock.passes(14);
  expect(letIn(1, always('aoki'), always('10.0.0.1'))).toBe(0);
  clock.passes(1);
  expect(letIn(20, always('aoki'), always('10.0.0.1'))).toBe(5);
});

test('one address has fifty tries over all logins, one login fifty over all addresses', () => {
  expect(letIn(80, (i) => `login${i}`, always('10.0.0.1'))).toBe(50);
  expect(letIn(80, always('aoki'), (i) => `10.0.1.${i}`)).toBe(50);
});

test('a success forgets the failures of that login from there, and no others', () => {
  letIn(4, always('aoki'), always('10.0.0.1'));
  throttle.enter('aoki', '10.0.0.1');
  throttle.succeeded('aoki', '10.0.0.1');
  expect(letIn(20, always('aoki'), always('10.0.0.1'))).toBe(5);

  const others = letIn(80, (i) => `login${i}`, always('10.0.0.1'));
  expect(others).toBe(50 - 4 - 5);
});

test('signing in over and over is never throttled', () => {
  for (let i = 0; i < 500; i++) {
    throttle.enter('aoki', '10.0.0.1');
    throttle.succeeded('aoki', '10.0.0.1');
  }
  expect(letIn(1, always('aoki'), always('10.0.0.1'))).toBe(1);
});

test('a login that looks like an address, or like two, is counted by itself', () => {
  letIn(60, (i) => `login${i}`, always('10.0.0.1'));
  expect(letIn(1, always('10.0.0.1'), always('10.0.0.2'))).toBe(1);
  letIn(5, always('a"'), always('"b'));
  expect(letIn(1, always('a'), always('""b'))).toBe(1);
});
