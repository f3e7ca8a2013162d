import { backOff } from '../back-off.js';
import {
  type Checkpoint,
  type RecordedEvent,
  StoreUnavailable,
  UnexpectedHistory,
} from '../event-store.js';
import { refuseOtherHistory } from './deliveries.js';
import type { EventStoreDbCalls, ReadPage } from './client.js';
import { eventStoreDbFault, readingFault } from './faults.js';
import type { RegisterOrder } from './register-order.js';

export interface LogReading {
  readonly calls: EventStoreDbCalls;
  readonly order: RegisterOrder;
  /** Gives a number to everything that the server has. @throws StoreUnavailable, UnexpectedHistory */
  readonly level: () => Promise<void>;
  /** Returns while the server answers, so that nobody waits for one that is gone. */
  readonly whileUp: () => Promise<void>;
}

type Pages = AsyncGenerator<readonly RecordedEvent[], void, undefined>;

const eventsOfPage = 2_000;
const none = undefined;

/** Pages of the register after a checkpoint, up to the head at the call. */
export async function* pagesOfLog(reading: LogReading, after: Checkpoint | null): Pages {
  const { calls, order, level } = reading;
  await level();
  const head = order.size - 1;
  let n = refuseOtherHistory(order, after);
  // The log holds other registers too: a page begins at the very event that is wanted.
  const next = () => {
    const page = n < head ? ask(() => calls.logPage(order.positionOf(n + 1), eventsOfPage)) : none;
    // Its fault is told when it is awaited.
    page?.catch(() => undefined);
    return page;
  };
  let coming: Promise<ReadPage> | undefined = next();
  try {
    while (coming !== undefined) {
      const page: ReadPage = await coming;
      const events = numbered(order, page, n, head);
      if (events.length === 0) throw new StoreUnavailable(`the log ends before number ${n + 1}`);
      n += events.length;
      coming = next();
      yield events;
    }
  } finally {
    await coming?.catch(() => undefined);
  }
}

/** Pages of one stream from a revision on. */
export async function* pagesOfStream(
  { calls, order, level, whileUp }: LogReading,
  stream: string,
  fromRevision: number,
): Pages {
  await whileUp();
  for (let from = fromRevision; ;) {
    const page = await ask(() => calls.streamPage(stream, from, eventsOfPage));
    const last = page.events.at(-1);
    if (last === undefined) return;
    if ((order.last ?? -1) < last.position) await level();
    const events = page.events.map((it) => {
      const n = order.numberOf(it.position);
      if (n !== undefined && order.isAt(n, it)) return it.recorded(n, order.timeOf(n));
      throw new UnexpectedHistory(`${stream}@${it.revision} has no place in the register's order`);
    });
    yield events;
    if (page.whole) return;
    from = last.revision + 1;
  }
}

function numbered(
  order: RegisterOrder,
  { events }: ReadPage,
  before: number,
  head: number,
): readonly RecordedEvent[] {
  return events.slice(0, head - before).map((event, place) => {
    const n = before + 1 + place;
    if (order.isAt(n, event)) return event.recorded(n, order.timeOf(n));
    throw new UnexpectedHistory(`number ${n} is not ${event.id} at ${event.position}`);
  });
}

const mostTries = 6;

/** Reading again is safe, and a connection that was lost is mostly there again at once. */
async function ask<T>(call: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await call();
    } catch (fault) {
      const lost = ['unknown', 'not-sent'].includes(eventStoreDbFault(fault));
      const told = readingFault(fault);
      if (tries === mostTries || !lost || told === fault) throw told;
      await backOff(tries);
    }
  }
}
