import { setMaxListeners } from 'node:events';
import { unlessAborted } from '../aborting.js';
import { Arrivals } from './arrivals.js';
import { backOff, pause } from '../back-off.js';
import { StoreUnavailable, UnexpectedHistory } from '../event-store.js';
import type { EventStoreDbCalls, LogItem, PlacedItem } from './client.js';
import type { StoredEvent } from './event.js';
import { mayBeNoPlace, readingFault, toldByEventStoreDb } from './faults.js';
import type { LogPosition } from './position.js';
import type { OrderChunks } from './order-chunks.js';
import type { PulledStream } from './pulled-stream.js';
import type { RegisterOrder } from './register-order.js';
import { Reachability, type StoreState } from './reachability.js';

export interface FollowerOptions {
  /** How often the server is asked for its end, so that one that fell silent is noticed. */
  readonly heartbeatMs: number;
  /** How long nothing may come while there is something to come, before the call is opened anew. */
  readonly stallMs: number;
  readonly report: (line: string) => void;
}

/** Told of every event of the register as it takes its number. */
export type OnNumbered = (event: StoredEvent, n: number) => void;

/** Events taken at a time before whoever waits for them is woken. */
const atATime = 256;

/**
 * Keeps the register's order level with the server: one subscription, opened anew from the last place
 * whenever it ends, fails or falls silent. What it holds is compared with the server each time.
 */
export class OrderFollower {
  private readonly closing = new AbortController();
  private readonly arrivals = new Arrivals();
  private readonly reachability: Reachability;
  private running: readonly Promise<void>[] = [];
  private stream: PulledStream<LogItem> | undefined;
  /** When the stream was opened, on this machine's monotonic clock. */
  private opened = 0;
  /** How far the log was looked through, events of others included. */
  private passed: LogPosition | undefined;
  /** Whether the subscription that runs has come to what was the end when it was opened. */
  private level = false;
  private looking: Promise<unknown> = Promise.resolve();
  private nextLook: Promise<void> | undefined;

  constructor(
    private readonly calls: EventStoreDbCalls,
    private readonly order: RegisterOrder,
    private readonly chunks: OrderChunks,
    private readonly options: FollowerOptions,
    private readonly onNumbered: OnNumbered,
  ) {
    this.passed = order.last;
    // Every append that waits for its number listens to it.
    setMaxListeners(0, this.closing.signal);
    this.reachability = new Reachability(options.report);
  }

  /** Level with the server when it resolves. @throws StoreUnavailable, UnexpectedHistory */
  async open(): Promise<void> {
    await this.compareLast().catch((fault: unknown) => {
      throw readingFault(fault);
    });
    this.running = [this.follow(), this.watch()];
    await this.current();
  }

  state(): StoreState {
    return this.reachability.state();
  }

  /** Waits while the server is gone, until so long after it went. @throws StoreUnavailable */
  whileUp(graceMs: number): Promise<void> {
    return this.reachability.whileUp(graceMs, this.closing.signal);
  }

  /**
   * The same for whoever writes: after a connection was lost, nothing goes out before the server's
   * history was compared. @throws StoreUnavailable, UnexpectedHistory
   */
  async whileLevel(graceMs: number): Promise<void> {
    await this.whileUp(graceMs);
    await this.until(() => this.level, 'its end');
  }

  /**
   * Waits until the event at a position has its number.
   * @throws StoreUnavailable where nothing comes for a while although there is something to come
   */
  reached(position: LogPosition): Promise<void> {
    return this.until(() => (this.order.last ?? -1) >= position, `up to ${position}`);
  }

  /**
   * Waits until everything that the server had at the call has its number. Calls that come while one
   * looks share the next look.
   * @throws StoreUnavailable
   */
  current(): Promise<void> {
    this.nextLook ??= this.looking.then(() => {
      this.nextLook = undefined;
      const look = this.look();
      this.looking = look.catch(() => undefined);
      return look;
    });
    return this.nextLook;
  }

  /** Whoever waits is told, and the subscription ends. */
  async close(): Promise<void> {
    this.closing.abort();
    this.arrivals.close();
    this.stream?.close();
    await Promise.all(this.running);
    this.chunks.keepAll(this.order);
    await this.chunks.settled();
  }

  /** While it moves there is no hurry; a call that stands still is opened anew, once for all who wait. */
  private async until(arrived: () => boolean, what: string): Promise<void> {
    const { stallMs } = this.options;
    for (let stalls = 0; ; stalls += 1) {
      const settled = () => arrived() || this.reachability.broken !== undefined;
      const outcome = await this.arrivals.until(settled, stallMs);
      if (outcome === 'closed') throw new StoreUnavailable('the event store is closed');
      if (arrived()) return;
      if (this.reachability.broken !== undefined) throw this.reachability.broken;
      if (stalls > 0) throw new StoreUnavailable(`the event store does not deliver ${what}`);
      // One that was opened for somebody else just now gets its time.
      if (performance.now() - this.opened > stallMs / 2) this.openAnew();
    }
  }

