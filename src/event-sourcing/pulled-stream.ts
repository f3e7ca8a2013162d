import type { Readable } from 'node:stream';

/**
 * A readable stream of objects that is pulled: what has arrived is taken at once, and nothing more is
 * asked of the server until it has been. A loop over such a stream would lose what came after a fault,
 * and could not be left while it waits.
 */
export class PulledStream<T> {
  private fault: Error | undefined;
  private unreadable: { readonly fault: unknown } | undefined;
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

  /** What has arrived, up to so many; nothing of what comes after an item that cannot be converted. */
  take(most = Infinity): readonly T[] {
    const items: T[] = [];
    while (items.length < most && this.unreadable === undefined) {
      const item: unknown = this.readable.read();
      if (item === null) break;
      try {
        items.push(this.convert(item));
      } catch (fault) {
        this.unreadable = { fault };
        this.wake?.();
      }
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
        // At its end a stream calls itself readable, and ends once somebody has tried to read.
        if (this.readable.readableLength === 0) this.readable.read(0);
        await new Promise<void>((resolve) => {
          this.wake = resolve;
        });
      }
    } finally {
      clearTimeout(timer);
      signal?.removeEventListener('abort', end);
    }
    if (this.unreadable !== undefined) throw this.unreadable.fault;
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
    if (this.fault !== undefined || this.unreadable !== undefined) return true;
    return this.readable.readableLength > 0 || this.ended;
  }
}
