import type { Reason } from '../../src/entries/domain/finding.js';
import type { Presumption } from '../../src/entries/domain/presumption.js';
import type { LinkKind } from '../../src/obligations/domain/link.js';
import type { Answer } from '../../src/time/three-valued.js';
import type { AgreementShown } from '../agreement-shown.js';
import type { DateShown } from '../date-shown.js';
import type { DateOfAct } from '../mutual-use/signing-and-start.js';
import type { PartyShown } from '../party-names.js';
import type { Stamp } from '../stamp.js';

/** Whether `from` owes `to` something in a field on a day, and by which ways (`GET /api/bound`). */
export interface BoundAnswer extends Stamp {
  readonly from: PartyShown;
  readonly to: PartyShown;
  readonly field: string;
  readonly answer: Answer;
  /** Every way that says yes is confined to a ward or an area. */
  readonly scoped?: true;
  readonly reasons: readonly Reason[];
  readonly presumed: readonly Presumption[];
  /** Entries that wait for approval and would change the answer. */
  readonly pending: readonly string[];
  /** The answers of all days, as the register knew them at the same number. */
  readonly periods: readonly Period[];
  /** What decides first, the shorter before the longer; at most a hundred of all. */
  readonly paths: readonly Path[];
  /** How many paths were weighed that the reader may see. */
  readonly pathsTotal: number;
  /** More or longer ways may be there than were followed: then no answer is a no. */
  readonly cut?: true;
  /** The facts that an undetermined answer lacks. */
  readonly missing: readonly Missing[];
}

/** Days `from` up to, and without, `to`, as ISO 8601; null where there is no bound. */
export interface Period {
  readonly from: string | null;
  readonly to: string | null;
  readonly answer: Answer;
}

/**
 * `direct`: both stand in the agreement. Otherwise by what leads furthest from it: a `succession`, a
 * `ward` of the city asked about, the `whole` of the ward asked about, an `organ`, a `membership`.
 */
export type PathKind = 'direct' | 'membership' | Exclude<LinkKind, 'member'>;

export interface Path {
  readonly kind: PathKind;
  readonly agreement: AgreementShown;
  /** The council or union through which an umbrella is said to bind both. */
  readonly through?: PartyShown;
  /** Who stands in the agreement for each of the two, or is named in its umbrella. */
  readonly provider: PartyShown;
  readonly beneficiary: PartyShown;
  /** How each of the two comes to it; empty where it is the one that stands there. */
  readonly chains: { readonly from: readonly LinkShown[]; readonly to: readonly LinkShown[] };
  readonly answer: Answer;
  readonly reasons: readonly Reason[];
  readonly presumed: readonly Presumption[];
  readonly unknowns: readonly string[];
  readonly pending: readonly string[];
  readonly scope?: ScopeShown;
  readonly reservations: readonly ReservationShown[];
  readonly periods: readonly Period[];
  readonly signed: DateOfAct | null;
  /** The dates of the acts that it rests on. */
  readonly dates: readonly {
    readonly event: string;
    readonly type: string;
    readonly acted: DateShown | null;
    readonly effective: DateShown | null;
  }[];
}

/** One step of a chain: to whom, whether it holds on the day, and on which days. */
export interface LinkShown {
  readonly kind: LinkKind;
  readonly to: PartyShown;
  readonly answer: Answer;
  readonly reasons: readonly Reason[];
  readonly periods: readonly Period[];
}

/** 区域: what of the two the path is about. */
export interface ScopeShown {
  /** The ward that stands in the agreement, where its city is asked about as the one that owes. */
  readonly ward?: PartyShown;
  /** The same of the one that is owed. */
  readonly towards?: PartyShown;
  readonly areas?: readonly string[];
  readonly wards?: readonly PartyShown[];
  readonly events: readonly string[];
}

/** 留保 of the provider that touches the pair and the field, or may. */
export interface ReservationShown {
  readonly event: string;
  readonly text: string | null;
  readonly towards?: readonly PartyShown[];
  readonly fields?: readonly string[];
}

export interface Missing {
  /** The event whose date or order is open; null where no event states the fact at all. */
  readonly event: string | null;
  readonly type: string;
  readonly agreement?: string;
  readonly party?: string;
  /** Of a membership: whose. */
  readonly member?: string;
  /** Which date would settle it. */
  readonly field?: 'acted' | 'effective' | 'from' | 'end';
  /** What is known of it, where it is known in part. */
  readonly known: DateShown | null;
  readonly reason: string;
}
