import { END, NO_STREAM, START, ANY } from '@eventstore/db-client';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';

import {
  append,
  observe,
  recorded,
  someEvents,
  type ComparedServer,
  type Observed,
  type OpenServer,
} from './compared-server.js';

const patience = { timeout: 10_000, interval: 20 };
const largest = 18_446_744_073_709_551_615n;

/** What subscriptions to `$all` through a filter bring, and in which order. */
export function subscribesAlike(open: OpenServer): void {
  describe('a subscription', () => {
    let server: ComparedServer;
    const running: Observed[] = [];
    const watch = (
      ...watched: Parameters<typeof observe> extends [unknown, ...infer R] ? R : []
    ) => {
      const observed = observe(server, ...watched);
      running.push(observed);
      return observed.seen;
    };
    const until = (seen: string[], what: string) =>
      vi.waitFor(() => expect(seen).toContain(what), patience);
    const positionOf = async (stream: string, revision: number) =>
      (await recorded(server, stream))[revision]?.position ?? { commit: -1n, prepare: -1n };
    const events = (seen: readonly string[]) => seen.filter((it) => it.includes('@'));
    const marks = (seen: readonly string[]) => seen.filter((it) => it.startsWith('mark'));

    beforeAll(async () => {
      server = await open();
      await append(server, 'a', someEvents(5), NO_STREAM);
      await append(server, 'b', someEvents(40), NO_STREAM);
    });
    afterEach(async () => {
      for (const observed of running.splice(0)) await observed.stop();
    });
    afterAll(() => server.close());

    test('from the start confirms, brings the past, says it caught up, and goes on', async () => {
      await append(server, 'past', someEvents(3), NO_STREAM);
      const seen = watch(START, { prefix: 'past' });
      await until(seen, 'caught up');
      await append(server, 'past', someEvents(2), 2n);
      await until(seen, 'past@4');

      expect(seen[0]).toBe('confirmed');
      expect(seen.indexOf('past@2')).toBeLessThan(seen.indexOf('caught up'));
      expect(events(seen)).toEqual(['past@0', 'past@1', 'past@2', 'past@3', 'past@4']);
    });

    test('from a position leaves that event out, and marks each window of the log', async () => {
      const seen = watch(await positionOf('a', 1), { window: 4 });
      await until(seen, 'b@3');
      const third = (await positionOf('a', 4)).commit;

      expect(seen.slice(0, 5)).toEqual(['confirmed', 'a@2', 'a@3', 'a@4', `mark ${third}`]);
    });

    test('marks the last event that it brought when it comes to the end', async () => {
      await append(server, 'marked', someEvents(3), NO_STREAM);
      const seen = watch(await positionOf('marked', 0), { prefix: 'marked', window: 1_000_000 });
      await until(seen, 'caught up');
      const last = (await positionOf('marked', 2)).commit;

      expect(seen).toEqual(['confirmed', 'marked@1', 'marked@2', `mark ${last}`, 'caught up']);
    });

    test('from the start that finds nothing marks the largest position of all', async () => {
      const seen = watch(START, { prefix: 'nothing', window: 100_000_000 });
      await until(seen, 'caught up');
      await append(server, 'nothing', someEvents(1), NO_STREAM);
      await until(seen, 'nothing@0');

      expect(seen.slice(0, 3)).toEqual(['confirmed', `mark ${largest}`, 'caught up']);
    });

    test('from the end marks by the events of the log, not by its own', async () => {
      const seen = watch(END, { prefix: 'own', window: 4 });
      await until(seen, 'caught up');
      for (let sent = 0; sent < 4; sent++) await append(server, 'foreign', someEvents(1), ANY);
      await vi.waitFor(() => expect(marks(seen)).not.toEqual([]), patience);

      expect(events(seen)).toEqual([]);
    });

    test('that a burst outruns loses nothing and doubles nothing', async () => {
      const seen = watch(END, { prefix: 'burst', window: 32 });
      await until(seen, 'caught up');
      for (let sent = 0; sent < 10; sent++) await append(server, 'burst', someEvents(100), ANY);
      await until(seen, 'burst@999');

      const expected = Array.from({ length: 1000 }, (_, revision) => `burst@${revision}`);
      expect(events(seen)).toEqual(expected);
      const commits = marks(seen).map((mark) => BigInt(mark.slice(5)));
      expect(commits).toEqual([...commits].sort((one, other) => (one < other ? -1 : 1)));
    });

    test('takes a regular expression for its streams', async () => {
      const seen = watch(START, { regex: `^${server.prefix}[a]$`, window: 1_000_000 });
      await until(seen, 'caught up');

      expect(events(seen)).toEqual(['a@0', 'a@1', 'a@2', 'a@3', 'a@4']);
    });

    test('between records is refused as invalid', async () => {
      const { commit } = await positionOf('a', 1);
      const seen = watch({ commit: commit + 1n, prepare: commit + 1n });
      await until(seen, 'error 3');

      expect(events(seen)).toEqual([]);
    });

    test('beyond the head is silent about what comes before that position', async () => {
      const { commit } = await positionOf('a', 1);
      const beyond = commit + 100_000_000_000n;
      const seen = watch({ commit: beyond, prepare: beyond }, { prefix: 'unseen' });
      await until(seen, 'caught up');
      const control = watch(END, { prefix: 'unseen' });
      await until(control, 'caught up');
      await append(server, 'unseen', someEvents(1), NO_STREAM);
      await until(control, 'unseen@0');

      expect(seen).toEqual(['confirmed', 'caught up']);
    });
  });
}
