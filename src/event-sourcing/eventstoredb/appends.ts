import type { Pool } from 'pg';
import { within } from '../../within.js';
import { pause } from '../back-off.js';
import { AppendWatch, isEventOf, type SentAppend } from './append-watch.js';
import {
  type Appended,
  AppendOutcomeUnknown,
  ReadOnlyStore,
  RepeatedEventId,
  type SealedValue,
  StoreUnavailable,
  UnstorableEvent,
  WrongExpectedRevision,
} from '../event-store.js';
import type { EventStoreDbCalls } from './client.js';
import type { StoredEvent } from './event.js';
import { eventStoreDbFault, toldByEventStoreDb } from './faults.js';
import { type LogPosition, positionText } from './position.js';
import { insertSealed } from '../import-chunk.js';
import { Lateness } from './lateness.js';
import type { OrderFollower } from './order-follower.js';
import { told } from '../postgres-faults.js';
import type { RegisterSchemas } from '../postgres-schema.js';
import type { RegisterOrder } from './register-order.js';
import type { WritingPermit } from './writing-permit.js';

export interface AppendParts {
  readonly calls: EventStoreDbCalls;
  readonly order: RegisterOrder;
  readonly follower: OrderFollower;
  readonly permit: WritingPermit;
}

export interface AppendOptions extends RegisterSchemas {
  readonly deadlineMs: number;
}

type Append = SentAppend & { readonly sealed: readonly SealedValue[] };

/**
 * Appends to EventStoreDB. The server numbers streams, not the register: an append is answered for when
 * its events came by in the register's order, with or without the server's acknowledgement.
 */
export class EventStoreDbAppends {
  private readonly watch = new AppendWatch();
  private readonly underWay = new Set<Promise<unknown>>();
  private stopped = false;

  constructor(
    private readonly parts: AppendParts,
    private readonly pool: Pool,
    private readonly options: AppendOptions,
  ) {}

  /** Told by the follower of each event that got its number. */
  numbered(event: StoredEvent, n: number): void {
    this.watch.saw(event, () => this.resultAt(n, event));
  }

  /** Takes no more, and waits for what was taken. */
  async close(): Promise<void> {
    this.stopped = true;
    await Promise.allSettled(this.underWay);
  }

  /**
   * @throws WrongExpectedRevision, RepeatedEventId, StoreUnavailable, ReadOnlyStore,
   *   AppendOutcomeUnknown
   */
  async append(append: Append): Promise<Appended> {
    if (this.stopped) throw new StoreUnavailable('the event store is closed');
    const appending = this.appendOnce(append);
    this.underWay.add(appending);
    try {
      return await appending;
    } finally {
      this.underWay.delete(appending);
    }
  }

  private async appendOnce(append: Append): Promise<Appended> {
    const repeated = await this.repeated(append);
    if (repeated !== undefined) return repeated;
    try {
      return await this.parts.permit.during(() => this.store(append));
    } catch (fault) {
      // "Nothing was stored" must hold for an earlier try too, which may have got in elsewhere.
      if (fault instanceof ReadOnlyStore) return this.storedBefore(append, fault);
      throw fault;
    }
  }

  private async store(append: Append): Promise<Appended> {
    const { follower } = this.parts;
    await this.keepSealed(append.sealed);
    const until = performance.now() + this.options.deadlineMs;
    for (;;) {
      await follower.whileLevel(this.options.deadlineMs);
      try {
        return await this.sendOnce(append);
      } catch (fault) {
        if (!(fault instanceof NotSent)) throw fault;
        if (performance.now() > until) throw new StoreUnavailable(fault.message, { cause: fault });
        await pause(100);
      }
    }
  }

  private async sendOnce(append: Append): Promise<Appended> {
    const { stream, expectedRevision, events } = append;
    const watched = this.watch.begin(append);
    const late = new Lateness(this.options.deadlineMs);
    try {
      const { calls, permit } = this.parts;
      const sending = { stream, expectedRevision, events };
      const acknowledged = permit.counted(calls.append(sending, () => this.clearance(late)));
      const first = await Promise.race([watched.seen, acknowledged, late.fault]);
      if (typeof first === 'object') return first;
      await this.reached(first);
      // An id that the server had already counts for it as this append, whatever its bytes.
      return watched.result ?? (await this.repeated(append)) ?? lost(stream);
    } catch (fault) {
      return await this.failed(append, fault);
    } finally {
      late.end();
      this.watch.end(watched);
    }
  }

