import { commonActs } from './common-acts.js';
import type { Numbered } from './event.js';
import type { Leaning, Readings } from './readings.js';
import { countsIn, standing, type Counting } from './standing.js';
import { memoryOf, sameItems } from './stream-memory.js';

/** Everything that decides how a stream without disputes is read. */
interface Facts {
  readonly leaning: Leaning;
  /** Acts and corrections that stand and count. */
  readonly stand: readonly Numbered[];
  /** Fallen acts that would count: others may lean on them. */
  readonly fallen: readonly Numbered[];
}

interface Kept extends Facts {
  readonly readings: Readings;
  /** What was made of them, by a name. */
  readonly made: Map<unknown, unknown>;
}

/** What is approved, and what would be: before and after an event. */
const MOST_KEPT = 4;

/**
 * The same readings, not only equal ones, where the same facts count as in one of the last times: an
 * entry that waits changes nothing of what is approved, and its approval makes approved what would
 * have been; and the ledgers fold a stream one after another. Disputes open several readings, and
 * are read anew.
 */
export function remembered(
  events: readonly Numbered[],
  counting: Counting,
  leaning: Leaning,
  read: () => Readings,
): Readings {
  if (events.some(({ event }) => event.type === 'FactDisputed')) return read();
  const facts = { leaning, ...factsOf(events, counting) };
  const mine = keptOf(events);
  const found = mine.find((it) => sameFacts(it, facts));
  if (found !== undefined) return found.readings;
  const readings = read();
  if (readings !== null) mine.unshift({ ...facts, readings, made: new Map() });
  if (mine.length > MOST_KEPT) mine.pop();
  return readings;
}

/** What a pure function makes of readings alone, made once as long as they are remembered. */
export function madeOf<T>(
  events: readonly Numbered[],
  readings: Readings,
  name: unknown,
  make: () => T,
): T {
  const made = keptOf(events).find((it) => it.readings === readings)?.made;
  if (made?.has(name) === true) return made.get(name) as T;
  const it = make();
  made?.set(name, it);
  return it;
}

function keptOf(events: readonly Numbered[]): Kept[] {
  return memoryOf(events, 'readings', (): Kept[] => []);
}

function factsOf(events: readonly Numbered[], counting: Counting): Omit<Facts, 'leaning'> {
  const stands = standing(events, counting);
  const stand = stands.events.filter(({ event: { type } }) => isAct(type) || corrects(type));
  if (stands.fallen.size === 0) return { stand, fallen: none };
  const fallen = events.filter(
    ({ event: { id, type, entry } }) =>
      stands.fallen.has(id) && isAct(type) && countsIn(counting, entry, stands),
  );
  return { stand, fallen };
}

const none: readonly Numbered[] = [];

function isAct(type: string): boolean {
  return !Object.hasOwn(commonActs, type);
}

function corrects(type: string): boolean {
  return type === 'FactCorrected';
}

function sameFacts(a: Facts, b: Facts): boolean {
  return a.leaning === b.leaning && sameItems(a.stand, b.stand) && sameItems(a.fallen, b.fallen);
}
