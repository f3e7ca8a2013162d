export interface RebuildProgress {
  readonly stage: 'reading' | 'indexing' | 'catching-up' | 'comparing' | 'serving';
  /** Undefined while all of them are filled together. */
  readonly ledger?: string;
  readonly events: number;
  /** Events to be read in all. */
  readonly of: number;
}
