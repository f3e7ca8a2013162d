import { EventStoreDBClient, START } from '@eventstore/db-client';

import type { RegisterEvent } from '../../src/entries/domain/event.js';
import { readAddress } from '../../src/event-sourcing/eventstoredb/address.js';
import type { LoggedEvent } from '../crash/log-of-register.js';

/** Every event whose stream begins so, read past the program, numbered in the order of the log. */
export async function logOfServer(
  connectionString: string,
  prefix: string,
): Promise<readonly LoggedEvent[]> {
  const address = readAddress(connectionString);
  if (address === undefined) throw new Error('no connection string');
  const { connection, credentials } = address;
  const client = EventStoreDBClient.connectionString(connection);
  const log: LoggedEvent[] = [];
  try {
    const all = client.readAll({ fromPosition: START, ...(credentials && { credentials }) });
    for await (const { event } of all) {
      if (event === undefined || !event.streamId.startsWith(prefix)) continue;
      const { id, streamId: stream, revision, data } = event;
      const read = data as unknown as RegisterEvent;
      log.push({ n: log.length, id, stream, revision: Number(revision), event: read });
    }
  } finally {
    await client.dispose();
  }
  return log;
}
