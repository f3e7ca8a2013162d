import type { Finding, Reason } from '../../src/entries/domain/finding.js';
import type { Presumption } from '../../src/entries/domain/presumption.js';
import type { Answer } from '../../src/time/three-valued.js';
import type { AgreementShown } from '../agreement-shown.js';
import type { PartyShown } from '../party-names.js';
import type { Stamp } from '../stamp.js';
import type { FacilityClaims } from './facility-claims.js';
import type { DateOfAct } from './signing-and-start.js';

/** Whom a party lets use what, and by whom it is let, on a day (issue's `GET /api/mutual-use`). */
export interface MutualUseAnswer extends Stamp {
  /** Partners with a yes; partners with a yes or an undetermined. */
  readonly total: { readonly certain: number; readonly possible: number };
  readonly rows: readonly MutualUseRow[];
}

export interface MutualUseRow {
  readonly partner: PartyShown;
  /** Who of ours stands in it, where it is a part of the party asked for: its ward, its organ. */
  readonly as?: PartyShown;
  readonly agreement: AgreementShown;
  /** Whether each may use the other's. */
  readonly answer: Answer;
  readonly directions: {
    /** Whether the partner's residents may use ours. */
    readonly partnerUsesOurs: Finding;
    /** Whether our residents may use the partner's. */
    readonly weUsePartners: Finding;
  };
  readonly signed: DateOfAct | null;
  readonly serviceStart: DateOfAct | null;
  readonly facilities: FacilityClaims;
  readonly reasons: readonly Reason[];
  readonly presumed: readonly Presumption[];
  readonly unknowns: readonly string[];
  /** Entries that wait for approval and would change this row. */
  readonly pending: readonly string[];
  readonly disputed: boolean;
}