  private async look(): Promise<void> {
    try {
      const end = await this.calls.end('readers');
      this.reachability.answered();
      if (this.reachability.broken !== undefined) throw this.reachability.broken;
      if (this.endsBeforeLast(end)) this.openAnew();
      else if (end === undefined || (this.level && this.isKnown(end))) return;
      await this.until(() => this.level, 'its end');
      const newest = await this.newest();
      if (newest !== undefined) await this.reached(newest);
    } catch (fault) {
      const told = readingFault(fault);
      if (!this.closing.signal.aborted) this.reachability.failed(told);
      throw told;
    }
  }

  /** It went back in time, and no connection need have noticed: a machine that stopped says nothing. */
  private endsBeforeLast(end: PlacedItem | undefined): boolean {
    const { last } = this.order;
    return last !== undefined && (end === undefined || placeOf(end) < last);
  }

  private openAnew(): void {
    this.level = false;
    this.stream?.close();
  }

  private isKnown(item: PlacedItem): boolean {
    return placeOf(item) <= (this.passed ?? -1);
  }

  /** The register's newest event where it is beyond what was looked through. */
  private async newest(): Promise<LogPosition | undefined> {
    let before: LogPosition | undefined;
    for (let most = 4; ; most = Math.min(most * 4, 512)) {
      const items = await this.calls.logBackwards(before, most);
      for (const item of items) {
        before = placeOf(item);
        if (this.isKnown(item)) return undefined;
        if (item.kind === 'event') return before;
      }
      if (items.length < most) return undefined;
    }
  }

  private async watch(): Promise<void> {
    const { signal } = this.closing;
    for (;;) {
      await pause(this.options.heartbeatMs, signal);
      if (signal.aborted) return;
      await unlessAborted(this.current(), signal).catch(() => undefined);
      this.chunks.keepAll(this.order);
    }
  }

  private async follow(): Promise<void> {
    const { signal } = this.closing;
    for (let failures = 0; !signal.aborted;) {
      try {
        await this.compareLast();
        this.reachability.answered();
        await this.session(() => {
          failures = 0;
        });
      } catch (fault) {
        if (signal.aborted) return;
        failures += 1;
        const told = readingFault(fault);
        if (failures > 1 || told instanceof UnexpectedHistory) this.reachability.failed(told);
        if (told instanceof UnexpectedHistory) this.arrivals.moved();
        if (failures === 1) {
          this.options.report(`EventStoreDB につなぎ直します(${toldByEventStoreDb(fault)})。`);
        }
      }
      await backOff(failures, signal);
    }
  }

  /** The last event known must still be there. @throws UnexpectedHistory */
  private async compareLast(): Promise<void> {
    const { last, size } = this.order;
    if (last === undefined) return;
    const found = await this.eventAt(last);
    if (found?.position === last && found.id === this.order.idOf(size - 1)) return;
    throw new UnexpectedHistory(
      `number ${size - 1} is no longer where it was (${last}): was the event store restored from an older backup?`,
    );
  }

  private async eventAt(position: LogPosition): Promise<StoredEvent | undefined> {
    try {
      return (await this.calls.logPage(position, 1)).events[0];
    } catch (fault) {
      if (!mayBeNoPlace(fault)) throw fault;
      // A server that reads its end and not this place has no record here.
      await this.calls.logBackwards(undefined, 1);
      return undefined;
    }
  }

  /** Follows until the stream ends; says when anything came. */
  private async session(came: () => void): Promise<void> {
    const { signal } = this.closing;
    const end = await this.calls.end('subscriptions');
    if (signal.aborted) return;
    // A marker's place need not be a record's: only an event is surely a place to go on from.
    const stream = this.calls.follow(this.order.last);
    this.stream = stream;
    this.opened = performance.now();
    this.passed = this.order.last;
    try {
      for (;;) {
        const items = stream.take(atATime);
        for (const item of items) this.pass(item, end);
        if (items.length > 0) {
          came();
          this.arrivals.moved();
          this.chunks.keep(this.order);
          continue;
        }
        const next = await stream.more(60_000);
        if (signal.aborted) return;
        if (next === 'ended') throw new StoreUnavailable('the server ended the subscription');
      }
    } finally {
      this.level = false;
      stream.close();
    }
  }

  private pass(item: LogItem, end: PlacedItem | undefined): void {
    if (item.kind === 'event') {
      const { event } = item;
      const n = this.order.add(event.position, event.recordedAt, event.id);
      this.onNumbered(event, n);
    }
    const place = item.kind === 'level' ? end : item;
    if (place !== undefined) this.passed = Math.max(this.passed ?? -1, placeOf(place));
    // Under load a server may never call a subscription level, for it is always a little behind.
    this.level ||= item.kind === 'level' || (end !== undefined && this.isKnown(end));
    // What was compared is one event; this is everything that the server has.
    if (this.level) this.reachability.proven();
  }
}

function placeOf(item: PlacedItem): LogPosition {
  return item.kind === 'event' ? item.event.position : item.position;
}
