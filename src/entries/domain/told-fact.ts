import { certain, isTooMany, type TooMany } from '../../time/possibility.js';
import type { PartialDate } from '../../time/partial-date.js';
import { ALWAYS, type DayOfEffect, type Effect } from './effect.js';
import type { Numbered, RegisterEvent, Source } from './event.js';
import { partRows, pendingEntries, type PartRow, type Parts } from './part-rows.js';
import type { Presuming, Presumption } from './presumption.js';
import { actsAmong, readingsOf, type Leaning, type Reading } from './readings.js';
import type { Counting } from './standing.js';
import { unfold, type Part } from './unfold.js';

/**
 * What an act tells beside the terms of its stream: a measure, a meeting, figures, a count. It binds
 * nobody. `notBegun`: the day is before the day that it is about; `notSaid`: in this possibility the
 * act does not stand.
 */
export interface ToldFact<S = unknown> {
  readonly state: 'notSaid' | 'notBegun' | 'begun';
  readonly event: string;
  readonly type: string;
  /** The act's register number. */
  readonly n: number;
  /** The open fields of the act, as corrected; absent where it does not stand. */
  readonly said?: S;
  readonly acted?: PartialDate;
  readonly effective?: PartialDate;
  /** Where it was read, without the words. */
  readonly source?: Source;
  readonly presumed: readonly Presumption[];
}

export interface Told {
  /** What the fact is, first word of its row's name: `measure`, `meeting`. */
  readonly kind: string;
  readonly said: unknown;
  /** When what it tells began; undefined for a statement, which is shown on every day (domain § 4). */
  readonly begins: DayOfEffect | undefined;
  /** By what it is found, `of:<party>`, `in:<field>`. */
  readonly keys: readonly string[];
}

/** What the acts of a kind of stream tell; undefined for an act that tells nothing of this sort. */
export interface Telling {
  readonly leaning: Leaning;
  told(act: RegisterEvent, all: readonly RegisterEvent[], presume: Presuming): Told | undefined;
}

/** A register number in a row's name, so that names sort as numbers do. */
export function padded(n: number): string {
  return String(n).padStart(12, '0');
}

/**
 * One row series `<kind>:<n>` for each fact told, and rows of all days `<kind>-<key>:<n>` by which it
 * is found, in every reading of the stream, pending entries included.
 */
export function toldRows(
  events: readonly Numbered[],
  presume: Presuming,
  telling: Telling,
): readonly PartRow[] {
  const rows = partRows(events, (counting) => factsOf(events, counting, presume, telling));
  return [...rows, ...keyRows(events, presume, telling)];
}

interface Found {
  readonly reading: Reading;
  readonly it: Numbered;
  readonly told: Told;
}

function toldIn(
  events: readonly Numbered[],
  counting: Counting,
  presume: Presuming,
  telling: Telling,
): { readonly readings: readonly Reading[]; readonly tooMany: boolean; readonly found: Found[] } {
  const known = readingsOf(events, counting, telling.leaning);
  const readings = known ?? [{ when: {}, acts: actsAmong(events) }];
  const found = readings.flatMap((reading) => {
    const all = reading.acts.map(({ event }) => event);
    return reading.acts.flatMap((it) => {
      const told = telling.told(it.event, all, presume);
      return told === undefined ? [] : [{ reading, it, told }];
    });
  });
  return { readings, tooMany: known === null, found };
}

function factsOf(
  events: readonly Numbered[],
  counting: Counting,
  presume: Presuming,
  telling: Telling,
): Parts {
  const { readings, tooMany, found } = toldIn(events, counting, presume, telling);
  const facts = new Map<string, Found[]>();
  for (const each of found) {
    const key = `${each.told.kind}:${padded(each.it.n)}`;
    facts.set(key, [...(facts.get(key) ?? []), each]);
  }
  return new Map(
    [...facts].map(([key, mine]) => {
      if (tooMany) return [key, [{ from: -Infinity, to: Infinity, contents: beyond }]];
      const happenings = readings.map((reading) => ({
        when: reading.when,
        effects: mine.filter((it) => it.reading === reading).flatMap((it) => effectsOf(it, key)),
      }));
      return [key, unfold(happenings, factPart(key, mine))];
    }),
  );
}

const beyond = certain<TooMany>({ tooMany: true });

function effectsOf({ it: { event }, told }: Found, slot: string): readonly Effect[] {
  const base = { event, slots: [slot], follows: () => false, commutes: () => true };
  const said = { ...base, key: `${event.id}#said`, kind: 'said', range: ALWAYS, presumed: [] };
  return told.begins === undefined
    ? [said]
    : [said, { ...base, key: event.id, kind: 'begin', ...told.begins }];
}

function factPart(key: string, found: readonly Found[]): Part<ToldFact> {
  return {
    key,
    slots: [key],
    read(sequence) {
      const [first] = found;
      const { id: event = '', type = '' } = first?.it.event ?? {};
      const base = { event, type, n: first?.it.n ?? -1 };
      const said = sequence.find((it) => it.kind === 'said');
      const mine = found.find(({ it }) => it.event === said?.event);
      if (said === undefined || mine === undefined) {
        return { ...base, state: 'notSaid', presumed: [] };
      }
      const begun = sequence.find((it) => it.kind === 'begin');
      return {
        ...base,
        state: begun === undefined && mine.told.begins !== undefined ? 'notBegun' : 'begun',
        said: mine.told.said,
        ...dated(mine.it.event),
        presumed: begun?.presumed ?? [],
      };
    },
  };
}

function dated({ acted, effective, source }: RegisterEvent) {
  return {
    ...(acted === undefined ? {} : { acted }),
    ...(effective === undefined ? {} : { effective }),
    ...(source === undefined ? {} : { source: placeOf(source) }),
  };
}

/** Where something was read, and when that was written. */
export function placeOf({ document, place, written }: Source): Source {
  return {
    document,
    ...(place === undefined ? {} : { place }),
    ...(written === undefined ? {} : { written }),
  };
}

function keyRows(
  events: readonly Numbered[],
  presume: Presuming,
  telling: Telling,
): readonly PartRow[] {
  const pending = pendingEntries(events);
  const namesIn = (counting: Counting) =>
    new Set(
      toldIn(events, counting, presume, telling).found.flatMap(({ it, told }) =>
        told.keys.map((key) => `${told.kind}-${key}:${padded(it.n)}`),
      ),
    );
  const approved = namesIn('approved');
  const entered = pending.length === 0 ? approved : namesIn({ asIfApproved: new Set(pending) });
  return [...new Set([...approved, ...entered])].sort().map((part) => ({
    part,
    from: -Infinity,
    to: Infinity,
    contents: approved.has(part) ? [{ content: { named: true }, worlds: [{}] }] : [],
    pending: approved.has(part) ? [] : pending,
  }));
}

/** The facts that a row may tell; a row beyond all readings tells none. */
export function factsIn<S>(contents: readonly { readonly content: unknown }[]): ToldFact<S>[] {
  return contents.flatMap(({ content }) =>
    isTooMany(content as object | TooMany) ? [] : [content as ToldFact<S>],
  );
}
