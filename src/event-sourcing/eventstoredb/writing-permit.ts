import { Client, escapeIdentifier } from 'pg';
import { pause } from '../back-off.js';
import { ClockSkewed, clockTolerance, ReadOnlyStore, StoreUnavailable } from '../event-store.js';
import { told } from '../postgres-faults.js';

export interface PermitOptions {
  /** The schema whose table `writing` says whether the register is read-only. */
  readonly schema: string;
  /** The writer's clock in milliseconds. */
  readonly now: () => number;
  /** How often PostgreSQL is asked whether this process may still write. */
  readonly everyMs: number;
}

/** After so long without an answer of PostgreSQL a process may no longer be sure that it may write. */
export const staleAfter = 4;
const patienceMs = 30_000;

interface Answer {
  readonly reason: string | null;
  /** By how much this machine's clock was ahead of PostgreSQL's, in milliseconds. */
  readonly skew: number;
  /** The two clocks of this machine when the answer came. */
  readonly wall: number;
  readonly monotonic: number;
}

/**
 * Whether a process may append to a store that cannot itself be told to refuse: EventStoreDB has no
 * transaction over streams, so the register's word stands in PostgreSQL, which its processes share.
 * Each holds a shared lock while it writes; whoever sets the register read-only waits until all have
 * let go. The same question compares the clocks.
 */
export class WritingPermit {
  private client: Client | undefined;
  private holds = false;
  private answer: Answer | undefined;
  private underWay = 0;
  private asking: Promise<void> | undefined;
  private readonly closing = new AbortController();
  private readonly watching: Promise<void>;
  private readonly table: string;
  private readonly lock: string;

  constructor(
    private readonly connect: () => Promise<Client>,
    private readonly options: PermitOptions,
  ) {
    this.table = `${escapeIdentifier(options.schema)}.writing`;
    this.lock = `hashtextextended('musubi writing ${options.schema}', 0)`;
    this.watching = this.watch();
  }

  /** Does work that appends. @throws ReadOnlyStore, ClockSkewed, StoreUnavailable */
  async during<T>(work: () => Promise<T>): Promise<T> {
    if (this.isStale() || this.answer?.reason !== null) await this.ask();
    if (this.closing.signal.aborted) throw new StoreUnavailable('the event store is closed');
    this.refuseUnlessHeld();
    return this.counted(work());
  }

  /**
   * What is known at this very moment, for whoever is about to send: the lock may have gone while he
   * waited. @throws ReadOnlyStore, ClockSkewed, StoreUnavailable
   */
  refuseUnlessHeld(): void {
    const { answer } = this;
    if (answer === undefined || this.isStale()) {
      throw new StoreUnavailable('the database does not say who may write');
    }
    if (answer.reason !== null) throw new ReadOnlyStore(answer.reason);
    if (!this.holds) throw new StoreUnavailable('the register is being set read-only');
    refuseSkew(this.skewNow(answer));
  }

  /** Keeps the lock until a call has its end, though nobody waits for it any more. */
  async counted<T>(call: Promise<T>): Promise<T> {
    this.underWay += 1;
    try {
      return await call;
    } finally {
      this.underWay -= 1;
    }
  }

  async readOnly(): Promise<string | null> {
    await this.ask();
    return this.answer?.reason ?? null;
  }

  /**
   * When it resolves, no process sends any more; what a writer that died has under way may still come.
   * @throws StoreUnavailable
   */
  async setReadOnly(reason: string | null): Promise<void> {
    const client = await this.connected();
    try {
      await client.query(`update ${this.table} set read_only = $1`, [reason]);
      if (reason !== null) {
        await this.ask();
        await this.everybodyLetGo(client);
      }
    } catch (fault) {
      if (fault instanceof StoreUnavailable) throw fault;
      throw new StoreUnavailable(`the database went away: ${told(fault)}`, { cause: fault });
    } finally {
      await client.end().catch(() => undefined);
    }
    await this.ask();
  }

  /** Waits for the work under way, and lets go. */
  async close(): Promise<void> {
    this.closing.abort();
    const until = performance.now() + patienceMs;
    while (this.underWay > 0 && performance.now() < until) await pause(5);
    await this.watching;
    await this.client?.end().catch(() => undefined);
  }

