import { randomBytes } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';

import { Client } from 'pg';

/** A database of one's own on the test server. */
export interface FreshDatabase {
  readonly url: string;
  /** Drops it, and ends the connections that are left. */
  dispose(): Promise<void>;
}

/** Makes an empty database; the label stands in its name, so that a leftover tells where it came from. */
export async function freshDatabase(label: string): Promise<FreshDatabase> {
  const readable = label
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '_')
    .slice(0, 40);
  const name = `test_${readable}_${randomBytes(4).toString('hex')}`;
  await onServer(`create database ${name} template template0 strategy file_copy`);
  const url = new URL(serverUrl());
  url.pathname = `/${name}`;
  return {
    url: url.href,
    dispose: () => drop(name),
  };
}

/** The server that the run's setup started, or that `TEST_DATABASE_URL` named. */
export function serverUrl(): string {
  const url = process.env['TEST_DATABASE_URL'];
  if (!url) throw new Error('TEST_DATABASE_URL is not set: the global setup did not run');
  return url;
}

/**
 * A pool that has ended may still have connections that say goodbye, and nobody listens to them any more:
 * cut off, they would be an uncaught error of whatever runs then.
 */
async function drop(name: string): Promise<void> {
  await withServer(async (client) => {
    for (let looks = 0; looks < 20; looks += 1) {
      const { rows } = await client.query('select from pg_stat_activity where datname = $1', [
        name,
      ]);
      if (rows.length === 0) break;
      await pause(25);
    }
    await client.query(`drop database if exists ${name} with (force)`);
  });
}

async function onServer(statement: string): Promise<void> {
  await withServer((client) => client.query(statement));
}

async function withServer(work: (client: Client) => Promise<unknown>): Promise<void> {
  const client = new Client({ connectionString: serverUrl() });
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}
