import type { Client } from 'pg';
import { AppendStatements } from './append-statement.js';
import {
  AppendOutcomeUnknown,
  ClockSkewed,
  clockTolerance,
  ReadOnlyStore,
  StoreUnavailable,
  UnstorableEvent,
} from './event-store.js';
import type { Outcome } from './group-commit.js';
import { type CheckedAppend, type End, numbered } from './numbered-group.js';
import { postgresFault, told } from './postgres-faults.js';
import { quoted, type RegisterSchemas } from './postgres-schema.js';
import { inTransaction } from './postgres-transaction.js';

/** Tells an append that found another revision, or (null) a key that was taken. */
export type ResolveConflict = (append: CheckedAppend, found: number | null) => Outcome;

interface HeadRow {
  readonly n: number;
  readonly at: string | null;
  readonly readOnly: string | null;
  /** Milliseconds by which the writer's clock is ahead of the database's. */
  readonly skew: number;
}

/** The head's number is never this, so that a group finds out before it goes out. */
const unknownEnd: End = { n: -2, at: '' };

/** The connection was lost, and nothing of the group can have been stored. */
class CutOffBefore extends StoreUnavailable {}

/** Commits the groups of one process, one after another, on a connection of its own. */
export class AppendWriter {
  private client: Client | undefined;
  private opening: Promise<Client> | undefined;
  /** While a transaction of several statements has the connection, nothing else may use it. */
  private transaction: Promise<unknown> | undefined;
  /** The end as it will be after what was sent; the statement finds out when it is not. */
  private end: End = unknownEnd;
  private readonly statements: AppendStatements;
  private readonly store: string;

  constructor(
    schemas: RegisterSchemas,
    private readonly connect: () => Promise<Client>,
    private readonly now: () => number,
    private readonly resolveConflict: ResolveConflict,
  ) {
    this.statements = new AppendStatements(schemas);
    this.store = quoted(schemas.schema);
  }

  async commit(group: readonly CheckedAppend[]): Promise<readonly Outcome[]> {
    try {
      return await this.tried(group);
    } catch (fault) {
      if (!(fault instanceof CutOffBefore)) return this.outcomesOf(fault, group);
    }
    // A process that was busy for longer than a writer may hold the head has lost its connection alone.
    return this.tried(group).catch((fault: unknown) => this.outcomesOf(fault, group));
  }

  /**
   * What has waited for a connection begins with the one statement: several groups may have waited for the
   * same, and what comes behind another's BEGIN would be acknowledged before that one's commit.
   */
  private async tried(group: readonly CheckedAppend[]): Promise<readonly Outcome[]> {
    const client = await this.free();
    const stored = await this.storedAtOnce(client, group);
    return stored ?? (await this.alone(() => this.storedInTurn(client, group)));
  }

  async close(): Promise<void> {
    await this.client?.end().catch(() => undefined);
  }

  /** The connection, once no transaction has it; nothing may come between this and its use. */
  private async free(): Promise<Client> {
    for (;;) {
      if (this.transaction !== undefined) await this.transaction;
      else if (this.client === undefined) await (this.opening ??= this.open());
      else return this.client;
    }
  }

  private async open(): Promise<Client> {
    let opened: Client | undefined;
    try {
      const client = await this.connect();
      opened = client;
      client.once('end', () => this.forget(client));
      client.on('error', () => this.forget(client));
      // Planning each time would cost more than a plan made for the values can win.
      await client.query('set plan_cache_mode = force_generic_plan');
      this.end = (await this.readHead(client, '')).end;
      this.client = client;
      return client;
    } catch (fault) {
      if (opened !== undefined) this.forget(opened);
      if (fault instanceof StoreUnavailable) throw fault;
      throw new StoreUnavailable(`the database cannot be reached: ${told(fault)}`, {
        cause: fault,
      });
    } finally {
      this.opening = undefined;
    }
  }

