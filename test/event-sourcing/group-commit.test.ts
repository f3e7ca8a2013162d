import * as fc from 'fast-check';
import { expect, test } from 'vitest';

import { StoreUnavailable } from '../../src/event-sourcing/event-store.js';
import { GroupCommit, type Outcome } from '../../src/event-sourcing/group-commit.js';
import type { CheckedAppend } from '../../src/event-sourcing/numbered-group.js';

/** A store that keeps groups in memory, each committed after a while. */
class Groups {
  readonly committed: (readonly CheckedAppend[])[] = [];
  under = 0;

  readonly commit = async (group: readonly CheckedAppend[]): Promise<readonly Outcome[]> => {
    this.under += 1;
    expect(this.under).toBeLessThanOrEqual(2);
    await new Promise((resolve) => setTimeout(resolve, 1));
    this.under -= 1;
    this.committed.push(group);
    return group.map(({ stream, expectedRevision }) => () => ({
      n: this.committed.length,
      revision: expectedRevision + 1,
      position: stream,
      at: '',
    }));
  };
}

function append(stream: string, expectedRevision: number, size = 100): CheckedAppend {
  return { stream, expectedRevision, events: [], sealed: [], size };
}

test.each([
  ['a few appends go out together', 15, [15]],
  [
    'many go out in two halves, of which one is prepared while the other is committed',
    21,
    [11, 10],
  ],
])('%s', async (_, arriving, sizes) => {
  const groups = new Groups();
  const commit = new GroupCommit(groups.commit);
  await Promise.all(
    Array.from({ length: arriving }, (_, it) => commit.append(append(`${it}`, -1))),
  );
  expect(groups.committed.map((group) => group.length)).toEqual(sizes);
});

test('what arrives while a group is committed waits for the next', async () => {
  const groups = new Groups();
  const commit = new GroupCommit(groups.commit);
  const first = commit.append(append('first', -1));
  await new Promise((resolve) => setImmediate(resolve));
  await Promise.all([first, ...['a', 'b', 'c'].map((it) => commit.append(append(it, -1)))]);
  expect(groups.committed.map((group) => group.length)).toEqual([1, 3]);
});

test('no group holds a stream twice, and each stream keeps its order', async () => {
  const streams = fc.array(fc.constantFrom('a', 'b', 'c', 'd'), { minLength: 1, maxLength: 40 });
  await fc.assert(
    fc.asyncProperty(streams, async (order) => {
      const groups = new Groups();
      const commit = new GroupCommit(groups.commit);
      const results = await Promise.all(
        order.map((stream, place) => commit.append(append(stream, place))),
      );
      expect(results.map(({ position }) => position)).toEqual(order);
      for (const group of groups.committed) {
        expect(new Set(group.map(({ stream }) => stream)).size).toBe(group.length);
      }
      for (const stream of order) {
        const sent = groups.committed.flat().filter((it) => it.stream === stream);
        const revisions = sent.map(({ expectedRevision }) => expectedRevision);
        expect(revisions).toEqual(revisions.toSorted((a, b) => a - b));
      }
    }),
    { numRuns: 40 },
  );
});

test('a group stays below four mebibytes and 256 appends', async () => {
  const groups = new Groups();
  const commit = new GroupCommit(groups.commit);
  const large = Array.from({ length: 9 }, (_, it) => append(`large-${it}`, -1, 1_048_576));
  const small = Array.from({ length: 300 }, (_, it) => append(`small-${it}`, -1, 1));
  await Promise.all([...large, ...small].map((it) => commit.append(it)));
  for (const group of groups.committed) {
    expect(group.length).toBeLessThanOrEqual(256);
    expect(group.reduce((sum, { size }) => sum + size, 0)).toBeLessThanOrEqual(4 * 1_048_576);
  }
  expect(groups.committed.flat()).toHaveLength(309);
});

test('each append of a group has its own outcome', async () => {
  const commit = new GroupCommit(async (group) =>
    group.map(({ stream }, place) => () => {
      if (place === 1) throw new StoreUnavailable(stream);
      return { n: place, revision: 0, position: stream, at: '' };
    }),
  );
  const outcomes = await Promise.allSettled(
    ['a', 'b', 'c'].map((it) => commit.append(append(it, -1))),
  );
  expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
});

test('closing commits what was taken and takes no more', async () => {
  const groups = new Groups();
  const commit = new GroupCommit(groups.commit);
  const taken = Promise.all(['a', 'a', 'a'].map((it, place) => commit.append(append(it, place))));
  await commit.close();
  await expect(taken).resolves.toHaveLength(3);
  await expect(commit.append(append('b', -1))).rejects.toBeInstanceOf(StoreUnavailable);
  expect(groups.committed).toHaveLength(3);
});
