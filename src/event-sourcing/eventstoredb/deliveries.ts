import { unlessAborted } from '../aborting.js';
import { backOff } from '../back-off.js';
import { type Checkpoint, type Delivery, UnexpectedHistory } from '../event-store.js';
import type { EventStoreDbCalls, LogItem } from './client.js';
import { readingFault } from './faults.js';
import { type LogPosition, positionText, readPosition } from './position.js';
import type { OrderFollower } from './order-follower.js';
import type { PulledStream } from './pulled-stream.js';
import type { RegisterOrder } from './register-order.js';

export interface DeliverySource {
  readonly calls: EventStoreDbCalls;
  readonly order: RegisterOrder;
  readonly follower: OrderFollower;
  /** How long nothing may come while there is something to come, before the call is opened anew. */
  readonly stallMs: number;
}

/** From how many events on a marker is given though more is coming. */
const eventsOfBatch = 500;

/**
 * Everything after a number, and then what comes, counted on from there: a subscription of its own,
 * pulled, so that a slow consumer holds back the server and nothing else. It is opened anew after the
 * last event that was delivered, whenever it ends, fails or falls silent.
 */
export async function* deliveries(
  source: DeliverySource,
  after: Checkpoint | null,
  signal: AbortSignal,
): AsyncGenerator<Delivery, void, undefined> {
  let state: Counting | undefined;
  for (let failures = 1; !signal.aborted; failures += 1) {
    let stream: PulledStream<LogItem> | undefined;
    const leave = () => stream?.close();
    signal.addEventListener('abort', leave);
    try {
      await unlessAborted(source.follower.current(), signal);
      if (signal.aborted) return;
      state ??= new Counting(source.order, refuseOtherHistory(source.order, after));
      stream = source.calls.follow(state.position);
      for await (const delivery of session(source, stream, state, signal)) {
        failures = 0;
        yield delivery;
      }
    } catch (fault) {
      const told = readingFault(fault);
      if (told instanceof UnexpectedHistory) throw told;
    } finally {
      signal.removeEventListener('abort', leave);
      stream?.close();
    }
    await backOff(Math.max(1, failures), signal);
  }
}

/**
 * A checkpoint is a number and a place; the order must have that number at that place.
 * @returns the number, -1 for none
 * @throws UnexpectedHistory
 */
export function refuseOtherHistory(order: RegisterOrder, checkpoint: Checkpoint | null): number {
  if (checkpoint === null) return -1;
  const { n, position } = checkpoint;
  if (order.positionOf(n) === readPosition(position)) return n;
  throw new UnexpectedHistory(
    `number ${n} at ${position} is asked for, and the register ends at ${order.size - 1} ` +
      `or has it elsewhere: restored from an older backup?`,
  );
}

async function* session(
  { order, stallMs }: DeliverySource,
  stream: PulledStream<LogItem>,
  state: Counting,
  signal: AbortSignal,
): AsyncGenerator<Delivery, void, undefined> {
  for (;;) {
    for (const item of stream.take(eventsOfBatch)) {
      if (signal.aborted) return;
      if (item.kind === 'event') yield { kind: 'event', event: state.counted(item) };
    }
    const caughtUp = state.n >= order.size - 1;
    if (state.sinceMarker >= eventsOfBatch || (caughtUp && state.sinceMarker > 0)) {
      yield state.marker();
    }
    if (caughtUp && !state.announced) {
      state.announced = true;
      yield { kind: 'caught-up' };
    }
    const next = await stream.more(stallMs);
    if (signal.aborted || next === 'ended' || (next === 'silent' && !caughtUp)) return;
  }
}

/** The number, time and position of what was delivered last. */
class Counting {
  sinceMarker = 0;
  announced = false;
  position: LogPosition | undefined;
  private at: string;

  constructor(
    private readonly order: RegisterOrder,
    public n: number,
  ) {
    this.position = n < 0 ? undefined : order.positionOf(n);
    this.at = n < 0 ? '' : order.timeOf(n);
  }

  counted({ event }: Extract<LogItem, { kind: 'event' }>) {
    const n = this.n + 1;
    if (n < this.order.size && !this.order.isAt(n, event)) {
      const { position } = this.order.entry(n);
      throw new UnexpectedHistory(`number ${n} is at ${position}, not at ${event.position}`);
    }
    if (event.recordedAt > this.at) this.at = event.recordedAt;
    const recorded = event.recorded(n, this.at);
    this.n = n;
    this.position = event.position;
    this.sinceMarker += 1;
    this.announced = false;
    return recorded;
  }

  marker(): Delivery {
    this.sinceMarker = 0;
    const { n, position = -1 } = this;
    return { kind: 'checkpoint', checkpoint: { n, position: positionText(position) } };
  }
}
