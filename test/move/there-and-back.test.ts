import { createHash } from 'node:crypto';

import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import type { EventStore } from '../../src/event-sourcing/event-store.js';
import { fillRegister } from '../support/generated-events.js';
import { answersAt, questionsOf } from './questions.js';
import { moved, openedPlace, startAt, tokenAt } from './moving.js';
import { type MadePlace, newRegister, places } from './places.js';

describe.each(places)('to $name and back again', ({ make }) => {
  describe('the register of the source documents', () => {
    let [here, there]: MadePlace[] = [];
    let token = '';
    let before: Awaited<ReturnType<typeof answersAt>>;

    beforeAll(async () => {
      const name = newRegister();
      here = await openedPlace('move_sources', name);
      there = await make('move_sources_target', name);
      token = await tokenAt(here, 'auditor');
      const application = await startAt(here, { MUSUBI_SOURCES: 'on' });
      try {
        const questions = await questionsOf(application, token);
        before = await answersAt(application, token, questions);
      } finally {
        await application.close();
      }
    }, 240_000);
    afterAll(async () => {
      await here?.dispose();
      await there?.dispose();
    });

    test('gives the same answers to the same questions, there and back', async () => {
      expect(before.size).toBeGreaterThan(20);
      const way = [here!, there!, here!];
      const digests: string[] = [];
      for (const [from, to] of [way.slice(0, 2), way.slice(1, 3)] as [MadePlace, MadePlace][]) {
        const { events, digest, recorded } = await moved(from, to);
        expect(recorded?.n).toBe(events);
        digests.push(digest ?? '');
        const application = await startAt(to);
        try {
          expect(await answersAt(application, token, [...before.keys()])).toEqual(before);
        } finally {
          await application.close();
        }
        await expect(startAt(from)).rejects.toMatchObject({ code: 'register/moved', exitCode: 78 });
      }
      expect(new Set(digests).size).toBe(2);
    }, 240_000);
  });

  test('100,000 events are the same at every place that they were moved to', async () => {
    const name = newRegister();
    const here = await openedPlace('move_many', name);
    const there = await make('move_many_target', name);
    try {
      const store = await here.openStore();
      await fillRegister(store, 100_000, name);
      await store.close();
      const out = await moved(here, there);
      expect(out).toMatchObject({ events: 100_000, left: 'copy', recorded: { n: 100_000 } });
      const back = await moved(there, here);
      expect(back).toMatchObject({ events: 100_001, found: 100_000, recorded: { n: 100_001 } });

      const [one, other] = [await here.openStore(), await there.openStore()];
      const alike = [await everythingIn(one, 100_001), await everythingIn(other, 100_001)];
      expect(alike[0]).toBe(alike[1]);
      expect([await one.head(), await other.head()]).toMatchObject([
        { n: 100_001 },
        { n: 100_000 },
      ]);
      await one.close();
      await other.close();
    } finally {
      await here.dispose();
      await there.dispose();
    }
  }, 240_000);
});

/** Of the first events of a store, in the test's own words. */
async function everythingIn(store: EventStore, count: number): Promise<string> {
  const hash = createHash('sha256');
  for await (const { n, id, stream, revision, type, recordedAt, at, body } of store.readAll(null)) {
    if (n === count) break;
    hash.update([n, id, stream, revision, type, recordedAt, at, body, ''].join('\n'));
  }
  return hash.digest('hex');
}
