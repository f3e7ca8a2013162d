/** How a wait came to its end. */
export type Outcome = 'arrived' | 'stalled' | 'closed';

interface Waiting {
  readonly arrived: () => boolean;
  readonly end: (outcome: Outcome) => void;
}

/** Wakes whoever waits for something that comes in an order, once it is there and not before. */
export class Arrivals {
  private readonly waiting = new Set<Waiting>();
  private lastMove = 0;
  private closed = false;

  /** Something came. */
  moved(): void {
    this.lastMove = performance.now();
    for (const { arrived, end } of this.waiting) if (arrived()) end('arrived');
  }

  /** Nothing comes any more. */
  close(): void {
    this.closed = true;
    for (const { end } of this.waiting) end('closed');
  }

  /** Waits until it is there, but for no longer than so many milliseconds in which nothing comes at all. */
  async until(arrived: () => boolean, stallMs: number): Promise<Outcome> {
    if (arrived()) return 'arrived';
    if (this.closed) return 'closed';
    const begun = performance.now();
    return new Promise((resolve) => {
      let timer: NodeJS.Timeout;
      const end = (outcome: Outcome) => {
        clearTimeout(timer);
        this.waiting.delete(waiting);
        resolve(outcome);
      };
      const waiting: Waiting = { arrived, end };
      const look = (milliseconds: number) => {
        timer = setTimeout(() => {
          const left = Math.max(begun, this.lastMove) + stallMs - performance.now();
          if (left > 1) look(left);
          else end('stalled');
        }, milliseconds);
      };
      this.waiting.add(waiting);
      look(stallMs);
    });
  }
}
