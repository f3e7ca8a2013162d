import { existsSync } from 'node:fs';

import { Pool } from 'pg';

import { systemClock } from '../clock.js';
import type { Config } from '../config.js';
import type { EventStore } from '../event-sourcing/event-store.js';
import { dataDirectory } from '../postgres/data-directory.js';
import { type OpenDatabase, reachDatabase } from '../postgres/open-database.js';
import { openEventStore, registerSchemas } from '../open-event-store.js';
import type { Place } from './place.js';

/** One end of a move: where the events are, and the database for all that is no event. */
export interface End {
  readonly place: Place;
  /** `embedded` or PostgreSQL; the place itself unless the events are in EventStoreDB. */
  readonly database: Place;
}

export interface OpenEnd {
  /** How it stands in reasons and events: kind, host, port, database and register. */
  readonly told: string;
  /** Vault, office and ledgers. */
  readonly pool: Pool;
  readonly databaseUrl: string;
  /** False while opening its store would make the register's tables first. */
  hasStore(): Promise<boolean>;
  /** The store, opened once; a register's tables are made where they are missing. */
  store(): Promise<EventStore>;
  close(): Promise<void>;
}

type PlaceConfig = Pick<Config, 'data'>;

/** @throws DatabaseFault, StoreUnavailable */
export async function openEnd(
  { place, database: named }: End,
  register: string,
  config: PlaceConfig,
): Promise<OpenEnd> {
  const database = await openDatabasePlace(named, config);
  const pool = new Pool({
    connectionString: database.url,
    max: 4,
    application_name: 'musubi move',
  });
  pool.on('error', () => undefined);
  let opened: Promise<EventStore> | undefined;
  return {
    told: toldEnd(place, register),
    pool,
    databaseUrl: database.url,
    hasStore: () => hasStore(place, pool),
    store: () => (opened ??= openStore(place, database.url, register)),
    async close() {
      await opened?.then(
        (store) => store.close(),
        () => undefined,
      );
      await pool.end();
      await database.close();
    },
  };
}

export function toldEnd({ told }: Place, register: string): string {
  return `${told}?register=${register}`;
}

/** Whether the embedded data are there: reaching them makes them where they are not. */
export function isMissing(place: Place, { data }: PlaceConfig): boolean {
  return place.kind === 'embedded' && !existsSync(dataDirectory(data).cluster);
}

function openStore(place: Place, databaseUrl: string, register: string): Promise<EventStore> {
  const eventStoreUrl = place.kind === 'eventstoredb' ? place.url : undefined;
  return openEventStore({ databaseUrl, eventStoreUrl, register, clock: systemClock });
}

async function hasStore(place: Place, pool: Pool): Promise<boolean> {
  // What such a store keeps in the database can be made anew: only the server says what it holds.
  if (place.kind === 'eventstoredb') return true;
  const { rows } = await pool.query<{ there: boolean }>(
    'select to_regclass($1) is not null as there',
    [`${registerSchemas.schema}.register_head`],
  );
  return rows[0]?.there === true;
}

function openDatabasePlace(place: Place, { data }: PlaceConfig): Promise<OpenDatabase> {
  return reachDatabase({
    data,
    databaseUrl: place.kind === 'embedded' ? undefined : place.url,
  });
}