  /** Asked right before the bytes go out. @returns how many milliseconds are left for the answer */
  private clearance(late: Lateness): number {
    if (late.left <= 0) throw new NotSent('nobody waits for this append any more');
    this.parts.permit.refuseUnlessHeld();
    return late.left;
  }

  private async failed(append: Append, fault: unknown): Promise<Appended> {
    const ours = [StoreUnavailable, AppendOutcomeUnknown, RepeatedEventId, NotSent];
    if (ours.some((kind) => fault instanceof kind)) throw fault;
    const reason = toldByEventStoreDb(fault);
    switch (eventStoreDbFault(fault)) {
      case 'wrong-revision': {
        const repeated = await this.repeated(append);
        if (repeated !== undefined) return repeated;
        const { stream, expectedRevision } = append;
        throw new WrongExpectedRevision(stream, expectedRevision, actualRevision(fault));
      }
      case 'refused':
        if (/maximum|missing/.test(reason)) throw new UnstorableEvent(reason, { cause: fault });
        throw new StoreUnavailable(`the event store refuses: ${reason}`, { cause: fault });
      case 'not-sent':
        throw new NotSent(`the event store cannot be reached: ${reason}`, { cause: fault });
      default:
        throw new AppendOutcomeUnknown(reason, { cause: fault });
    }
  }

  private async reached(position: LogPosition): Promise<void> {
    try {
      await this.parts.follower.reached(position);
    } catch (fault) {
      throw new AppendOutcomeUnknown(
        `stored at ${position}, but not numbered yet: ${told(fault)}`,
        {
          cause: fault,
        },
      );
    }
  }

  /** The first result, where the append is stored already; undefined where none of its ids is. */
  private async repeated(append: SentAppend): Promise<Appended | undefined> {
    const { calls, order } = this.parts;
    const { stream, expectedRevision, events } = append;
    if (!events.some(({ id }) => order.holding(id) !== undefined)) return undefined;
    const stored = await calls
      .streamPage(stream, expectedRevision + 1, events.length)
      .catch((fault: unknown) => {
        throw new AppendOutcomeUnknown(
          `whether this append was stored before cannot be read: ${toldByEventStoreDb(fault)}`,
          { cause: fault },
        );
      });
    const same = events.every((_, place) => isEventOf(append, place, stored.events[place]));
    const last = stored.events[events.length - 1];
    if (!same || last === undefined) throw new RepeatedEventId(stream);
    await this.reached(last.position);
    const n = order.numberOf(last.position);
    return n === undefined ? lost(stream) : this.resultAt(n, last);
  }

  private async storedBefore(append: SentAppend, refusal: ReadOnlyStore): Promise<Appended> {
    await this.parts.follower.current();
    const repeated = await this.repeated(append);
    if (repeated !== undefined) return repeated;
    throw refusal;
  }

  private resultAt(n: number, { position, revision }: StoredEvent): Appended {
    return { n, revision, position: positionText(position), at: this.parts.order.timeOf(n) };
  }

  /** Before the events that hold their commitments: EventStoreDB and the vault share no transaction. */
  private async keepSealed(sealed: readonly SealedValue[]): Promise<void> {
    if (sealed.length === 0) return;
    try {
      await within(this.options.deadlineMs, () => insertSealed(this.pool, this.options, sealed));
    } catch (fault) {
      throw new StoreUnavailable(`the vault cannot be written: ${told(fault)}`, { cause: fault });
    }
  }
}

/** No byte went out: the same append may be tried again, and nothing is stored if it is not. */
class NotSent extends Error {
  override readonly name = 'NotSent';
}

function actualRevision(fault: unknown): number {
  const { actualVersion } = fault as { readonly actualVersion?: unknown };
  return typeof actualVersion === 'bigint' ? Number(actualVersion) : -1;
}

function lost(stream: string): never {
  throw new AppendOutcomeUnknown(`${stream}: acknowledged, and not found in the register's order`);
}
