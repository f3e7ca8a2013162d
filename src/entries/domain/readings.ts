import { MOST_WORLDS, type World } from '../../time/possibility.js';
import { commonActs } from './common-acts.js';
import { contentOf, valueWithout, withValue } from './content.js';
import { isStructural, openDoubts, type Doubt } from './dispute.js';
import type { Numbered, RegisterEvent } from './event.js';
import { standing, type Counting, type Standing } from './standing.js';

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

/** Every reading that disputes and fallen facts leave open; null beyond 256. */
export function readingsOf(
  events: readonly Numbered[],
  counting: Counting,
  leaning: Leaning,
): readonly Reading[] | null {
  const plain = standing(events, counting);
  const doubts = openDoubts(plain.events);
  const byId = new Map(plain.events.map(({ event }) => [event.id, event]));
  const doubted = [...new Set(doubts.map((it) => it.target))].filter((target) =>
    isStructural(byId.get(target)!),
  );
  let found: Reading[] = [];
  for (const { world, ignored } of ignorances(doubted)) {
    const stands = ignored.size === 0 ? plain : standing(events, counting, ignored);
    const leant = leanings(events, stands, counting, leaning);
    for (const reading of leant) {
      const doubtful = disputed(reading, stands);
      found = [...found, ...doubtful.map((it) => ({ ...it, when: { ...world, ...it.when } }))];
      if (found.length > MOST_WORLDS) return null;
    }
  }
  return found;
}

function ignorances(doubted: readonly string[]): { world: World; ignored: Set<string> }[] {
  let found: { world: World; ignored: Set<string> }[] = [{ world: {}, ignored: new Set() }];
  for (const target of doubted.slice(0, 9)) {
    found = found.flatMap(({ world, ignored }) => [
      { world: { ...world, [`d:${target}:counts`]: 't' }, ignored },
      { world: { ...world, [`d:${target}:counts`]: 'o' }, ignored: new Set([...ignored, target]) },
    ]);
  }
  return found;
}

/** What leans on a fallen fact is open: with the fact as if it stood, or without either. */
function leanings(
  events: readonly Numbered[],
  stands: Standing,
  counting: Counting,
  leaning: Leaning,
): Reading[] {
  const acts = actsAmong(stands.events);
  const fallen = events.filter(
    ({ event }) =>
      stands.fallen.has(event.id) &&
      isAct(event) &&
      counted(event, stands, counting) &&
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

function disputed(reading: Reading, stands: Standing): Reading[] {
  const doubts = openDoubts(stands.events);
  const acts = reading.acts.map((it) => ({ ...it, event: contentOf(it.event, stands.events) }));
  let found: Reading[] = [{ when: reading.when, acts }];
  for (const { act, field, doubts: about } of byField(doubts, reading.acts, stands)) {
    const unknown = `d:${act.id}:${field}`;
    found = found.flatMap(({ when, acts: held }) => [
      { when: { ...when, [unknown]: 't' }, acts: held },
      ...about.map((doubt) => ({
        when: { ...when, [unknown]: doubt.dispute },
        acts: held.flatMap((it) =>
          it.event.id === act.id ? asDoubted(it, doubt, act, stands) : [it],
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
  act: RegisterEvent,
  stands: Standing,
): readonly Numbered[] {
  if (Object.hasOwn(doubt, 'value')) {
    return [{ ...it, event: withValue(it.event, doubt.field, doubt.value) }];
  }
  if (doubt.target === act.id) return [];
  const value = valueWithout(act, doubt.field, doubt.target, stands.events);
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

function counted(event: RegisterEvent, stands: Standing, counting: Counting): boolean {
  if (event.entry === undefined || stands.approved.has(event.entry)) return true;
  return counting === 'entered' && !stands.rejected.has(event.entry);
}

function inOrder(acts: readonly Numbered[]): readonly Numbered[] {
  return acts.toSorted((a, b) => a.n - b.n);
}
