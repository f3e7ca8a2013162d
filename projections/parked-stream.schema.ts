import { EntitySchema } from 'typeorm';

/** A row of `projection.parked_stream`. */
export interface ParkedStreamRow {
  readonly ledger: string;
  readonly version: number;
  readonly stream: string;
  readonly id: string;
  readonly n: string;
  readonly error: string;
  readonly since: Date;
}

export const parkedStreamSchema = new EntitySchema<ParkedStreamRow>({
  name: 'parked_stream',
  schema: 'projection',
  columns: {
    ledger: { type: 'text', primary: true },
    version: { type: 'integer', primary: true },
    stream: { type: 'text', primary: true },
    id: { type: 'uuid' },
    n: { type: 'bigint' },
    error: { type: 'text' },
    since: { type: 'timestamptz' },
  },
});
