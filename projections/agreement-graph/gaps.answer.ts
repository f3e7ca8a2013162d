import type { PartyShown } from '../party-names.js';
import type { AgreementShown } from '../agreement-shown.js';
import type { Stamp } from '../stamp.js';
import type { MatrixCell } from './matrix.answer.js';

/**
 * 空白: neighbouring pairs that have none in the field, that are bound through a council alone, or whose
 * agreement was signed and is not in effect.
 */
export interface GapsAnswer extends Stamp {
  readonly of: PartyShown;
  readonly field: string;
  /** Whether the pairs were given, or derived from where the offices lie: then they are an estimate. */
  readonly basis: 'given' | 'offices';
  readonly total: Readonly<Record<Gap | 'pairs', number>>;
  /** Every pair but those that are bound otherwise, nearest first. */
  readonly pairs: readonly GapPair[];
  readonly agreements: readonly AgreementShown[];
}

/**
 * `nothingRecorded`: undetermined, nothing is on record; `notUnderCoverage`: a no, since one of them
 * states that its list is whole; `onlyThroughCouncil`: by no paper of their own.
 */
export type Gap =
  | 'nothingRecorded'
  | 'notUnderCoverage'
  | 'notOwed'
  | 'ended'
  | 'signedNotInEffect'
  | 'undetermined'
  | 'onlyThroughCouncil'
  | 'bound';

export interface GapPair {
  readonly a: PartyShown;
  readonly b: PartyShown;
  /** Between their offices; null where one of them has no place on record. */
  readonly distanceKm: number | null;
  readonly gap: Gap;
  /** Whether a owes b, and b owes a. */
  readonly directions: readonly [MatrixCell, MatrixCell];
}
