import type { Readable } from 'node:stream';

/** A call that gives objects until it ends or is cancelled. */
export type PulledCall = Readable & { cancel(): void };

export interface Pulling<T> {
  /** Undefined for an answer that says nothing. */
  readonly item: (answer: unknown) => T | undefined;
  /** A fault of the call, as whoever pulls is told. */
  readonly fault: (fault: unknown) => unknown;
  readonly closed: () => void;
}

/**
 * A call whose answers are pulled: what has arrived is taken at once, and nothing more is asked of the
 * server until it has been. A loop over it would lose what came after a fault, and could not be left
 * while it waits, nor while the connection is still coming about.
 */
export class PulledStream<T> {
  private call: PulledCall | undefined;
  private fault: unknown;
  private unreadable: { readonly fault: unknown } | undefined;
  private ended = false;
  private closed = false;
  private wake: (() => void) | undefined;

  constructor(
    opening: Promise<PulledCall>,
    private readonly reading: Pulling<T>,
  ) {
    opening.then(
      (call) => this.opened(call),
      (fault: unknown) => this.failed(fault),
    );
  }

  /** What has arrived, up to so many; nothing of what comes after an answer that cannot be read. */
  take(most = Infinity): readonly T[] {
    const items: T[] = [];
    while (items.length < most && this.unreadable === undefined) {
      const answer: unknown = this.call?.read() ?? null;
      if (answer === null) break;
      try {
        const item = this.reading.item(answer);
        if (item !== undefined) items.push(item);
      } catch (fault) {
        this.unreadable = { fault };
      }
    }
    return items;
  }

  /**
   * Waits until something may be taken. @throws the call's fault, once all that came before is taken
   * @returns `ended` at a clean end and once it is closed, `silent` where nothing came for so long
   */
  async more(milliseconds: number): Promise<'more' | 'ended' | 'silent'> {
    const waited = { long: false };
    const timer = setTimeout(() => {
      waited.long = true;
      this.wake?.();
    }, milliseconds);
    try {
      while (!waited.long && !this.settled()) {
        // At its end a stream calls itself readable, and ends once somebody has tried to read.
        if (this.arrived === 0) this.call?.read(0);
        await new Promise<void>((resolve) => {
          this.wake = resolve;
        });
      }
    } finally {
      clearTimeout(timer);
    }
    if (this.closed) return 'ended';
    if (this.unreadable !== undefined) throw this.unreadable.fault;
    if (this.arrived > 0) return 'more';
    if (this.fault !== undefined) throw this.fault;
    return this.ended ? 'ended' : 'silent';
  }

  /** Ends the call on the server too; one that is merely left would go on. */
  close(): void {
    if (this.closed) return;
    this.closed = true;
    if (this.call !== undefined) cancelled(this.call);
    this.reading.closed();
    this.wake?.();
  }

  private get arrived(): number {
    return this.call?.readableLength ?? 0;
  }

  private settled(): boolean {
    if (this.fault !== undefined || this.unreadable !== undefined) return true;
    return this.arrived > 0 || this.ended || this.closed;
  }

  private opened(call: PulledCall): void {
    this.call = call;
    call.on('error', (fault) => this.failed(fault));
    for (const event of ['end', 'close'] as const) {
      call.on(event, () => {
        this.ended = true;
        this.wake?.();
      });
    }
    call.on('readable', () => this.wake?.());
    if (this.closed) cancelled(call);
  }

  private failed(fault: unknown): void {
    this.fault ??= this.reading.fault(fault);
    this.wake?.();
  }
}

/** In a turn of its own: https://github.com/grpc/grpc-node/issues/1464 */
function cancelled(call: PulledCall): void {
  setImmediate(() => call.cancel());
}
