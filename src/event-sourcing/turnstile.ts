/** Wakes everybody who waits, whenever something moved. */
export class Turnstile {
  private count = 0;
  private readonly waiting = new Set<() => void>();

  /** Taken before looking; a turn after it ends the wait at once. */
  ticket(): number {
    return this.count;
  }

  turn(): void {
    this.count += 1;
    for (const wake of this.waiting) wake();
  }

  /** Waits for a turn after the ticket. False where none came in time, or the signal aborted. */
  async after(ticket: number, milliseconds: number, signal: AbortSignal): Promise<boolean> {
    if (this.count !== ticket || signal.aborted) return this.count !== ticket;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(() => wake(), milliseconds);
      const wake = () => {
        clearTimeout(timer);
        signal.removeEventListener('abort', wake);
        this.waiting.delete(wake);
        resolve();
      };
      signal.addEventListener('abort', wake);
      this.waiting.add(wake);
    });
    return this.count !== ticket;
  }
}
