import { EntitySchema } from 'typeorm';

/** A row of `projection.checkpoint`; numbers beyond 2^31 come as text. */
export interface CheckpointRow {
  readonly ledger: string;
  readonly version: number;
  readonly fold: number;
  readonly serves: boolean;
  readonly n: string;
  /** The store's own place of n; null before the first event. */
  readonly position: string | null;
  readonly state: 'running' | 'halted';
  readonly reason: string | null;
  readonly moved: Date;
}

export const checkpointSchema = new EntitySchema<CheckpointRow>({
  name: 'checkpoint',
  schema: 'projection',
  columns: {
    ledger: { type: 'text', primary: true },
    version: { type: 'integer', primary: true },
    fold: { type: 'integer' },
    serves: { type: 'boolean' },
    n: { type: 'bigint' },
    position: { type: 'text', nullable: true },
    state: { type: 'text' },
    reason: { type: 'text', nullable: true },
    moved: { type: 'timestamptz' },
  },
});
