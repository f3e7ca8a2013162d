import type { Readable } from 'node:stream';

/**
 * A readable stream of objects that is pulled: what has arrived is taken at once, and nothing more is
 * asked of the server until it has been. A loop over such a stream would lose what came after a fault,
 * and could not be left while it waits.
 */
export class PulledStream<T> {
  private fault: Error | undefined;
  private ended = false;
  private wake: (() => void) | undefined;

  constructor(
    private readonly readable: Readable,
    private readonly cancel: () => Promise<void>,
    private readonly convert: (item: unknown) => T,
  ) {
    readable.on('error', (fault) => {
      this.fault ??= fault;
      this.wake?.();
    });
    for (const event of ['end', 'close'] as const) {
      readable.on(event, () => {
        this.ended = true;
        this.wake?.();
      });
    }
    readable.on('readable', () => this.wake?.());
  }

  /** What has arrived, up to so many. */
  take(most = Infinity): readonly T[] {
    const items: T[] = [];
    while (items.length < most) {
      const item: unknown = this.readable.read();
      if (item === null) break;
      items.push(this.convert(item));
    }
    return items;
  }

  /**
   * Waits until something may be taken. @throws the stream's fault, once all that came before is taken
   * @returns `ended` at a clean end, `silent` where nothing came for so long or the signal aborted
   */
  async more(milliseconds: number, signal?: AbortSignal): Promise<'more' | 'ended' | 'silent'> {
    const over = { is: signal?.aborted === true };
    const end = () => {
      over.is = true;
      this.wake?.();
    };
    const timer = setTimeout(end, milliseconds);
    signal?.addEventListener('abort', end);
    try {
      while (!over.is && !this.settled()) {
        await new Promise<void>((resolve) => {
          this.wake = resolve;
        });
        // At its end a stream calls itself readable, and ends once somebody has tried to read.
        if (this.readable.readableLength === 0) this.readable.read(0);
      }
    } finally {
      clearTimeout(timer);
      signal?.removeEventListener('abort', end);
    }
    if (this.readable.readableLength > 0) return 'more';
    if (this.fault !== undefined) throw this.fault;
    return this.ended ? 'ended' : 'silent';
  }

  /** Ends the call on the server too; a stream that is merely left would keep it. */
  close(): void {
    // The client's own cancel rejects where the call never came about.
    void this.cancel().catch(() => undefined);
  }

  private settled(): boolean {
    return this.readable.readableLength > 0 || this.fault !== undefined || this.ended;
  }
}
