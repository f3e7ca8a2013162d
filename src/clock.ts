/** The present moment, as everything outside the pure domain asks for it. */
export interface Clock {
  /** ISO 8601 in UTC with milliseconds: `2026-11-22T05:40:00.000Z`. */
  instant(): string;
  /** Milliseconds since 1970-01-01T00:00:00Z. */
  millis(): number;
}

/** The machine's own clock. */
export const systemClock: Clock = {
  instant: () => new Date().toISOString(),
  millis: () => Date.now(),
};