  private async everybodyLetGo(client: Client): Promise<void> {
    const until = performance.now() + patienceMs;
    for (;;) {
      const { rows } = await client.query<{ mine: boolean }>(
        `select pg_try_advisory_lock(${this.lock}) as mine`,
      );
      if (rows[0]?.mine === true) break;
      if (performance.now() > until) {
        throw new StoreUnavailable('another process still writes, and does not let go');
      }
      await pause(25, this.closing.signal);
    }
    await client.query(`select pg_advisory_unlock(${this.lock})`);
  }

  private async watch(): Promise<void> {
    const { signal } = this.closing;
    while (!signal.aborted) {
      await this.ask().catch(() => undefined);
      await pause(this.options.everyMs, signal);
    }
  }

  private isStale(): boolean {
    const { answer } = this;
    if (answer === undefined) return true;
    const { now, everyMs } = this.options;
    // On a machine that was suspended the monotonic clock stood still.
    const age = Math.max(performance.now() - answer.monotonic, now() - answer.wall);
    return age > staleAfter * everyMs;
  }

  /** A clock that jumps between two questions shows against the monotonic one. */
  private skewNow({ skew, wall, monotonic }: Answer): number {
    return skew + (this.options.now() - wall) - (performance.now() - monotonic);
  }

  /** One question at a time; @throws StoreUnavailable */
  private ask(): Promise<void> {
    this.asking ??= this.askNow().finally(() => {
      this.asking = undefined;
    });
    return this.asking;
  }

  private async askNow(): Promise<void> {
    try {
      const client = (this.client ??= await this.kept());
      let answer = await this.word(client);
      if (answer.reason === null && !this.holds) {
        this.holds = await this.take(client);
        // Whoever sets it read-only after this waits for the lock; whoever did before is heard now.
        answer = await this.word(client);
      }
      this.answer = answer;
      if (answer.reason !== null && this.holds && this.underWay === 0) await this.letGo(client);
    } catch (fault) {
      this.lost();
      if (fault instanceof StoreUnavailable) throw fault;
      throw new StoreUnavailable(`the database cannot be reached: ${told(fault)}`, {
        cause: fault,
      });
    }
  }

  private async word(client: Client): Promise<Answer> {
    const [before, began] = [this.options.now(), performance.now()];
    const { rows } = await client.query<{ reason: string | null; clock: number }>(
      `select read_only as reason,
        (date_part('epoch', clock_timestamp()) * 1000)::float8 as clock from ${this.table}`,
    );
    const [row] = rows;
    if (row === undefined) throw new StoreUnavailable('the register has lost its row of writing');
    const monotonic = performance.now();
    // As it would be had it not jumped meanwhile: a jump shows in the next comparison then.
    const wall = before + (monotonic - began);
    // What the question took on its way is no difference: the least that explains the answer counts.
    const skew = Math.max(before - row.clock, 0) || Math.min(wall - row.clock, 0);
    return { reason: row.reason, skew, wall, monotonic };
  }

  private async take(client: Client): Promise<boolean> {
    const { rows } = await client.query<{ mine: boolean }>(
      `select pg_try_advisory_lock_shared(${this.lock}) as mine`,
    );
    return rows[0]?.mine === true;
  }

  private async letGo(client: Client): Promise<void> {
    await client.query(`select pg_advisory_unlock_shared(${this.lock})`);
    this.holds = false;
  }

  private async kept(): Promise<Client> {
    const client = await this.connect();
    if (this.closing.signal.aborted) {
      await client.end().catch(() => undefined);
      throw new StoreUnavailable('the event store is closed');
    }
    client.once('end', () => {
      if (this.client === client) this.lost();
    });
    return client;
  }

  private async connected(): Promise<Client> {
    try {
      return await this.connect();
    } catch (fault) {
      throw new StoreUnavailable(`the database cannot be reached: ${told(fault)}`, {
        cause: fault,
      });
    }
  }

  /** The lock went with the connection. */
  private lost(): void {
    const { client } = this;
    this.client = undefined;
    this.holds = false;
    this.answer = undefined;
    void client?.end().catch(() => undefined);
  }
}

function refuseSkew(skew: number): void {
  if (Math.abs(skew) > clockTolerance) throw new ClockSkewed(skew / 1_000);
}
