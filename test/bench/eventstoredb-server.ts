import { startDoubleProcess } from '../eventstoredb-double/double-process.js';

/** Whom the register in EventStoreDB is measured on. */
export interface MeasuredServer {
  readonly connectionString: string;
  /** How the table names it. */
  readonly told: string;
}

const real = process.env['BENCH_EVENTSTORE'];

/**
 * The server that `BENCH_EVENTSTORE` (a connection string) names, or a new double in a process of its
 * own that ends with the work. What the work writes to a server that is kept stays there.
 */
export async function onEventStoreDb<T>(work: (server: MeasuredServer) => Promise<T>): Promise<T> {
  if (real !== undefined && real !== '') {
    return work({ connectionString: real, told: 'EventStoreDB' });
  }
  const { connectionString, stop } = await startDoubleProcess();
  try {
    return await work({ connectionString, told: 'double' });
  } finally {
    await stop();
  }
}
