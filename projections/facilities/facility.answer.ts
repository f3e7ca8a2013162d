import type { Finding } from '../../src/entries/domain/finding.js';
import type { Source } from '../../src/entries/domain/event.js';
import type { AgreementShown } from '../agreement-shown.js';
import type { DateShown } from '../date-shown.js';
import type { PartyShown } from '../party-names.js';
import type { Stamp } from '../stamp.js';

/** One value and where it was read. */
export interface ValueShown {
  readonly value: string | number;
  /** The act that states it. */
  readonly event: string;
  /** The column's name as the list's header has it. */
  readonly column?: string;
  /** The cell to the letter, where it is not the value itself. */
  readonly written?: string;
  /** The line of the list on which the row begins, and the digest of the file. */
  readonly line?: number;
  readonly sha256?: string;
  readonly source?: Source;
}

export interface AttributeShown {
  /** `name`, `opening.days` … */
  readonly attribute: string;
  /** Every value that the day may have; one where it is certain. */
  readonly values: readonly ValueShown[];
  /** Present where it may also be that nothing is said. */
  readonly unsaid?: true;
}

export interface FacilityListed {
  readonly id: string;
  readonly owner: PartyShown | null;
  readonly name: string | null;
  readonly kana: string | null;
  /** POI code, what it means, and the remark, which often says the kind. */
  readonly poi: string | null;
  readonly kind: string | null;
  readonly note: string | null;
  readonly address: string | null;
  readonly latitude: number | null;
  readonly longitude: number | null;
  readonly telephone: string | null;
  readonly url: string | null;
  /** Whether it exists on the day. */
  readonly open: Finding;
  /** Attributes that the sources leave open on the day; they are null here. */
  readonly undetermined: readonly string[];
  readonly pending: readonly string[];
}

/** A run of days on which a facility is, or may be, offered under an agreement. */
export interface OfferShown {
  readonly agreement: AgreementShown;
  readonly provider: PartyShown | null;
  /** ISO 8601, `[from, to)`; null without bound. */
  readonly from: string | null;
  readonly to: string | null;
  /** Whether it is certain on these days. */
  readonly answer: 'yes' | 'undetermined';
  readonly pending: readonly string[];
}

/** A count that a source states of a body's facilities, beside what the register lists itself. */
export interface CountBeside {
  readonly event: string;
  readonly agreement: AgreementShown;
  /** The field counted; null where the source counts without one. */
  readonly field: string | null;
  readonly stated: number;
  /** Facilities of the kind that certainly exist on the day; null where none is on record at all. */
  readonly listed: number | null;
  /** Certain and undetermined ones. */
  readonly listedPossible: number | null;
  /** `listed` less `stated`. */
  readonly difference: number | null;
  readonly source?: Source;
}

export interface FacilitiesAnswer extends Stamp {
  /** Of this page. */
  readonly total: { readonly certain: number; readonly possible: number };
  readonly facilities: readonly FacilityListed[];
  /** Where an owner is asked for: counts that agreements state of it. */
  readonly counts: readonly CountBeside[];
  /** Entries that wait for approval and would change the answer. */
  readonly pending: readonly string[];
  readonly next?: string;
}

export interface FacilityDetailAnswer extends Stamp {
  readonly id: string;
  readonly owner: PartyShown | null;
  readonly open: Finding;
  readonly attributes: readonly AttributeShown[];
  /** Under agreements that the reader may see, on whatever days. */
  readonly offers: readonly OfferShown[];
  /** Approved acts in the order of their numbers. */
  readonly acts: readonly {
    readonly event: string;
    readonly type: string;
    readonly n: number;
    readonly effective?: DateShown;
    readonly source?: Source;
  }[];
  readonly pending: readonly string[];
}
