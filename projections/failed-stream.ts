import type { ParkedStream } from './parked-streams.js';

/** A stream that is to be parked, with the fault itself. */
export interface FailedStream extends ParkedStream {
  readonly cause: unknown;
}

/** One line for a person who runs the register. */
export function told(cause: unknown): string {
  return (cause instanceof Error ? `${cause.name}: ${cause.message}` : String(cause)).slice(0, 500);
}
