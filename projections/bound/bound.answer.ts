import type { Reason } from '../../src/entries/domain/finding.js';
import type { Presumption } from '../../src/entries/domain/presumption.js';
import type { Answer } from '../../src/time/three-valued.js';
import type { AgreementShown } from '../agreement-shown.js';
import type { DateShown } from '../date-shown.js';
import type { DateOfAct } from '../mutual-use/signing-and-start.js';
import type { PartyShown } from '../party-names.js';
import type { Stamp } from '../stamp.js';

/** Whether `from` owes `to` something in a field on a day, and why (issue's `GET /api/bound`). */
export interface BoundAnswer extends Stamp {
  readonly from: PartyShown;
  readonly to: PartyShown;
  readonly field: string;
  readonly answer: Answer;
  readonly reasons: readonly Reason[];
  readonly presumed: readonly Presumption[];
  /** Entries that wait for approval and would change the answer. */
  readonly pending: readonly string[];
  readonly paths: readonly Path[];
  /** The facts that an undetermined answer lacks. */
  readonly missing: readonly Missing[];
}

export interface Path {
  readonly kind: 'direct' | 'membership';
  readonly agreement: AgreementShown;
  /** The council or union through which both are bound. */
  readonly through?: PartyShown;
  readonly answer: Answer;
  readonly reasons: readonly Reason[];
  readonly presumed: readonly Presumption[];
  readonly unknowns: readonly string[];
  readonly pending: readonly string[];
  readonly signed: DateOfAct | null;
  /** The dates of the acts that it rests on. */
  readonly dates: readonly {
    readonly event: string;
    readonly type: string;
    readonly acted: DateShown | null;
    readonly effective: DateShown | null;
  }[];
}

export interface Missing {
  /** The event whose date or order is open; null where no event states the fact at all. */
  readonly event: string | null;
  readonly type: string;
  readonly agreement?: string;
  readonly party?: string;
  /** Which date would settle it. */
  readonly field?: 'acted' | 'effective' | 'from' | 'end';
  /** What is known of it, where it is known in part. */
  readonly known: DateShown | null;
  readonly reason: string;
}
