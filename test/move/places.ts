import type { EventStore } from '../../src/event-sourcing/event-store.js';
import { openPostgresEventStore } from '../../src/event-sourcing/postgres-event-store.js';
import { registerSchemas } from '../../src/open-event-store.js';
import { freshDatabase } from '../support/database.js';

/** Somewhere a register can live, empty at first. */
export interface MadePlace {
  /** What `--from` and `--to` are given; the environment has the address. */
  readonly place: string;
  /** What `--from-database` and `--to-database` are given; undefined where the place is one. */
  readonly database?: string;
  readonly environment: Readonly<Record<string, string>>;
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
  readonly make: (label: string) => Promise<MadePlace>;
}

/** The register's name in these tests, as the generated events have it in their streams. */
export const register = 'test';

let made = 0;

const postgres: KindOfPlace = {
  name: 'PostgreSQL',
  async make(label) {
    const database = await freshDatabase(label);
    const { url } = database;
    const variable = `PLACE_${(made += 1)}`;
    const { hostname, port, pathname } = new URL(url);
    return {
      place: `env:${variable}`,
      environment: { [variable]: url },
      told: `postgres://${hostname}:${port}${pathname}?register=${register}`,
      databaseUrl: url,
      settings: { DATABASE_URL: url },
      openStore: () =>
        openPostgresEventStore({ connection: { connectionString: url }, ...registerSchemas }),
      dispose: () => database.dispose(),
    };
  },
};

/** A register begins in the first and moves to each of them and back. */
export const places: readonly KindOfPlace[] = [postgres];

export const firstPlace = postgres;
