import { Client, type ClientConfig } from 'pg';

import { backOff } from '../src/event-sourcing/back-off.js';
import type { RecordedEvent } from '../src/event-sourcing/event-store.js';
import { foldBatch } from './batch-fold.js';
import { told } from './failed-stream.js';
import { Deposed, halt, type LedgerPoint, raiseFence } from './checkpoint.js';
import { commitBatch } from './commit-batch.js';
import { servingVersion } from './first-version.js';
import { takeLead, whileLeading } from './leadership.js';
import { LedLedgers } from './led-ledgers.js';
import { parkedIn } from './parked-streams.js';
import { rebuild } from './rebuild.js';
import type { FoldContext } from './stream-fold.js';
import { Timelines } from './timelines.js';

export interface ProjectorOptions {
  readonly connection: ClientConfig;
  /** Events of one transaction at most. */
  readonly batch?: number;
  /** Events that are kept in memory, over all timelines. */
  readonly kept?: number;
  /** How often a process that does not lead asks again. */
  readonly leadEveryMs?: number;
  readonly report?: (line: string) => void;
  /** Is kept up to date with what this process leads. */
  readonly led?: LedLedgers;
}

/** How often a batch is tried before the streams at fault are told apart and parked. */
const TRIES = 3;

/** Keeps one ledger, while it leads. Each ledger has its own, and fails alone. */
export class Projector {
  private readonly timelines: Timelines;
  private readonly led: LedLedgers;
  private failures = 0;

  constructor(
    private readonly context: FoldContext,
    private readonly options: ProjectorOptions,
  ) {
    this.timelines = new Timelines(options.kept ?? 50_000);
    this.led = options.led ?? new LedLedgers();
  }

  /** Ends when the signal aborts, after the batch under way. Never throws. */
  async run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      const connection = new Client({
        ...this.options.connection,
        application_name: `musubi projector ${this.context.ledger.name}`,
      });
      // A fault reaches whoever waits for a query; without a listener it would end the process too.
      connection.on('error', () => undefined);
      try {
        await connection.connect();
        if (await this.lead(connection, signal)) return;
      } catch (fault) {
        this.failures += fault instanceof Deposed ? 0 : 1;
        this.options.report?.(`${this.context.ledger.name}: ${told(fault)}`);
        await backOff(Math.max(1, this.failures), signal);
      } finally {
        this.led.remove(this.context.ledger.name);
        this.timelines.clear();
        await connection.end().catch(() => undefined);
      }
    }
  }

  /** True where nothing is left to do: aborted, or halted until a person has looked. */
  private async lead(connection: Client, signal: AbortSignal): Promise<boolean> {
    const { name } = this.context.ledger;
    const { leadEveryMs: everyMs = 500, report = () => undefined } = this.options;
    if (!(await takeLead(connection, name, { everyMs, signal, report }))) return true;
    return whileLeading(connection, name, signal, (it) => this.keep(connection, it));
  }

  private async keep(connection: Client, signal: AbortSignal): Promise<boolean> {
    const { ledger, store } = this.context;
    const { batch: most = 500 } = this.options;
    let point = await raiseFence(connection, await this.version(connection));
    this.led.add(ledger.name);
    const parked = new Set((await parkedIn(connection, point)).map((it) => it.stream));
    const after = point.n < 0 ? null : { n: point.n, position: point.position ?? '' };

    let batch: RecordedEvent[] = [];
    for await (const delivery of store.subscribeAll(after, signal)) {
      if (delivery.kind === 'event') batch.push(delivery.event);
      if (batch.length === 0 || (delivery.kind === 'event' && batch.length < most)) continue;
      const done = await this.commit(connection, point, batch, parked);
      if (done === undefined) return this.halted(signal);
      point = done;
      batch = [];
    }
    return signal.aborted;
  }

  /** Rows of another fold cannot be carried on: a program with a newer one builds the ledger anew. */
  private async version(connection: Client): Promise<LedgerPoint> {
    const { ledger } = this.context;
    const serving = await servingVersion(connection, ledger);
    if (serving.fold === ledger.fold) return serving;
    this.options.report?.(`${ledger.name}: fold ${serving.fold} gives way to ${ledger.fold}`);
    const { comparison } = await rebuild(this.context, { connection: this.options.connection });
    this.options.report?.(`${ledger.name}: ${comparison?.changed ?? 0} past answers change`);
    return servingVersion(connection, ledger);
  }

  /** Undefined where the ledger halts. */
  private async commit(
    connection: Client,
    point: LedgerPoint,
    batch: readonly RecordedEvent[],
    parked: Set<string>,
  ): Promise<LedgerPoint | undefined> {
    const isolating = this.failures >= TRIES;
    const folded = await foldBatch(this.context, this.timelines, batch, parked);
    const [first] = folded.failed;
    if (first !== undefined && !isolating) throw first.cause;
    let next = point;
    const { last } = folded;
    if (last !== undefined) {
      const done = await commitBatch(
        connection,
        this.context.ledger,
        point,
        { ...folded, last },
        isolating,
      );
      next = done.point;
      for (const [stream, timeline] of folded.timelines) this.timelines.keep(stream, timeline);
      for (const it of done.parked) {
        parked.add(it.stream);
        this.timelines.take(it.stream);
        this.options.report?.(`${this.context.ledger.name}: parked ${it.stream}: ${it.error}`);
      }
      this.failures = 0;
    }
    if (folded.halt === undefined) return next;
    await halt(connection, next, folded.halt.message);
    this.options.report?.(`${this.context.ledger.name}: halted: ${folded.halt.message}`);
    return undefined;
  }

  /** Keeps the lead and stands still, so that no other process tries the same in vain. */
  private async halted(signal: AbortSignal): Promise<boolean> {
    if (signal.aborted) return true;
    await new Promise<void>((resolve) => {
      signal.addEventListener('abort', () => resolve(), { once: true });
    });
    return true;
  }
}
