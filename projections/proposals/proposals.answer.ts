import type { Finding } from '../../src/entries/domain/finding.js';
import type { ProposalState } from '../../src/proposals/domain/proposal-parts.js';
import type { Counted } from '../../src/proposals/domain/told.js';
import type { AgreementShown } from '../agreement-shown.js';
import type { DateShown } from '../date-shown.js';
import type { PartyShown } from '../party-names.js';
import type { Stamp } from '../stamp.js';
import type { ToldShown } from '../told-finding.js';

/** 提案: those on record by name, and the totals that were published, apart from each other. */
export interface ProposalsAnswer extends Stamp {
  /** A total is a statement with its own day, shown for every day. Nobody makes up what is behind it. */
  readonly counts: readonly CountRow[];
  readonly proposals: readonly ProposalRow[];
  readonly next?: number;
}

export interface CountRow extends ToldShown {
  readonly id: string;
  readonly receiver: PartyShown | null;
  readonly channel: string | null;
  readonly stage: string | null;
  readonly count: number | null;
  readonly period: DateShown | null;
  readonly otherwise?: readonly Counted[];
}

/** `answer` says whether it had been received by the day. */
export interface ProposalRow extends Finding {
  readonly id: string;
  readonly n: number;
  /** Every state that the day may have. */
  readonly states: readonly ProposalState['state'][];
  readonly title: string | null;
  readonly receiver: PartyShown | null;
  readonly proposers: readonly PartyShown[];
  readonly unnamed: readonly string[];
  readonly channel: string | null;
  readonly stage: string | null;
  readonly outcome: string | null;
  /** What it led to; null where nothing did, or the reader may not see it. */
  readonly agreement: AgreementShown | null;
  readonly pending: readonly string[];
}
