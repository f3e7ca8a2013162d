import type { Actor, Numbered, RegisterEvent } from '../../src/entries/domain/event.js';
import { standing, type Standing } from '../../src/entries/domain/standing.js';
import type { PartialDate } from '../../src/time/partial-date.js';
import { shown, type DateShown } from '../date-shown.js';

export type EntryStatus = 'pending' | 'approved' | 'rejected';

/** What a page shows of the envelope as it is. Sealed values are commitments, opened on output only. */
const asStored = [
  'id',
  'revision',
  'type',
  'order',
  'recordedAt',
  'entry',
  'paper',
  'authority',
  'reason',
  'source',
] as const;

export interface EventShown extends Pick<RegisterEvent, (typeof asStored)[number] | 'data'> {
  readonly n: number;
  /** The time of n. */
  readonly at: string;
  readonly actor: Omit<Actor, 'account'> & { readonly account?: string };
  readonly acted?: DateShown;
  readonly effective?: DateShown;
  /** Of the entry that it belongs to; null for what belongs to none. */
  readonly status: EntryStatus | null;
  /** The retraction that lists it. */
  readonly fallenBy?: string;
}

export interface Showing {
  /** Staff of the keeping body see which account acted, and what is withheld from the public. */
  readonly inside: boolean;
  readonly withheld: readonly string[];
}

/** The events of one stream up to some n, each with its standing at that n. */
export function eventsShown(events: readonly Numbered[], showing: Showing): readonly EventShown[] {
  const stands = standing(events, 'approved');
  return events.map((it) => eventShown(it, stands, showing));
}

function eventShown(
  { n, at, event }: Numbered,
  stands: Standing,
  { inside, withheld }: Showing,
): EventShown {
  const { role, body } = event.actor;
  const fallenBy = stands.fallen.get(event.id);
  const plain = asStored.flatMap((it) => (event[it] === undefined ? [] : [[it, event[it]]]));
  return {
    ...(Object.fromEntries(plain) as Pick<RegisterEvent, (typeof asStored)[number]>),
    n,
    at,
    data: inside ? event.data : without(event.data, withheld),
    actor: inside ? event.actor : { role, body },
    ...dates({ acted: event.acted, effective: event.effective }),
    status: event.entry === undefined ? null : statusOf(event.entry, stands),
    ...(fallenBy === undefined ? {} : { fallenBy }),
  };
}

export function statusOf(entry: string, { approved, rejected }: Standing): EntryStatus {
  if (approved.has(entry)) return 'approved';
  return rejected.has(entry) ? 'rejected' : 'pending';
}

function dates(given: {
  readonly acted: PartialDate | undefined;
  readonly effective: PartialDate | undefined;
}): Pick<EventShown, 'acted' | 'effective'> {
  const { acted, effective } = given;
  return {
    ...(acted === undefined ? {} : { acted: shown(acted) }),
    ...(effective === undefined ? {} : { effective: shown(effective) }),
  };
}

/** Withheld names are gone at every depth: a correction names the field that it corrects. */
function without(data: unknown, withheld: readonly string[]): unknown {
  if (withheld.length === 0 || typeof data !== 'object' || data === null) return data;
  if (Array.isArray(data)) {
    return data
      .filter((it) => !withheld.includes(String((it as { field?: unknown } | null)?.field)))
      .map((it) => without(it, withheld));
  }
  return Object.fromEntries(
    Object.entries(data)
      .filter(([name]) => !withheld.includes(name))
      .map(([name, value]) => [name, without(value, withheld)]),
  );
}
