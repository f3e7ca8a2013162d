/** Highest resident memory of this process from its making on, looked at twenty times a second. */
export class PeakMemory {
  private peak = 0;
  private readonly timer = setInterval(() => this.look(), 50);

  /** @returns megabytes */
  stop(): number {
    clearInterval(this.timer);
    this.look();
    return Math.round(this.peak / 1_048_576);
  }

  private look(): void {
    this.peak = Math.max(this.peak, process.memoryUsage.rss());
  }
}
