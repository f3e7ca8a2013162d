import type { Clock } from './clock.js';
import { StreamNames } from './entries/stream-names.js';
import type { EventStore } from './event-sourcing/event-store.js';
import { type EventStoreDbTiming, openEventStoreDb } from './event-sourcing/eventstoredb/store.js';
import { openPostgresEventStore } from './event-sourcing/postgres-event-store.js';

/** The schemas of a register in its database: one database holds one register. */
export const registerSchemas = { schema: 'musubi', vaultSchema: 'musubi_vault' };

/** Of a register whose events are in EventStoreDB: its order as it was seen, and who may write. */
export const orderSchema = 'musubi_order';

export interface StorePlace {
  /** URL of the database; it may hold a password. */
  readonly databaseUrl: string;
  /** Undefined where the events are in that database too. */
  readonly eventStoreUrl: string | undefined;
  readonly register: string;
  readonly clock: Clock;
  readonly report?: (line: string) => void;
  /** Whether what a process saw of an EventStoreDB before is forgotten, as after a restore. */
  readonly anew?: boolean;
  /** Of EventStoreDB; the adapter's own where not given. */
  readonly timing?: EventStoreDbTiming;
}

/** Opens the adapter that the place asks for. @throws StoreUnavailable, UnexpectedHistory */
export function openEventStore({
  databaseUrl,
  eventStoreUrl,
  register,
  clock,
  report = () => undefined,
  anew = false,
  timing = {},
}: StorePlace): Promise<EventStore> {
  const connection = { connectionString: databaseUrl };
  const now = () => clock.millis();
  if (eventStoreUrl === undefined) {
    return openPostgresEventStore({ connection, ...registerSchemas, now });
  }
  const names = new StreamNames(register);
  return openEventStoreDb({
    connectionString: eventStoreUrl,
    prefix: names.prefix,
    owns: (stream) => names.owns(stream),
    connection,
    schema: orderSchema,
    vaultSchema: registerSchemas.vaultSchema,
    now,
    report,
    anew,
    ...timing,
  });
}
