import type pg from 'pg';
import { backOff } from './back-off.js';
import { quoted } from './postgres-schema.js';
import { Turnstile } from './turnstile.js';

/**
 * Wakes readers when a group was committed (LISTEN/NOTIFY). A wake may be lost with its connection,
 * so waiting always has a bound: polling is the truth.
 */
export class Wakes {
  private readonly turnstile = new Turnstile();
  private readonly closing = new AbortController();
  private listening: Promise<void> | undefined;
  private client: pg.Client | undefined;

  constructor(
    private readonly connect: () => Promise<pg.Client>,
    private readonly channel: string,
  ) {}

  /** Taken before reading; a wake after it ends the wait at once. */
  ticket(): number {
    this.listening ??= this.listen();
    return this.turnstile.ticket();
  }

  /** Waits for a wake after the ticket, for the time at most, or until the signal aborts. */
  async after(ticket: number, milliseconds: number, signal: AbortSignal): Promise<void> {
    await this.turnstile.after(ticket, milliseconds, signal);
  }

  async close(): Promise<void> {
    this.closing.abort();
    await this.client?.end().catch(() => undefined);
    await this.listening;
  }

  /** Keeps one listening connection for all readers of the process. */
  private async listen(): Promise<void> {
    const { signal } = this.closing;
    for (let failures = 1; !signal.aborted; failures += 1) {
      try {
        const client = await this.connect();
        this.client = client;
        const ended = new Promise<void>((resolve) => {
          client.once('end', resolve);
          client.once('error', () => resolve());
        });
        client.on('notification', () => this.turnstile.turn());
        await client.query(`listen ${quoted(this.channel)}`);
        failures = 0;
        // What was committed before listening began was announced to nobody.
        this.turnstile.turn();
        if (!signal.aborted) await ended;
        await client.end().catch(() => undefined);
      } catch {
        // Readers go on polling meanwhile.
      }
      await backOff(failures, signal);
    }
  }
}
