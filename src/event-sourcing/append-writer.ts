import type pg from 'pg';
import {
  appendStatement,
  appendValues,
  type AppendRow,
  type CheckedAppend,
  clockTolerance,
} from './append-statement.js';
import { AppendOutcomeUnknown, StoreUnavailable, UnstorableEvent } from './event-store.js';
import type { Outcome } from './group-commit.js';
import { postgresFault, told } from './postgres-faults.js';
import { quoted, type RegisterSchemas } from './postgres-schema.js';

/** Tells an append that found another revision, or (null) a key that was taken. */
export type ResolveConflict = (append: CheckedAppend, found: number | null) => Outcome;

/** Commits the groups of one process, one after another, on a connection of its own. */
export class AppendWriter {
  private client: pg.Client | undefined;
  /** The head as this process last saw it; the statement finds out when it is old. */
  private head = -1;
  private readonly statement: string;
  private readonly readHead: string;

  constructor(
    { schema, vaultSchema }: RegisterSchemas,
    private readonly connect: () => Promise<pg.Client>,
    private readonly now: () => number,
    private readonly resolveConflict: ResolveConflict,
  ) {
    this.statement = appendStatement({ schema, vaultSchema });
    this.readHead = `select n from ${quoted(schema)}.register_head`;
  }

  async commit(group: readonly CheckedAppend[]): Promise<readonly Outcome[]> {
    try {
      const client = this.client ?? (await this.open());
      const rows = await this.store(client, group);
      return group.map((append, place) => this.outcome(append, rows[place]));
    } catch (fault) {
      return this.outcomesOf(fault, group);
    }
  }

  async close(): Promise<void> {
    await this.client?.end().catch(() => undefined);
  }

  private async open(): Promise<pg.Client> {
    try {
      const client = await this.connect();
      client.once('end', () => this.forget(client));
      client.on('error', () => this.forget(client));
      this.head = await this.lastNumber(client, '');
      this.client = client;
      return client;
    } catch (fault) {
      throw new StoreUnavailable(`the database cannot be reached: ${told(fault)}`, {
        cause: fault,
      });
    }
  }

  private async store(
    client: pg.Client,
    group: readonly CheckedAppend[],
  ): Promise<readonly AppendRow[]> {
    const rows = await this.ask(client, group);
    // Another process moved the head in between: once more, with the head held first.
    return headMoved(group, rows) ? this.storeWithHeadHeld(client, group) : rows;
  }

  private async storeWithHeadHeld(
    client: pg.Client,
    group: readonly CheckedAppend[],
  ): Promise<readonly AppendRow[]> {
    let rows: readonly AppendRow[];
    try {
      await client.query('begin');
      this.head = await this.lastNumber(client, 'for update');
      rows = await this.ask(client, group);
    } catch (fault) {
      await client.query('rollback').catch(() => this.forget(client));
      if (postgresFault(fault) !== 'connection-lost') throw fault;
      throw new StoreUnavailable(`the database went away: ${told(fault)}`, { cause: fault });
    }
    await client.query('commit');
    return rows;
  }

  private async lastNumber(client: pg.Client, lock: '' | 'for update'): Promise<number> {
    const { rows } = await client.query<{ n: number }>(`${this.readHead} ${lock}`);
    const head = rows[0];
    if (head === undefined) throw new StoreUnavailable('the register has lost its head row');
    return head.n;
  }

  private async ask(
    client: pg.Client,
    group: readonly CheckedAppend[],
  ): Promise<readonly AppendRow[]> {
    const { rows } = await client.query<AppendRow>({
      name: 'append',
      text: this.statement,
      values: [...appendValues(this.head, this.now(), group)],
    });
    this.head = rows.reduce((head, { n }) => Math.max(head, n ?? -1), this.head);
    const skew = rows[0]?.skew ?? 0;
    if (Math.abs(skew) > clockTolerance) {
      throw new StoreUnavailable(
        `this machine's clock and the database's differ by ${(skew / 1000).toFixed(1)} s: ` +
          `nothing is written until they agree within ${clockTolerance / 1000} s`,
      );
    }
    return rows;
  }

  private outcome(append: CheckedAppend, row: AppendRow | undefined): Outcome {
    if (row === undefined) throw new Error('the append statement answered too few rows');
    const { n, at, found } = row;
    if (n === null || at === null) return this.resolveConflict(append, found);
    const revision = append.expectedRevision + append.events.length;
    return () => ({ n, revision, position: String(n), at });
  }

  private async outcomesOf(
    fault: unknown,
    group: readonly CheckedAppend[],
  ): Promise<readonly Outcome[]> {
    if (fault instanceof StoreUnavailable) return group.map(() => refusal(fault));
    const kind = postgresFault(fault);
    const [first, ...others] = group;
    if (kind === 'connection-lost') {
      if (this.client !== undefined) this.forget(this.client);
      return group.map(() => refusal(new AppendOutcomeUnknown(told(fault), { cause: fault })));
    }
    if (kind === 'refused' || first === undefined) {
      return group.map(() => refusal(new StoreUnavailable(told(fault), { cause: fault })));
    }
    if (others.length === 0) {
      return kind === 'key-taken'
        ? [this.resolveConflict(first, null)]
        : [refusal(new UnstorableEvent(told(fault), { cause: fault }))];
    }
    // Nothing of the group is stored. One of it is at fault; alone, each has its own outcome.
    const outcomes: Outcome[] = [];
    for (const append of group) outcomes.push(...(await this.commit([append])));
    return outcomes;
  }

  private forget(client: pg.Client): void {
    if (this.client === client) this.client = undefined;
    void client.end().catch(() => undefined);
  }
}

function headMoved(group: readonly CheckedAppend[], rows: readonly AppendRow[]): boolean {
  return rows.some(({ n, found }, place) => n === null && found === group[place]?.expectedRevision);
}

function refusal(error: Error): Outcome {
  return () => {
    throw error;
  };
}
