import type { Reason } from '../../src/entries/domain/finding.js';
import type { Presumption } from '../../src/entries/domain/presumption.js';
import type { Answer } from '../../src/time/three-valued.js';
import type { AgreementShown } from '../agreement-shown.js';
import type { PartyShown } from '../party-names.js';
import type { Stamp } from '../stamp.js';

/** 対応表: whether each of some parties owes each other something, field by field; see `GET /api/bound`. */
export interface MatrixAnswer extends Stamp {
  readonly parties: readonly PartyShown[];
  readonly fields: readonly string[];
  readonly cells: readonly MatrixCell[];
  /** Those that the cells name by id. */
  readonly agreements: readonly AgreementShown[];
}

/**
 * How the one is bound: by a paper of its own, as a member of a council, through its ward or organ, as
 * a part of its city, or as a successor.
 */
export type How = 'direct' | 'council' | 'ward' | 'organ' | 'city' | 'succession';

/** `from` owes `to`. */
export interface MatrixCell {
  readonly from: string;
  readonly to: string;
  readonly field: string;
  readonly answer: Answer;
  /** Of the ways that decide, each once. */
  readonly how: readonly How[];
  /** Ids of the agreements by which they lead. */
  readonly agreements: readonly string[];
  readonly reasons: readonly Reason[];
  readonly presumed: readonly Presumption[];
  readonly pending: readonly string[];
}
