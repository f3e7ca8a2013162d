import {
  dayOfDescription,
  dayOfEffect,
  effectOf,
  firstDayWithout,
  type DayOfEffect,
  type Effect,
} from '../../entries/domain/effect.js';
import type { Numbered } from '../../entries/domain/event.js';
import { partRows, type PartRow, type Parts } from '../../entries/domain/part-rows.js';
import type { Presuming, Presumption } from '../../entries/domain/presumption.js';
import { actsAmong, readingsOf } from '../../entries/domain/readings.js';
import type { Counting } from '../../entries/domain/standing.js';
import { tooManyReadings, unfoldAll, type Part } from '../../entries/domain/unfold.js';
import type { FacilityEvent } from './acts.js';
import { statedIn } from './attributes.js';
import { facilityLeaning } from './leaning.js';

/** One value of a facility on a day, and where it was read. */
export interface Attribute {
  readonly value: string | number;
  /** The act that states it. */
  readonly by: string;
  readonly column?: string;
  /** The cell to the letter, where it is not the value itself. */
  readonly written?: string;
}

/** 施設 on a day: each attribute as the newest act of that day states it. */
export interface Described {
  readonly by: readonly string[];
  readonly owner?: string;
  readonly attributes: Readonly<Record<string, Attribute>>;
  /** By act: the row of a list that it was read from. */
  readonly rows: Readonly<Record<string, { readonly sha256: string; readonly line: number }>>;
}

/** Whether it exists on a day. `unsaid`: opened, and nobody says whether it continues. */
export interface Existence {
  readonly state: 'notOpened' | 'open' | 'closed' | 'unsaid';
  readonly by: readonly string[];
  readonly presumed: readonly Presumption[];
}

export function facilityRows(events: readonly Numbered[], presume: Presuming): readonly PartRow[] {
  return partRows(events, (counting) => facilityParts(events, counting, presume));
}

/** Parts of a facility: `facility`, its attributes by day, and `open`, whether it exists. */
export function facilityParts(
  events: readonly Numbered[],
  counting: Counting,
  presume: Presuming,
): Parts {
  const readings = readingsOf(events, counting, facilityLeaning);
  const happenings = (readings ?? [{ when: {}, acts: actsAmong(events) }]).map(
    ({ when, acts }) => ({
      when,
      effects: acts.flatMap(({ event }) => effectsOf(event as FacilityEvent, presume)),
    }),
  );
  const touched = happenings.some(({ effects }) => effects.length > 0);
  const parts = touched ? [describedPart, existencePart(presume)] : [];
  return readings === null ? tooManyReadings(parts) : unfoldAll(happenings, parts);
}

const describedPart: Part<Described> = {
  key: 'facility',
  slots: ['facility'],
  read: (sequence) => sequence.reduce(described, { by: [], attributes: {}, rows: {} }),
};

function described(known: Described, { event }: Effect): Described {
  const act = event as FacilityEvent;
  if (act.type === 'FacilityClosed') return known;
  const { row, cells = [] } = act.data;
  const byName = new Map(cells.map((it) => [it.attribute, it]));
  const said = Object.entries(statedIn(act.data)).map(([name, value]): [string, Attribute] => {
    const { column, text } = byName.get(name) ?? {};
    return [
      name,
      {
        value,
        by: act.id,
        ...(column === undefined ? {} : { column }),
        ...(text === undefined ? {} : { written: text }),
      },
    ];
  });
  const attributes = { ...known.attributes, ...Object.fromEntries(said) };
  const rows = row === undefined ? known.rows : { ...known.rows, [act.id]: row };
  const stating = new Set(Object.values(attributes).map((it) => it.by));
  return {
    ...known,
    ...(act.type === 'FacilityRegistered' ? { owner: act.data.owner } : {}),
    by: [...known.by, act.id],
    attributes,
    rows: Object.fromEntries(Object.entries(rows).filter(([id]) => stating.has(id))),
  };
}

function existencePart(presume: Presuming): Part<Existence> {
  const continues = presume.has('continues');
  return {
    key: 'open',
    slots: ['open'],
    read(sequence) {
      const last = sequence.at(-1);
      if (last === undefined) return { state: 'notOpened', by: [], presumed: [] };
      const by = [last.event.id];
      if (last.kind !== 'open') return { state: 'closed', by, presumed: last.presumed };
      return continues
        ? { state: 'open', by, presumed: [...last.presumed, 'continues'] }
        : { state: 'unsaid', by, presumed: last.presumed };
    },
  };
}

function effectsOf(event: FacilityEvent, presume: Presuming): readonly Effect[] {
  const effect = (kind: string, slot: string, day: DayOfEffect) =>
    effectOf(event, kind, [slot], day, presume, follows);
  switch (event.type) {
    case 'FacilityRegistered':
      return [
        effect('register', 'facility', dayOfDescription(event, presume)),
        effect('open', 'open', openingDay(event, presume)),
      ];
    case 'FacilityChanged': {
      const change = effect('change', 'facility', dayOfEffect(event, presume));
      return [{ ...change, commutes: (other) => sayNothingInCommon(event, other) }];
    }
    case 'FacilityClosed': {
      const day = firstDayWithout(dayOfEffect(event, presume), event.data.wording, presume);
      return [effect('close', 'open', day)];
    }
  }
}

const follows: Readonly<Record<string, readonly string[]>> = {
  change: ['register'],
  close: ['open'],
};

/** An unstated opening day: the facility already existed (domain § 4 `existed`), or nobody knows. */
function openingDay(event: FacilityEvent, presume: Presuming): DayOfEffect {
  if (event.effective !== undefined) return dayOfEffect(event, presume);
  return presume.has('existed')
    ? { range: { from: -Infinity, to: -Infinity }, presumed: ['existed'] }
    : { range: { from: -Infinity, to: Infinity }, presumed: [] };
}

/** Changes of other attributes, or to the same values, may come in either order. */
function sayNothingInCommon(one: FacilityEvent, { event }: Effect): boolean {
  const other = event as FacilityEvent;
  if (one.type !== 'FacilityChanged' || other.type !== 'FacilityChanged') return false;
  const [mine, theirs] = [statedIn(one.data), statedIn(other.data)];
  return Object.keys(mine).every((it) => theirs[it] === undefined || theirs[it] === mine[it]);
}
