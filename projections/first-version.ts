import type { ClientBase } from 'pg';

import { inTransaction } from '../src/event-sourcing/postgres-transaction.js';
import { createLedgerIndexes, createLedgerTables } from './bitemporal.js';
import { addPoint, currentPoint, type LedgerPoint } from './checkpoint.js';
import { schemaOf, type Ledger } from './ledger.js';

/** The version that serves; made, empty, where the ledger was never built. Its leader calls this. */
export async function servingVersion(connection: ClientBase, ledger: Ledger): Promise<LedgerPoint> {
  const found = await currentPoint(connection, ledger.name);
  if (found !== undefined) return found;
  const schema = schemaOf(ledger.name, 1);
  await inTransaction(connection, async () => {
    await createLedgerTables(connection, ledger, schema);
    await createLedgerIndexes(connection, ledger, schema);
    await addPoint(connection, { ledger: ledger.name, version: 1, fold: ledger.fold }, true);
  });
  return servingVersion(connection, ledger);
}
