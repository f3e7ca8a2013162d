export interface RebuildProgress {
  readonly stage: 'reading' | 'indexing' | 'catching-up' | 'comparing' | 'serving';
  readonly events: number;
  /** Events to be read in all. */
  readonly of: number;
}
