import { setTimeout as pause } from 'node:timers/promises';

import { type Client, escapeIdentifier } from 'pg';

import { type Ledger, schemaOf } from '../../projections/ledger.js';
import { ledgers } from '../../projections/ledgers.js';
import type { RecordedEvent } from '../../src/event-sourcing/event-store.js';
import { openPostgresEventStore } from '../../src/event-sourcing/postgres-event-store.js';
import { registerSchemas } from '../../src/open-event-store.js';
import { type FoldContext, watched } from '../../projections/stream-fold.js';
import { StreamNames } from '../../src/entries/stream-names.js';
import { wholeStreams } from '../../projections/whole-streams.js';

export interface Comparison {
  readonly compared: number;
  readonly unlike: readonly RowText[];
}

interface Standing {
  readonly ledger: string;
  readonly version: number;
  readonly n: number;
  readonly state: string;
  readonly parked: number;
}

/** Where each ledger stands once all have reached n, or when the time is over. */
export async function ledgersAt(
  client: Pick<Client, 'query'>,
  n: number,
): Promise<readonly Standing[]> {
  for (const until = performance.now() + 30_000; ; await pause(50)) {
    const { rows } = await client.query<Standing>(
      `select ledger, version, n::float8 as n, state, (select count(*)::int
          from projection.parked_stream p where p.ledger = c.ledger) as parked
        from projection.checkpoint c where serves order by array_position($1, ledger)`,
      [ledgers.map((it) => it.name)],
    );
    const reached = rows.length === ledgers.length && rows.every((it) => it.n >= n);
    if (reached || performance.now() > until) return rows;
  }
}

/** A row as text, with the numbers between which it is known. */
type RowText = string;

/**
 * Compares every row that the tables hold of these streams, past ones too, with what the events up to n
 * give when they are folded anew. `unlike` has the rows that only one of the two has.
 */
export async function comparedLedgers(
  client: Client,
  standing: readonly Standing[],
  streams: Iterable<string>,
  n: number,
): Promise<Comparison> {
  const { user, password, host, port, database } = client;
  const connection = { user, password, host, port, database };
  const store = await openPostgresEventStore({ connection, ...registerSchemas });
  try {
    const register = { store, names: new StreamNames('main') };
    return await comparedWith(register, client, standing, streams, n);
  } finally {
    await store.close();
  }
}

/** The same for a register in any store. */
export async function comparedWith(
  register: Pick<FoldContext, 'store' | 'names'>,
  client: Pick<Client, 'query'>,
  standing: readonly Standing[],
  streams: Iterable<string>,
  n: number,
): Promise<Comparison> {
  const unlike: RowText[] = [];
  let compared = 0;
  for (const stream of streams) {
    for (const ledger of ledgers) {
      const context = { ...register, ledger };
      const version = standing.find((it) => it.ledger === ledger.name)?.version ?? 0;
      const ref = watched(context, stream);
      if (ref === undefined) continue;
      const kept = new Set(await keptRows(client, ledger, version, ref.id));
      const folded = new Set(await foldedRows(context, stream, n));
      unlike.push(...[...kept].filter((it) => !folded.has(it)));
      unlike.push(...[...folded].filter((it) => !kept.has(it)));
      compared += kept.size;
    }
  }
  return { compared, unlike };
}

async function foldedRows(
  { ledger, ...register }: FoldContext,
  stream: string,
  n: number,
): Promise<readonly RowText[]> {
  const rows: RowText[] = [];
  const events: RecordedEvent[] = [];
  for await (const it of register.store.readStream(stream)) if (it.n <= n) events.push(it);
  for (const { changes } of wholeStreams([ledger], register.names, events)) {
    for (const { row, from, to } of changes.opened) {
      const known = `[${from},${to ?? ''})`;
      rows.push(text(row.part, row.days, JSON.parse(row.contents), row.pending, known));
    }
  }
  return rows;
}

async function keptRows(
  client: Pick<Client, 'query'>,
  { name }: Ledger,
  version: number,
  id: string,
): Promise<readonly RowText[]> {
  const { rows } = await client.query<{
    part: string;
    days: string;
    contents: unknown;
    pending: readonly string[];
    known: string;
  }>(
    `select part, days::text, contents, pending, known::text
      from ${escapeIdentifier(schemaOf(name, version))}.part_row where stream = $1`,
    [id],
  );
  return rows.map((it) => text(it.part, it.days, it.contents, it.pending, it.known));
}

function text(...columns: readonly unknown[]): RowText {
  return JSON.stringify(columns, (_, it: unknown) => {
    if (typeof it !== 'object' || it === null || Array.isArray(it)) return it;
    return Object.fromEntries(Object.entries(it).sort(([a], [b]) => (a < b ? -1 : 1)));
  });
}
