import { createReadStream, createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';

import { Client, escapeIdentifier } from 'pg';
import { from as copyFrom, to as copyTo } from 'pg-copy-streams';

import { createLedgerIndexes, createLedgerTables } from '../../../projections/bitemporal.js';
import { copiedColumns } from '../../../projections/folding/copy-text.js';
import type { Ledger } from '../../../projections/ledger.js';
import { schemaOf } from '../../../projections/ledger.js';

interface Built {
  readonly ledger: Ledger;
  readonly version: number;
}

interface Table {
  readonly name: string;
  readonly columns: string;
}

/**
 * What the machine does at best: every row of the ledgers, ready as text in files, copied into empty
 * tables of the same shape, all ledgers side by side, and the same indexes made. Nothing is folded.
 * @returns seconds
 */
export async function bareCopy(url: string, built: readonly Built[]): Promise<number> {
  const directory = await mkdtemp(join(tmpdir(), 'musubi-bare-copy-'));
  try {
    for (const it of built) await connected(url, (client) => written(client, it, directory));
    const begun = performance.now();
    await Promise.all(
      built.map((it) => connected(url, (client) => filled(client, it.ledger, directory))),
    );
    const seconds = (performance.now() - begun) / 1_000;
    await connected(url, async (client) => {
      for (const { ledger } of built) {
        await client.query(`drop schema ${escapeIdentifier(bareSchema(ledger))} cascade`);
      }
    });
    return seconds;
  } finally {
    await rm(directory, { recursive: true });
  }
}

async function written(
  client: Client,
  { ledger, version }: Built,
  directory: string,
): Promise<void> {
  const schema = escapeIdentifier(schemaOf(ledger.name, version));
  for (const { name, columns } of tablesOf(ledger)) {
    const rows = client.query(copyTo(`copy ${schema}.${name} (${columns}) to stdout`));
    await pipeline(rows, createWriteStream(fileOf(directory, ledger, name)));
  }
}

async function filled(client: Client, ledger: Ledger, directory: string): Promise<void> {
  const schema = bareSchema(ledger);
  await client.query('set synchronous_commit = off');
  await createLedgerTables(client, ledger, schema);
  for (const { name, columns } of tablesOf(ledger)) {
    const table = `${escapeIdentifier(schema)}.${name}`;
    const into = client.query(copyFrom(`copy ${table} (${columns}) from stdin`));
    await pipeline(createReadStream(fileOf(directory, ledger, name)), into);
  }
  await createLedgerIndexes(client, ledger, schema);
}

function tablesOf(ledger: Ledger): readonly Table[] {
  const part = { name: 'part_row', columns: copiedColumns(ledger) };
  const event = { name: 'event', columns: 'n, at, stream, revision, id, type, entry' };
  return ledger.numbers ? [part, event] : [part];
}

function bareSchema({ name }: Ledger): string {
  return `bare_${name.replaceAll('-', '_')}`;
}

function fileOf(directory: string, { name }: Ledger, table: string): string {
  return join(directory, `${name}.${table}`);
}

async function connected(url: string, work: (client: Client) => Promise<void>): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}
