import type { ServerWritableStream, StatusObject } from '@grpc/grpc-js';
import type { ReadReq } from '@eventstore/db-client/generated/streams_pb.js';

import type { Faults, Limit } from './faults.js';
import { readMessage, type LoggedEvent } from './logged-event.js';

export type ReadCall = ServerWritableStream<ReadReq, Buffer>;

/** Ends the work for a call that nobody waits for any more. */
export class CallOver extends Error {}

/** The answering side of one read or subscription: it waits for the client, and counts. */
export class Outlet {
  events = 0;
  over = false;
  /** Whether it waits for its client to take what was sent. */
  blocked = false;
  private readonly limit: Limit | undefined;
  private wake = () => {};

  constructor(
    readonly kind: 'read' | 'subscription',
    readonly about: string,
    private readonly call: ReadCall,
    private readonly faults: Faults,
    private readonly cut: () => void,
  ) {
    this.limit = faults.limit(kind);
    call.on('cancelled', () => this.close());
    call.on('drain', () => this.wake());
  }

  /** Before the first message, for a limit of no events. */
  async begin(): Promise<void> {
    await this.keepLimit();
  }

  async event(event: LoggedEvent): Promise<void> {
    await this.message(readMessage(event));
    this.events++;
    if (this.limit) await this.keepLimit();
  }

  /** @throws CallOver once the client has gone. */
  async message(bytes: Buffer): Promise<void> {
    const silence = this.faults.silence();
    if (silence) await this.unlessOver(silence);
    if (this.over || this.call.cancelled) throw new CallOver();
    if (this.call.write(bytes)) return;
    this.blocked = true;
    await this.unlessOver(new Promise((resolve) => (this.wake = resolve)));
    this.blocked = false;
  }

  /** Waits, but no longer than the call lasts. */
  async unlessOver(wait: Promise<void>): Promise<void> {
    if (!this.over) await Promise.race([wait, this.ended]);
    if (this.over) throw new CallOver();
  }

  end(): void {
    if (this.over) return;
    this.close();
    this.call.end();
  }

  fail(status: StatusObject): void {
    if (this.over) return;
    this.close();
    this.call.emit('error', status);
  }

  private finish = () => {};
  private readonly ended = new Promise<void>((resolve) => {
    this.finish = resolve;
  });

  private close(): void {
    this.over = true;
    this.finish();
  }

  private async keepLimit(): Promise<void> {
    if (this.limit?.after !== this.events) return;
    const { what } = this.limit;
    if (what === 'silence') return this.unlessOver(this.faults.untilSilenceEnds());
    if (what === 'end') this.end();
    else if (what === 'cut') this.cut();
    else this.fail(what);
    throw new CallOver();
  }
}
