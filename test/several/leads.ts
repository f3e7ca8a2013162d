import { setTimeout as pause } from 'node:timers/promises';

import type { Client } from 'pg';

import { ledgers } from '../../projections/ledgers.js';

/** A ledger at one moment, and the session that leads it. */
export interface Lead {
  readonly ledger: string;
  readonly n: number;
  readonly fence: number;
  readonly leader: number | null;
}

/** Every ledger, in the order of the program; a session leads while it holds the ledger's lock. */
export async function leadsNow(client: Client): Promise<readonly Lead[]> {
  const { rows } = await client.query<Lead>(
    `select ledger, n::float8 as n, fence::float8 as fence,
        (select held.pid from pg_locks held join pg_stat_activity session using (pid)
          where held.locktype = 'advisory' and held.granted
            and session.application_name = 'musubi projector ' || ledger
            and session.datname = current_database()) as leader
       from projection.checkpoint where serves order by array_position($1, ledger)`,
    [ledgers.map((it) => it.name)],
  );
  return rows;
}

/** What a process says of the ledgers that it leads. */
export async function leadsOf(url: string): Promise<readonly string[]> {
  const text = await (await fetch(`${url}/metrics`)).text();
  const led = text.matchAll(/^musubi_projection_leads\{ledger="(.+)"\} 1$/gm);
  return [...led].map((it) => it[1] ?? '').sort();
}

/** Looks again and again, from now until it is stopped, and keeps what has changed. */
export class Watch {
  readonly seen: Lead[] = [];
  private stopped = false;
  private readonly watching: Promise<void>;

  constructor(private readonly client: Client) {
    this.watching = this.look();
    this.watching.catch(() => undefined);
  }

  /** In the order in which they were seen. */
  async stop(): Promise<readonly Lead[]> {
    this.stopped = true;
    await this.watching;
    return this.seen;
  }

  private async look(): Promise<void> {
    const last = new Map<string, string>();
    while (!this.stopped) {
      for (const lead of await leadsNow(this.client)) {
        const text = JSON.stringify(lead);
        if (last.get(lead.ledger) !== text) this.seen.push(lead);
        last.set(lead.ledger, text);
      }
      await pause(10);
    }
  }
}

/** When a ledger, in milliseconds from the call on, had a new leader and took in a new event. */
export interface TakeOver {
  readonly ledger: string;
  readonly ledAfter: number;
  readonly projectedAfter: number;
}

/** @throws Error when a ledger has not been taken over after a minute */
export async function takenOver(
  client: Client,
  before: readonly Lead[],
): Promise<readonly TakeOver[]> {
  const from = performance.now();
  const led = new Map<string, number>();
  const projected = new Map<string, TakeOver>();
  while (projected.size < before.length) {
    const passed = Math.round(performance.now() - from);
    if (passed > 60_000) throw new Error('a ledger was not taken over');
    for (const { ledger, fence, n } of await leadsNow(client)) {
      const old = before.find((it) => it.ledger === ledger);
      if (old === undefined || fence <= old.fence || projected.has(ledger)) continue;
      // What the old leader had committed before it was struck is no work of the new one.
      const start = led.get(ledger) ?? passed;
      led.set(ledger, start);
      if (n > old.n) projected.set(ledger, { ledger, ledAfter: start, projectedAfter: passed });
    }
    await pause(10);
  }
  return [...projected.values()];
}
