import { setTimeout as pause } from 'node:timers/promises';

import { expect, test } from 'vitest';

import { newEvents } from '../contract/contract-store.js';
import { storeOnDouble } from './store-on-double.js';

/** So many appends go out at once; the others wait for their turn. */
const atOnce = 64;

test('what still waits for its turn when nobody waits for it any more is not sent', async () => {
  const on = await storeOnDouble();
  const store = await on.open({ deadlineMs: 600 });
  await store.append(`${on.prefix}first`, -1, newEvents(1));
  const before = on.double.log.length;
  on.double.freeze();
  const appending = Array.from({ length: 3 * atOnce }, async (_, at) => {
    const events = newEvents(1);
    const told = await store.append(`${on.prefix}${at}`, -1, events).then(
      () => 'stored',
      (fault: Error) => fault.name,
    );
    return { id: events[0]?.id, told };
  });
  const answers = await Promise.all(appending);
  await pause(200);
  on.double.thaw();
  await pause(1_500);
  const stored = new Set(on.double.log.map(({ id }) => id));
  expect(stored.size - before).toBeLessThanOrEqual(atOnce);
  const refused = answers.filter(({ told }) => told === 'StoreUnavailable');
  expect(refused.filter(({ id }) => stored.has(id ?? ''))).toEqual([]);
  expect(answers.filter(({ told }) => told === 'stored')).toEqual([]);
  await on.close();
}, 30_000);
