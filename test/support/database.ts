import { randomBytes } from 'node:crypto';

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
    dispose: () => onServer(`drop database if exists ${name} with (force)`),
  };
}

/** The server that the run's setup started, or that `TEST_DATABASE_URL` named. */
export function serverUrl(): string {
  const url = process.env['TEST_DATABASE_URL'];
  if (!url) throw new Error('TEST_DATABASE_URL is not set: the global setup did not run');
  return url;
}

async function onServer(statement: string): Promise<void> {
  const client = new Client({ connectionString: serverUrl() });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
