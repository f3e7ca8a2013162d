import { createHash } from 'node:crypto';

import { expect, test } from 'vitest';

import { decideEntered } from '../../src/entries/domain/decide-entry.js';
import { actType } from '../../src/entries/domain/catalogue.js';
import type { Numbered } from '../../src/entries/domain/event.js';
import { Timeline } from '../../src/entries/domain/timeline.js';
import { entryDigest } from '../../src/entries/entry-digest.js';
import { StreamNames } from '../../src/entries/stream-names.js';
import { isCanonicalText } from '../../src/event-sourcing/canonical-json.js';
import type { RecordedEvent } from '../../src/event-sourcing/event-store.js';
import { refuseDisorder } from '../../src/event-sourcing/import-checks.js';
import { parseEvent } from '../../src/event-sourcing/parse-event.js';
import { eightCities } from '../support/national/country.js';
import { nationalRegister } from '../support/national/national-register.js';

const names = new StreamNames('main');
const small = { events: 10_000, seed: 1 };

function digest(events: number, seed: number): string {
  const all = createHash('sha256');
  for (const it of nationalRegister({ events, seed }, names).events()) all.update(it.body);
  return all.digest('hex');
}

function byStream(events: Iterable<RecordedEvent>): ReadonlyMap<string, readonly Numbered[]> {
  const found = new Map<string, Numbered[]>();
  for (const it of events) {
    const read = parseEvent(it, names.refOf(it.stream)!.kind);
    found.set(it.stream, [...(found.get(it.stream) ?? []), read]);
  }
  return found;
}

test('the same seed makes the same bytes, another seed others', () => {
  expect(digest(3_000, 7)).toBe(digest(3_000, 7));
  expect(digest(3_000, 8)).not.toBe(digest(3_000, 7));
});

test('as many events as are asked for stand in one order, each as its canonical text', () => {
  let before: RecordedEvent | undefined;
  const ids = new Set<string>();
  for (const it of nationalRegister(small, names).events()) {
    refuseDisorder(before, it);
    expect(isCanonicalText(it.body)).toBe(true);
    ids.add(it.id);
    before = it;
  }
  expect(before?.n).toBe(9_999);
  expect(ids.size).toBe(10_000);
});

test('each act could have been entered where it stands', () => {
  for (const [stream, events] of byStream(nationalRegister(small, names).events())) {
    const { kind } = names.refOf(stream)!;
    events.forEach(({ event }, i) => {
      const { shape } = actType(kind, event.type)!;
      expect(Object.keys(shape)).toEqual(expect.arrayContaining(Object.keys(event.data as object)));
      if (kind === 'register') return;
      decideEntered(kind, new Timeline(events.slice(0, i)), event, event.type);
    });
  }
});

test('an approval names the digest of what was seen', () => {
  const bodies = new Map<string, string[]>();
  let approvals = 0;
  for (const { body } of nationalRegister(small, names).events()) {
    const { type, entry, data } = JSON.parse(body) as {
      readonly type: string;
      readonly entry?: string;
      readonly data: { readonly entry: string; readonly digest: string };
    };
    if (entry !== undefined) bodies.set(entry, [...(bodies.get(entry) ?? []), body]);
    if (type !== 'EntryApproved') continue;
    expect(data.digest).toBe(entryDigest(bodies.get(data.entry)!));
    approvals += 1;
  }
  expect(approvals).toBeGreaterThan(1_000);
});

test('with a million events it is the country', () => {
  const { places, bodies, prefectures } = nationalRegister(
    { events: 1_000_000, seed: 1 },
    names,
  ).country;
  expect([prefectures.length, bodies.length]).toEqual([47, 1_741]);
  expect(places.filter((it) => it.kind === 'ward')).toHaveLength(171);
});

test('a share of the country has the eight cities, and about as many agreements for each body', () => {
  const agreementsOf = (events: number) => {
    const register = nationalRegister({ events, seed: 1 }, names);
    expect(register.country.bodies.map((it) => it.name)).toEqual(
      expect.arrayContaining([...eightCities]),
    );
    const bodies = new Set(register.country.bodies.map((it) => it.id));
    const counts = { agreements: 0, bonds: 0, bilateral: 0, largest: 0 };
    for (const { body, type } of register.events()) {
      if (type !== 'AgreementRegistered') continue;
      const { parties } = (
        JSON.parse(body) as { readonly data: { readonly parties: readonly { party: string }[] } }
      ).data;
      counts.agreements += 1;
      counts.bonds += parties.filter((it) => bodies.has(it.party)).length;
      if (parties.length === 2) counts.bilateral += 1;
      counts.largest = Math.max(counts.largest, parties.length);
    }
    return { ...counts, each: counts.bonds / bodies.size };
  };
  const [less, more] = [agreementsOf(20_000), agreementsOf(80_000)];
  for (const { agreements, bilateral } of [less, more]) {
    expect(bilateral / agreements).toBeGreaterThan(0.7);
    expect(bilateral / agreements).toBeLessThan(0.9);
  }
  expect(less.agreements).toBeGreaterThan(1_800);
  expect(more.agreements).toBeGreaterThan(7_400);
  expect(more.agreements).toBeLessThan(8_600);
  expect(more.each / less.each).toBeGreaterThan(0.6);
  expect(more.each / less.each).toBeLessThan(1.8);
  expect(more.largest).toBeGreaterThan(20);
});