  /** One statement and one round trip; undefined, and nothing stored, where a check failed. */
  private async storedAtOnce(
    client: Client,
    appends: readonly CheckedAppend[],
  ): Promise<readonly Outcome[] | undefined> {
    const group = numbered(this.end, appends);
    // The next group may be sent behind this one. If this one fails, so does that one's check.
    this.end = group.after;
    const { rowCount } = await client.query(this.statements.query(group, this.now()));
    if (rowCount === 0) {
      this.end = unknownEnd;
      return undefined;
    }
    return group.results.map((result) => () => result);
  }

  private async alone<T>(work: () => Promise<T>): Promise<T> {
    while (this.transaction !== undefined) await this.transaction;
    const working = work();
    this.transaction = working.then(
      () => undefined,
      () => undefined,
    );
    try {
      return await working;
    } finally {
      this.transaction = undefined;
    }
  }

  /** Holds the head first, finds out what failed, and stores the appends that it did not concern. */
  private async storedInTurn(
    client: Client,
    group: readonly CheckedAppend[],
  ): Promise<readonly Outcome[]> {
    let sent = false;
    try {
      return await inTransaction(client, async () => {
        const { end, readOnly } = await this.readHead(client, 'for update');
        this.end = end;
        const found = await this.lastRevisions(client, group);
        const fitting = group.filter(
          ({ expectedRevision }, place) => expectedRevision === found[place],
        );
        if (readOnly !== null) {
          // What an earlier try stored is answered for; of what fits nothing can have been stored.
          const refused = refusal(new ReadOnlyStore(readOnly));
          return group.map((append, place) =>
            fitting.includes(append) ? refused : this.resolveConflict(append, found[place] ?? -1),
          );
        }
        const stored = fitting.length > 0 ? await this.storedAtOnce(client, fitting) : [];
        if (stored === undefined) throw new StoreUnavailable('the head moved while it was held');
        sent = true;
        return group.map((append, place) => {
          const outcome = stored[fitting.indexOf(append)];
          return outcome ?? this.resolveConflict(append, found[place] ?? -1);
        });
      });
    } catch (fault) {
      const lasting = fault instanceof StoreUnavailable;
      if (sent || lasting || postgresFault(fault) !== 'connection-lost') throw fault;
      this.forget(client);
      throw new CutOffBefore(`the database went away: ${told(fault)}`, { cause: fault });
    }
  }

  private async readHead(
    client: Client,
    lock: '' | 'for update',
  ): Promise<{ readonly end: End; readonly readOnly: string | null }> {
    const { rows } = await client.query<HeadRow>({
      text: `select n, at, read_only as "readOnly", $1::float8 - date_part('epoch', statement_timestamp()) * 1000 as skew
        from ${this.store}.register_head ${lock}`,
      values: [this.now()],
    });
    const [head] = rows;
    if (head === undefined) throw new StoreUnavailable('the register has lost its head row');
    refuseSkew(head.skew);
    return { end: { n: head.n, at: head.at ?? '' }, readOnly: head.readOnly };
  }

  private async lastRevisions(
    client: Client,
    group: readonly CheckedAppend[],
  ): Promise<readonly number[]> {
    const { rows } = await client.query<{ found: number }>(
      `select coalesce((select revision from ${this.store}.event where stream = name
         order by revision desc limit 1), -1) as found
       from unnest($1::text[]) with ordinality as asked(name, place) order by place`,
      [group.map(({ stream }) => stream)],
    );
    return rows.map(({ found }) => found);
  }

  private async outcomesOf(
    fault: unknown,
    group: readonly CheckedAppend[],
  ): Promise<readonly Outcome[]> {
    this.end = unknownEnd;
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

  private forget(client: Client): void {
    if (this.client === client) this.client = undefined;
    void client.end().catch(() => undefined);
  }
}

/** @param skew milliseconds */
function refuseSkew(skew: number): void {
  if (Math.abs(skew) > clockTolerance) throw new ClockSkewed(skew / 1_000);
}

function refusal(error: Error): Outcome {
  return () => {
    throw error;
  };
}
