import { status } from '@grpc/grpc-js';
import { expect, test } from 'vitest';

import { statusOf } from '../eventstoredb-double/statuses.js';
import {
  municipality,
  runningOnDouble,
  timed,
  times,
  unlikeLedgers,
  until,
  well,
  health,
} from './on-double.js';

const on = runningOnDouble('esdb_lost_subscription');

const only = { calls: ['subscription'] } as const;

test.each([
  ['fails as unavailable', () => on.double.faults.failAfter(2, only)],
  ['fails as aborted', () => on.double.faults.failAfter(2, only, statusOf(status.ABORTED, 'x'))],
  ['ends in order', () => on.double.faults.endAfter(2, only)],
  ['loses its line', () => on.double.faults.cutAfter(2, only)],
])(
  'where each subscription %s after two events, commands are answered and ledgers miss nothing',
  async (what, arm) => {
    const { it, double } = on;
    arm();
    // Those that run already were opened without a fault.
    double.cutConnections();
    const before = double.faults.struck;
    const answers = [];
    for (let at = 0; at < 12; at += 1) {
      double.noise(at);
      answers.push(await timed(it, municipality(`第${at}町`)));
    }
    const slowest = Math.max(...answers.map(({ seconds }) => seconds));
    const struck = double.faults.struck - before;
    console.log(`subscription ${what}: ${struck} times, slowest answer ${slowest.toFixed(1)} s`);

    expect(answers.map((answer) => answer.status)).toEqual(answers.map(() => 201));
    expect(answers.map(({ body }) => times(double, body.events[0]))).toEqual(answers.map(() => 1));
    const numbers = answers.map(({ body }) => body.n);
    expect(numbers).toEqual(numbers.map((_, place) => (numbers[0] ?? 0) + place));
    expect(struck).toBeGreaterThan(6);
    // The first pauses between tries are short, and remain so once events have come by.
    expect(slowest).toBeLessThan(4);
    double.faults.clear();
    await until(() => health(it), well);
    expect(await unlikeLedgers(on)).toEqual([]);
  },
  60_000,
);
