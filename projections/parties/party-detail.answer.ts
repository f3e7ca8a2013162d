import type { FindingShown } from './on-day.js';
import type { DateShown } from '../date-shown.js';
import type { PartyShown } from '../party-names.js';
import type { EventShown } from '../register/event-shown.js';
import type { Stamp } from '../stamp.js';
import type { Source } from '../../src/entries/domain/event.js';
import type { PartyListed } from './party.answer.js';

/** A run of crisp days `[from, to)`, ISO, null without bound, with every possible content. */
export interface Period {
  readonly from: string | null;
  readonly to: string | null;
  readonly contents: readonly unknown[];
  readonly pending: readonly string[];
}

/** An act as it was entered: its dates as written, and where they stand. */
export interface ActShown {
  readonly event: string;
  readonly type: string;
  readonly acted?: DateShown;
  readonly effective?: DateShown;
  readonly source?: Source;
}

/** How the party stands to another: on the day, over all days, and by which acts. */
export interface Relation extends FindingShown {
  readonly party: PartyShown;
  readonly periods: readonly Period[];
  readonly acts: readonly ActShown[];
}

export interface PartyDetailAnswer extends Stamp {
  readonly id: string;
  /** The last revision of the stream at n. */
  readonly revision: number;
  /** As it is called on the day; before it begins, as it will first be. */
  readonly party: PartyListed;
  /** Whether another has taken its place by the day and it is no more. */
  readonly ceased: FindingShown;
  /** Names, reading, kind, codes and office, day by day. */
  readonly names: { readonly periods: readonly Period[]; readonly acts: readonly ActShown[] };
  /** Wards of a city, organs of a body; yes where it is there on the day. */
  readonly parts: readonly (FindingShown & { readonly party: PartyListed })[];
  readonly members: readonly Relation[];
  readonly memberOf: readonly Relation[];
  readonly predecessors: readonly Relation[];
  readonly successors: readonly Relation[];
  readonly coverages: readonly (Omit<Relation, 'party'> & { readonly field: string })[];
  readonly offices: readonly Said[];
  readonly figures: readonly Said[];
  readonly meetings: readonly Said[];
  readonly events: readonly EventShown[];
  /** Entries that wait for approval. */
  readonly pending: readonly string[];
}

/** What an act states that no fold decides day by day. */
export interface Said extends ActShown {
  readonly data: unknown;
}
