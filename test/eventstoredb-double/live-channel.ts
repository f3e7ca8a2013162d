/** What the server buffers for one subscription before it drops the oldest and reads the log again. */
const capacity = 32;

export interface Numbered<T> {
  readonly sequence: number;
  readonly item: T;
}

/** Committed things on their way to one subscription; a gap in the sequence tells of dropped ones. */
export class LiveChannel<T> {
  private readonly items: Numbered<T>[] = [];
  private sequence = 0;
  private wake = () => {};

  put(item: T): void {
    this.items.push({ sequence: ++this.sequence, item });
    if (this.items.length > capacity) this.items.shift();
    this.wake();
  }

  take(): Numbered<T> | undefined {
    return this.items.shift();
  }

  /** Resolves when something is there to take; for one waiter. */
  filled(): Promise<void> {
    if (this.items.length > 0) return Promise.resolve();
    return new Promise((resolve) => (this.wake = resolve));
  }
}
