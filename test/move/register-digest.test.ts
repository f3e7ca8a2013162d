import { createHash } from 'node:crypto';

import { expect, test } from 'vitest';

import { canonicalText } from '../../src/event-sourcing/canonical-json.js';
import type { RecordedEvent } from '../../src/event-sourcing/event-store.js';
import { compareStores, Different } from '../../src/move/compare-stores.js';
import { digestLine, RegisterDigest } from '../../src/move/register-digest.js';

const event: RecordedEvent = {
  n: 12,
  id: '6f1b4f0e-3a52-5d0c-9c55-2f1f7c1b6a10',
  stream: 'musubi-main-party-横浜市',
  revision: 3,
  type: 'PartyRegistered',
  recordedAt: '2026-04-01T00:00:00.000Z',
  at: '2026-04-01T00:00:00.250Z',
  body: '{"data":{"name":"横浜市"}}',
  position: 'C:7/P:7',
};

const digestOf = (events: readonly RecordedEvent[]) => {
  const digest = new RegisterDigest();
  for (const it of events) digest.add(it);
  return digest.hex();
};

test('a line is the canonical JSON of what every store must give back', () => {
  const { body, position: _, ...rest } = event;
  const hashed = createHash('sha256').update(body, 'utf8').digest('hex');
  expect(digestLine(event)).toBe(canonicalText({ ...rest, body: hashed }));
});

test('the digest is what anybody makes of the lines', () => {
  const events = [event, { ...event, n: 13, revision: 4 }];
  const lines = events.map((it) => `${digestLine(it)}\n`).join('');
  expect(digestOf(events)).toBe(createHash('sha256').update(lines).digest('hex'));
  expect(digestOf([])).toBe(createHash('sha256').digest('hex'));
  // Fixed for ever: it stands in RegisterMoved of registers that were moved.
  expect(digestOf([event])).toBe(
    '735beeb3a1666fff8bea477a4f88a9c84995a0332105df0c04295e7f2f133306',
  );
});

test('every member counts but the position', () => {
  const whole = digestOf([event]);
  for (const change of [
    { n: 13 },
    { id: '6f1b4f0e-3a52-5d0c-9c55-2f1f7c1b6a11' },
    { stream: 'musubi-main-party-川崎市' },
    { revision: 4 },
    { type: 'PartyRenamed' },
    { recordedAt: '2026-04-01T00:00:00.001Z' },
    { at: '2026-04-01T00:00:00.251Z' },
    { body: '{"data":{"name":"川崎市"}}' },
  ]) {
    expect(digestOf([{ ...event, ...change }])).not.toBe(whole);
  }
  expect(digestOf([{ ...event, position: '12' }])).toBe(whole);
});

test('two stores are compared event by event, and the first difference is named', async () => {
  const events = [0, 1, 2].map((n) => ({ ...event, n, revision: n }));
  const storeOf = (them: readonly RecordedEvent[]) => ({
    async *readAll() {
      yield* them;
    },
  });
  const other = events.map((it) => ({ ...it, position: String(it.n) }));
  const seen: number[] = [];
  expect(await compareStores(storeOf(events), storeOf(other), 3, (it) => seen.push(it))).toEqual({
    events: 3,
    digest: digestOf(events),
  });
  expect(seen).toEqual([1, 2, 3]);
  expect(await compareStores(storeOf(events), storeOf(other.slice(0, 2)), 2)).toMatchObject({
    events: 2,
  });
  for (const changed of [
    [other[0]!, { ...other[1]!, body: '{}' }, other[2]!],
    [other[0]!],
    [other[0]!, other[2]!],
  ]) {
    const differing = compareStores(storeOf(events), storeOf(changed), 3);
    await expect(differing).rejects.toBeInstanceOf(Different);
    await expect(differing).rejects.toMatchObject({ n: 1 });
  }
});
