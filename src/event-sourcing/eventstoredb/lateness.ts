import { AppendOutcomeUnknown } from '../event-store.js';

/** Bounds the whole wait: for a place among the calls, for the client to find a node, for the answer. */
export class Lateness {
  readonly fault: Promise<never>;
  private readonly until: number;
  private timer: NodeJS.Timeout | undefined;
  private ended = false;

  constructor(milliseconds: number) {
    this.until = performance.now() + milliseconds;
    this.fault = new Promise((_, reject) => {
      this.timer = setTimeout(() => {
        reject(new AppendOutcomeUnknown(`no answer within ${milliseconds} ms`));
      }, milliseconds);
    });
  }

  /** Milliseconds; nothing once nobody waits any more. */
  get left(): number {
    return this.ended ? 0 : this.until - performance.now();
  }

  /** From here on nothing may go out that has not gone out yet. */
  end(): void {
    clearTimeout(this.timer);
    this.ended = true;
  }
}
