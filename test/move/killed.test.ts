import { setTimeout as pause } from 'node:timers/promises';

import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { RegisterDigest } from '../../src/move/register-digest.js';
import { Program } from '../compiled/program.js';
import { fillRegister } from '../support/generated-events.js';
import { authority, moved, openedPlace, words } from './moving.js';
import { type MadePlace, newRegister, places } from './places.js';

const events = 30_000;

/** What a person sees when a step begins; the moments between them are found by chance. */
const moments = [/写します/, /写し \d/, /確かめます/, /確認 \d/, /引き渡します/, /記録します/];

describe.each(places)('a move to $name that is killed at any moment and run again', ({ make }) => {
  let here: MadePlace;
  let there: MadePlace;
  beforeAll(async () => {
    const name = newRegister();
    here = await openedPlace('move_killed', name);
    there = await make('move_killed_target', name);
    const store = await here.openStore();
    await fillRegister(store, events, name);
    await store.close();
  }, 120_000);
  afterAll(async () => {
    await here.dispose();
    await there.dispose();
  });

  const start = (from: MadePlace, to: MadePlace) =>
    new Program(
      'cli/main.js',
      { MUSUBI_DATA: '/nonexistent', ...from.environment, ...to.environment },
      words(from, to, ...authority),
    );

  /** `kill -9` when a line is said, or some time after it; true where it was finished before that. */
  async function killedAt(from: MadePlace, to: MadePlace, moment: RegExp, laterMs: number) {
    const program = start(from, to);
    const ended = program.ended.then(() => true);
    while (!moment.test(program.output)) {
      if (await Promise.race([ended, pause(2, false)])) break;
    }
    await pause(laterMs);
    const ending = await program.end('SIGKILL');
    for (const { environment } of [from, to]) {
      for (const url of Object.values(environment)) {
        const { password } = new URL(url);
        if (password !== '') expect(program.output).not.toContain(password);
      }
    }
    if (ending !== 'SIGKILL') expect(program.output).toMatch(/移し終えました|済んでいます/);
    return ending !== 'SIGKILL';
  }

  test('ends with equal digests, there and back', async () => {
    let before = await digestAt(here, events);
    let count = events;
    for (const [from, to] of [
      [here, there],
      [there, here],
    ] as const) {
      let killed = 0;
      for (const moment of moments) {
        if (await killedAt(from, to, moment, Math.random() * 100)) break;
        killed += 1;
      }
      // A round that was finished before it was killed is one that others were killed before.
      expect(killed).toBeGreaterThan(2);
      const finished = await moved(from, to);
      expect(finished).toMatchObject({ events: count, digest: before, recorded: { n: count } });
      expect(await digestAt(from, count)).toBe(before);
      expect(await digestAt(to, count)).toBe(before);
      count += 1;
      before = await digestAt(to, count);
    }
  }, 300_000);
});

async function digestAt(place: MadePlace, count: number): Promise<string> {
  const store = await place.openStore();
  const digest = new RegisterDigest();
  for await (const event of store.readAll(null)) {
    if (event.n === count) break;
    digest.add(event);
  }
  await store.close();
  return digest.hex();
}
