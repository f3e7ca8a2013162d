import type { PartyRole } from '../../src/agreements/domain/vocabulary.js';
import type { Finding } from '../../src/entries/domain/finding.js';
import type { LinkKind } from '../../src/obligations/domain/link.js';
import type { Answer } from '../../src/time/three-valued.js';
import type { AgreementShown } from '../agreement-shown.js';
import type { DateOfAct } from '../mutual-use/signing-and-start.js';
import type { PartyShown } from '../party-names.js';
import type { Stamp } from '../stamp.js';
import type { StandingState } from './standing.js';

/**
 * 近傍: the agreements in which a party stands. To stand in one together is no obligation between the
 * two: `GET /api/bound` says who owes whom.
 */
export interface NeighbourhoodAnswer extends Stamp {
  readonly of: PartyShown;
  readonly field: string | null;
  /** There are more ways to stand for somebody than are followed: agreements may be missing. */
  readonly cut?: boolean;
  /** Over all agreements that the reader may see, not only those of the page. */
  readonly degree: {
    /** Agreements that bind the party on the day for certain; those and the undetermined ones. */
    readonly agreements: Count;
    /** Others whom one of these binds on the day too. */
    readonly partners: Count;
  };
  readonly agreements: readonly NeighbourRow[];
  /** Where the next page begins; absent on the last one. */
  readonly next?: number;
}

export interface Count {
  readonly certain: number;
  readonly possible: number;
}

/** `answer` says whether it binds the party on the day, itself or through whom it stands for. */
export interface NeighbourRow extends Finding {
  readonly agreement: AgreementShown;
  /** The register number of its first event. */
  readonly n: number;
  readonly fields: readonly string[];
  readonly state: StandingState;
  readonly signed: DateOfAct | null;
  /** Two parties and no others; null where others have no name. */
  readonly bilateral: boolean | null;
  /** Each way in which the party stands in it; an empty `through` is itself. */
  readonly as: readonly {
    readonly carrier: PartyShown;
    readonly through: readonly { readonly kind: LinkKind; readonly to: PartyShown }[];
    readonly role: PartyRole | null;
    readonly answer: Answer;
    readonly state: StandingState;
  }[];
  /** The others, the first 60 of them; `state` is null where the day leaves it open. */
  readonly others: readonly (PartyShown & {
    readonly role: PartyRole | null;
    readonly state: string | null;
  })[];
  readonly othersTotal: number;
  /** Parties that the source does not name. */
  readonly unnamed: readonly string[];
  readonly pending: readonly string[];
}
