/** How far a step that takes its time has come. */
export interface Progress {
  readonly step: 'comparing' | 'copying' | 'proving';
  readonly done: number;
  readonly of: number;
  readonly perSecond: number;
  readonly secondsLeft: number;
}

const everyMs = 1_000;

/** Counts events, and tells at most once a second, and at the end. */
export class Meter {
  private readonly began = performance.now();
  private told = this.began;

  constructor(
    private readonly step: Progress['step'],
    private readonly of: number,
    private readonly tell: (progress: Progress) => void,
  ) {}

  readonly at = (done: number): void => {
    // The clock is not asked for every event.
    if (done % 256 !== 0 && done !== this.of) return;
    const now = performance.now();
    if (now - this.told < everyMs && done !== this.of) return;
    this.told = now;
    const seconds = Math.max((now - this.began) / 1_000, 0.001);
    const perSecond = done / seconds;
    this.tell({
      step: this.step,
      done,
      of: this.of,
      perSecond: Math.round(perSecond),
      secondsLeft: Math.ceil((this.of - done) / Math.max(perSecond, 1)),
    });
  };

  /** The same events, counted as they pass. */
  async *counted<T>(events: AsyncIterable<T>): AsyncGenerator<T, void, undefined> {
    let done = 0;
    for await (const event of events) {
      yield event;
      done += 1;
      this.at(done);
    }
  }
}
