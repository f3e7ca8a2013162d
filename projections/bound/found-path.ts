import type { Finding } from '../../src/entries/domain/finding.js';
import type { Reader } from '../reader.js';
import type { AgreementRecord } from '../agreement-record.js';
import type { Acts } from './missing.js';

export interface Asked {
  /** Party ids: whether `from` owes `to`. */
  readonly from: string;
  readonly to: string;
  readonly field: string;
  readonly reader: Reader;
}

/** A way in which one may be bound to the other, with everything it rests on. */
export interface Found {
  readonly kind: 'direct' | 'membership';
  readonly agreement: AgreementRecord;
  readonly through?: string;
  readonly finding: Finding;
  readonly acts: readonly Acts[];
  /** Ids of what the streams that it reads are about. */
  readonly streams: readonly string[];
  readonly pending: readonly string[];
}
