import { randomBytes } from 'node:crypto';

import type { EventStore } from '../../src/event-sourcing/event-store.js';
import { systemClock } from '../../src/clock.js';
import { readPlace } from '../../src/move/place.js';
import { openEventStore } from '../../src/open-event-store.js';
import { EventStoreDbDouble } from '../eventstoredb-double/eventstoredb-double.js';
import { freshDatabase } from '../support/database.js';

/** Somewhere a register can live, empty at first. */
export interface MadePlace {
  /** What `--from` and `--to` are given; the environment has the address. */
  readonly place: string;
  /** What `--from-database` and `--to-database` are given; undefined where the place is one. */
  readonly database?: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly register: string;
  /** How the place stands in reasons and events. */
  readonly told: string;
  /** URL of the database for everything that is no event. */
  readonly databaseUrl: string;
  /** What an application is given to start there. */
  readonly settings: Readonly<Record<string, string>>;
  openStore(): Promise<EventStore>;
  dispose(): Promise<void>;
}

export interface KindOfPlace {
  readonly name: string;
  readonly make: (label: string, name?: string) => Promise<MadePlace>;
}

/** The register's name, but where a server is shared with other tests. */
export const register = 'test';

/** A register of its own on a server that may hold others. */
export function newRegister(): string {
  return `test-${randomBytes(5).toString('hex')}`;
}

let made = 0;

const postgres: KindOfPlace = {
  name: 'PostgreSQL',
  async make(label, name = register) {
    const database = await freshDatabase(label);
    const { url } = database;
    const variable = `PLACE_${(made += 1)}`;
    const { hostname, port, pathname } = new URL(url);
    return {
      place: `env:${variable}`,
      environment: { [variable]: url },
      told: `postgres://${hostname}:${port}${pathname}?register=${name}`,
      databaseUrl: url,
      register: name,
      settings: { DATABASE_URL: url, MUSUBI_REGISTER: name },
      openStore: () =>
        openEventStore({
          databaseUrl: url,
          eventStoreUrl: undefined,
          register: name,
          clock: systemClock,
        }),
      dispose: () => database.dispose(),
    };
  },
};

/** Events on a server of EventStoreDB, the rest in the other end's database, as most would have it. */
function eventStoreDb(
  kind: string,
  start: () => Promise<{ readonly url: string; readonly stop: () => Promise<void> }>,
): KindOfPlace {
  return {
    name: kind,
    async make(label, name = register) {
      const server = await start();
      const own = await freshDatabase(label);
      const [variable, database] = [`PLACE_${(made += 1)}`, `DATABASE_${made}`];
      return {
        place: `env:${variable}`,
        database: `env:${database}`,
        environment: { [variable]: server.url, [database]: own.url },
        told: `${toldAddress(server.url)}?register=${name}`,
        databaseUrl: own.url,
        register: name,
        settings: {
          DATABASE_URL: own.url,
          EVENTSTORE_CONNECTION_STRING: server.url,
          MUSUBI_REGISTER: name,
        },
        openStore: () =>
          openEventStore({
            databaseUrl: own.url,
            eventStoreUrl: server.url,
            register: name,
            clock: systemClock,
          }),
        async dispose() {
          await server.stop();
          await own.dispose();
        },
      };
    },
  };
}

function toldAddress(url: string): string {
  return readPlace('to', url, {}).told;
}

const double = eventStoreDb('a loopback double of EventStoreDB', async () => {
  const server = await EventStoreDbDouble.start();
  return { url: server.connectionString, stop: () => server.stop() };
});

const server = process.env['EVENTSTORE_CONNECTION_STRING'];
if (server === undefined) {
  console.warn('EVENTSTORE_CONNECTION_STRING is not set: nothing is moved to a real EventStoreDB.');
}

/** A register begins in the first and moves to each of them and back. */
export const places: readonly KindOfPlace[] = [
  postgres,
  double,
  ...(server === undefined
    ? []
    : [eventStoreDb('EventStoreDB', async () => ({ url: server, stop: async () => undefined }))]),
];

export const firstPlace = postgres;
