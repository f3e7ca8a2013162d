import type { Finding } from '../../src/entries/domain/finding.js';
import type { Chain } from '../../src/obligations/domain/chain.js';
import type { Support } from '../../src/obligations/domain/support.js';
import type { Segments } from '../../src/time/segments.js';
import type { Reader } from '../reader.js';
import type { AgreementFacts } from './agreement-facts.js';

export interface Asked {
  /** Party ids: whether `from` owes `to`. */
  readonly from: string;
  readonly to: string;
  readonly field: string;
  readonly reader: Reader;
}

/** A way in which one may be bound to the other, with everything it rests on. */
export interface Way {
  readonly agreement: AgreementFacts;
  /** The council through which an umbrella is said to bind the pair. */
  readonly through?: string;
  /** From each of the two to whoever stands in the agreement, or is named in its umbrella. */
  readonly chains: { readonly from: Chain; readonly to: Chain };
  readonly supports: readonly Support[];
  /** What of it ties the two to one instrument: without it there is none between them. */
  readonly ties: readonly Support[];
  /** Who stands in the agreement waits for approval: the way decides nothing yet. */
  readonly waits?: true;
}

/** A way with what it comes to, day by day. */
export interface Found extends Way {
  /** Whether it is certain that there was an instrument between the two on some day. */
  readonly tied: boolean;
  readonly days: Segments<Finding>;
}
