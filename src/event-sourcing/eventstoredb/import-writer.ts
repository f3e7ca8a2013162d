import { pause } from '../back-off.js';
import { type RecordedEvent, StoreUnavailable, UnexpectedHistory } from '../event-store.js';
import { eventStoreDbFault, readingFault, toldByEventStoreDb } from './faults.js';
import type { LogReading } from './pages.js';
import type { OrderFollower } from './order-follower.js';
import type { OrderedAppends } from './ordered-appends.js';
import { sizeInAppend } from '../storable-event.js';

export interface ImportWriting extends LogReading {
  readonly follower: Pick<OrderFollower, 'reached'>;
}

const bytesOfAppend = 512 * 1024;
const eventsOfAppend = 500;
/** How long no append may be acknowledged before the call is opened anew. */
const stallMs = 15_000;
const mostTriesWithoutProgress = 8;

/**
 * Writes numbered events in their order, on one call, without waiting for each. When the call is lost,
 * what was stored is a beginning of what was sent, and the rest goes out again.
 */
export class ImportWriter {
  private appends: OrderedAppends | undefined;

  constructor(private readonly writing: ImportWriting) {}

  /** @throws UnexpectedHistory, StoreUnavailable */
  async write(events: readonly RecordedEvent[]): Promise<void> {
    const { order, level } = this.writing;
    let left = events;
    for (let tries = 1; left.length > 0; tries += 1) {
      try {
        await this.send(left);
      } catch (fault) {
        this.close();
        refuseLasting(fault);
        if (tries >= mostTriesWithoutProgress) {
          throw new StoreUnavailable(`the import broke off: ${toldByEventStoreDb(fault)}`, {
            cause: fault,
          });
        }
        await pause(250 * tries);
      }
      await level().catch(() => undefined);
      const head = order.size - 1;
      const rest = left.filter(({ n }) => n > head);
      refuseOtherOrder(order.holding(left[0]?.id ?? ''), left);
      if (rest.length < left.length) tries = 0;
      left = rest;
    }
  }

  close(): void {
    this.appends?.close();
    this.appends = undefined;
  }

  private async send(events: readonly RecordedEvent[]): Promise<void> {
    const appends = (this.appends ??= await this.writing.calls.appendInOrder());
    let stored: Promise<number> | undefined;
    for (const group of groupsOf(events)) {
      const [first] = group;
      if (first === undefined) continue;
      const sending = appends.send(first.stream, first.revision - 1, group);
      ({ stored } = await whileAnswering(appends, sending));
    }
    if (stored === undefined) return;
    // The last is acknowledged last; one before it that failed would have ended the call or the order.
    const position = await whileAnswering(appends, stored);
    await this.writing.follower.reached(position);
    const last = events.at(-1);
    if (this.writing.order.numberOf(position) !== last?.n) {
      throw new UnexpectedHistory('someone else wrote to the register during the import');
    }
  }
}

/** Neighbours of one stream go out in one append. */
function* groupsOf(events: readonly RecordedEvent[]): Generator<readonly RecordedEvent[]> {
  let group: RecordedEvent[] = [];
  let bytes = 0;
  for (const event of events) {
    const size = sizeInAppend(event);
    const full = group.length >= eventsOfAppend || bytes + size > bytesOfAppend;
    if (group.length > 0 && (full || group[0]?.stream !== event.stream)) {
      yield group;
      [group, bytes] = [[], 0];
    }
    group.push(event);
    bytes += size;
  }
  if (group.length > 0) yield group;
}

function refuseOtherOrder(n: number | undefined, [first]: readonly RecordedEvent[]): void {
  if (n === undefined || n === first?.n) return;
  throw new UnexpectedHistory(`event ${first?.n ?? ''} got the number ${n} in the event store`);
}

function refuseLasting(fault: unknown): void {
  const kind = eventStoreDbFault(fault);
  if (kind === 'wrong-revision') {
    throw new UnexpectedHistory('someone else wrote to a stream of the register', { cause: fault });
  }
  if (kind === 'refused') throw readingFault(fault);
  if (fault instanceof UnexpectedHistory) throw fault;
}

async function whileAnswering<T>(appends: OrderedAppends, work: Promise<T>): Promise<T> {
  const over = new AbortController();
  const stalled = async (): Promise<never> => {
    for (let answers = -1; answers !== appends.answers;) {
      ({ answers } = appends);
      await pause(stallMs, over.signal);
    }
    throw new StoreUnavailable('the event store stopped acknowledging');
  };
  try {
    return await Promise.race([work, stalled()]);
  } finally {
    over.abort();
  }
}
