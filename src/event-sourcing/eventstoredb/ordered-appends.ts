import { randomUUID } from 'node:crypto';
import { once } from 'node:events';

import type streams from '@eventstore/db-client/generated/streams_pb.js';
import type { ClientDuplexStream } from '@grpc/grpc-js';

import { batchRequest, positionIn } from './batch-append.js';
import type { Asking, StreamCalls } from './client-internals.js';
import type { NewEvent } from '../event-store.js';
import type { LogPosition } from './position.js';

type Call = ClientDuplexStream<streams.BatchAppendReq, streams.BatchAppendResp>;

interface Waiting {
  readonly resolve: (position: LogPosition) => void;
  readonly reject: (fault: unknown) => void;
}

/** Far off: the server drops an append whose deadline is over, and that would leave a hole. */
const deadlineMs = 3_600_000;

/**
 * One call that takes appends one behind another without waiting for each; the server stores them in
 * the order in which they were sent. When the call is lost, what was stored is a beginning of what was
 * sent. The client's own batch path shares one list of what is waited for among all its clients, and
 * loses it when any of them fails; here each call has its own.
 */
export class OrderedAppends {
  private readonly waiting = new Map<string, Waiting>();
  private fault: unknown;
  /** How many were answered. */
  answers = 0;

  private constructor(private readonly call: Call) {
    call.on('data', (answer: streams.BatchAppendResp) => this.answered(answer));
    call.on('error', (fault) => this.lost(fault));
    for (const event of ['end', 'close'] as const) {
      call.on(event, () => this.lost(new Error('the server ended the call')));
    }
  }

  static async open(calls: StreamCalls, asking: Asking): Promise<OrderedAppends> {
    return new OrderedAppends(
      await calls.open('appendInOrder', asking, (service, ...how) => service.batchAppend(...how)),
    );
  }

  /**
   * Sends an append behind those before it; resolves when it may send the next one.
   * @returns a promise that settles with the position of its last event
   */
  async send(
    stream: string,
    expectedRevision: number,
    events: readonly NewEvent[],
  ): Promise<{ readonly stored: Promise<LogPosition> }> {
    if (this.fault !== undefined) throw this.fault;
    const correlation = randomUUID();
    const stored = new Promise<LogPosition>((resolve, reject) => {
      this.waiting.set(correlation, { resolve, reject });
    });
    // Whoever waits for it hears of a fault; until then it must not end the process.
    stored.catch(() => undefined);
    const request = batchRequest({ stream, expectedRevision, events }, correlation, deadlineMs);
    if (!this.call.write(request)) await once(this.call, 'drain');
    return { stored };
  }

  close(): void {
    this.call.cancel();
  }

  private answered(answer: streams.BatchAppendResp): void {
    const correlation = answer.getCorrelationId()?.getString() ?? '';
    const waiting = this.waiting.get(correlation);
    this.waiting.delete(correlation);
    this.answers += 1;
    try {
      waiting?.resolve(positionIn(answer));
    } catch (fault) {
      waiting?.reject(fault);
      // What comes behind one that was refused would leave a hole in the order.
      this.lost(fault);
      this.call.cancel();
    }
  }

  private lost(fault: unknown): void {
    this.fault ??= fault;
    for (const { reject } of this.waiting.values()) reject(fault);
    this.waiting.clear();
    // Whoever waits to send more is woken, and hears of the fault at the next one.
    this.call.emit('drain');
  }
}
