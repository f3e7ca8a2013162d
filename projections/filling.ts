import { type Client, escapeIdentifier } from 'pg';

import type { RecordedEvent } from '../src/event-sourcing/event-store.js';
import { createLedgerIndexes, createLedgerTables, refuseOverlaps } from './bitemporal.js';
import { addPoint, advance, raiseFence } from './checkpoint.js';
import { RowCopy } from './copy-rows.js';
import { schemaOf, type Ledger } from './ledger.js';
import { park, type ParkedStream } from './parked-streams.js';

/** A version that is to be filled; each has a connection of its own. */
export interface Building {
  readonly ledger: Ledger;
  readonly version: number;
  readonly connection: Client;
}

export interface BuiltVersion {
  readonly events: number;
  readonly rows: number;
}

/** A version while it is filled: rows first, indexes then, its place in the log at last. */
export class Filling {
  /** Streams whose fold failed. */
  readonly parked: ParkedStream[] = [];

  private constructor(
    private readonly building: Building,
    private readonly schema: string,
    readonly copy: RowCopy,
  ) {}

  static async begin(building: Building): Promise<Filling> {
    const { connection, ledger, version } = building;
    const schema = schemaOf(ledger.name, version);
    // Nothing rests on the rows before `finish`: what a crash leaves of them is cleared away.
    await connection.query('set synchronous_commit = off');
    await createLedgerTables(connection, ledger, schema);
    await addPoint(connection, { ledger: ledger.name, version, fold: ledger.fold }, false);
    return new Filling(building, schema, new RowCopy(connection, ledger, schema));
  }

  get ledger(): Ledger {
    return this.building.ledger;
  }

  /** @param last the last event of the log that is in; undefined for an empty one */
  async finish(last: RecordedEvent | undefined): Promise<void> {
    const { connection, ledger, version } = this.building;
    await this.copy.flush();
    await createLedgerIndexes(connection, ledger, this.schema);
    await connection.query(`analyze ${escapeIdentifier(this.schema)}.part_row`);
    await refuseOverlaps(connection, this.schema);
    await connection.query('reset synchronous_commit');
    const point = await raiseFence(connection, { ledger: ledger.name, version });
    for (const it of this.parked) await park(connection, point, it);
    if (last !== undefined) await advance(connection, point, last);
  }
}
