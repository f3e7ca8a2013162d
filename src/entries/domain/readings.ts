import { MOST_WORLDS, type World } from '../../time/possibility.js';
import { commonActs } from './common-acts.js';
import { contentOf, valueWithout, withValue } from './content.js';
import { isStructural, openDoubts, type Doubt } from './dispute.js';
import type { Numbered, RegisterEvent } from './event.js';
import { remembered } from './remembered-readings.js';
import { countsIn, standing, type Counting, type Standing } from './standing.js';

/** One way to read a stream: the acts that stand, with their contents, under these assumptions. */
export interface Reading {
  readonly when: World;
  readonly acts: readonly Numbered[];
}

/** Which act leans on which, and what may stand in for a fallen one: the aggregate's own rule. */
export interface Leaning {
  leans(act: RegisterEvent, base: RegisterEvent): boolean;
  replaces(other: RegisterEvent, base: RegisterEvent): boolean;
}

export type Readings = readonly Reading[] | null;

/** Every reading that disputes and fallen facts leave open; null beyond 256. */
export function readingsOf(
  events: readonly Numbered[],
  counting: Counting,
  leaning: Leaning,
): Readings {
  return remembered(events, counting, leaning, () => everyReading(events, counting, leaning));
}

function everyReading(events: readonly Numbered[], counting: Counting, leaning: Leaning): Readings {
  const found: Reading[] = [];
  for (const { when, stands } of standings(events, counting)) {
    for (const leant of leanings(events, stands, counting, leaning)) {
      for (const it of disputed(leant, events, stands)) {
        found.push({ ...it, when: { ...when, ...it.when } });
        if (found.length > MOST_WORLDS) return null;
      }
    }
  }
  return found;
}

interface StandingWhen {
  readonly when: World;
  readonly stands: Standing;
}

/**
 * What stands, with each doubted retraction, approval or rejection counting and not counting. One
 * that is taken as not there may let another doubt count.
 */
function* standings(
  events: readonly Numbered[],
  counting: Counting,
  when: World = {},
  ignored: ReadonlySet<string> = new Set(),
): Generator<StandingWhen> {
  const stands = standing(events, counting, ignored);
  const byId = new Map(stands.events.map(({ event }) => [event.id, event]));
  const next = openDoubts(stands.events).find(
    ({ target }) => isStructural(byId.get(target)!) && !Object.hasOwn(when, countsOf(target)),
  );
  if (next === undefined) {
    yield { when, stands };
    return;
  }
  const name = countsOf(next.target);
  yield* standings(events, counting, { ...when, [name]: 't' }, ignored);
  const without = new Set([...ignored, next.target]);
  yield* standings(events, counting, { ...when, [name]: 'o' }, without);
}

function countsOf(event: string): string {
  return `d:${event}:counts`;
}

/** What leans on a fallen fact is open: with the fact as if it stood, or without either. */
function leanings(
  events: readonly Numbered[],
  stands: Standing,
  counting: Counting,
  leaning: Leaning,
): Reading[] {
  const corrected = stands.events.some(({ event }) => event.type === 'FactCorrected');
  const content = (it: Numbered): Numbered =>
    corrected ? { ...it, event: contentOf(it.event, stands.events) } : it;
  const acts = actsAmong(stands.events).map(content);
  if (stands.fallen.size === 0) return [{ when: {}, acts }];
  const fallen = events
    .filter(({ event }) => stands.fallen.has(event.id) && isAct(event))
    .filter(({ event }) => countsIn(counting, event.entry, stands))
    .map(content)
    .filter(
      ({ event }) =>
        !acts.some((it) => leaning.replaces(it.event, event)) &&
        acts.some((it) => leaning.leans(it.event, event)),
    );
  let found: Reading[] = [{ when: {}, acts }];
  for (const base of fallen.slice(0, 9)) {
    found = found.flatMap(({ when, acts: held }) => [
      { when: { ...when, [`f:${base.event.id}`]: 'in' }, acts: inOrder([...held, base]) },
      {
        when: { ...when, [`f:${base.event.id}`]: 'out' },
        acts: held.filter((it) => !leaning.leans(it.event, base.event)),
      },
    ]);
  }
  return found;
}

function disputed(reading: Reading, events: readonly Numbered[], stands: Standing): Reading[] {
  const doubts = openDoubts(stands.events);
  if (doubts.length === 0) return [reading];
  let found: Reading[] = [reading];
  const originals = new Map(events.map(({ event }) => [event.id, event]));
  for (const { act, field, doubts: about } of byField(doubts, reading.acts, stands)) {
    const original = originals.get(act.id) ?? act;
    const unknown = `d:${act.id}:${field}`;
    found = found.flatMap(({ when, acts: held }) => [
      { when: { ...when, [unknown]: 't' }, acts: held },
      ...about.map((doubt) => ({
        when: { ...when, [unknown]: doubt.dispute },
        acts: held.flatMap((it) =>
          it.event.id === act.id ? asDoubted(it, doubt, original, stands) : [it],
        ),
      })),
    ]);
    if (found.length > MOST_WORLDS) return found;
  }
  return found;
}

/** The disputer's value; where he gives none, what would stand without the target. */
function asDoubted(
  it: Numbered,
  doubt: Doubt,
  original: RegisterEvent,
  stands: Standing,
): readonly Numbered[] {
  if (Object.hasOwn(doubt, 'value')) {
    return [{ ...it, event: withValue(it.event, doubt.field, doubt.value) }];
  }
  if (doubt.target === original.id) return [];
  const value = valueWithout(original, doubt.field, doubt.target, stands.events);
  return [{ ...it, event: withValue(it.event, doubt.field, value) }];
}

function byField(doubts: readonly Doubt[], acts: readonly Numbered[], stands: Standing) {
  const groups = new Map<string, { act: RegisterEvent; field: string; doubts: Doubt[] }>();
  const byId = new Map(stands.events.map(({ event }) => [event.id, event]));
  for (const doubt of doubts) {
    const target = byId.get(doubt.target);
    if (target === undefined || isStructural(target)) continue;
    const about =
      target.type === 'FactCorrected' ? (target.data as { event: string }).event : target.id;
    const act = acts.find((it) => it.event.id === about)?.event;
    if (act === undefined) continue;
    const key = `${about}:${doubt.field}`;
    const group = groups.get(key) ?? { act, field: doubt.field, doubts: [] };
    group.doubts.push(doubt);
    groups.set(key, group);
  }
  return groups.values();
}

export function isAct(event: RegisterEvent): boolean {
  return !Object.hasOwn(commonActs, event.type);
}

export function actsAmong(standing: readonly Numbered[]): readonly Numbered[] {
  return standing.filter(({ event }) => isAct(event));
}

function inOrder(acts: readonly Numbered[]): readonly Numbered[] {
  return acts.toSorted((a, b) => a.n - b.n);
}
