import { setTimeout as pause } from 'node:timers/promises';
import {
  AppendOutcomeUnknown,
  type Appended,
  type EventStore,
  type NewEvent,
  type SealedValue,
} from '../event-sourcing/event-store.js';

/** After this the same bytes no longer go out: their time would be too old. */
const SAME_BYTES_FOR_MS = 60_000;

/**
 * Appends, and after an unknown outcome sends the very same bytes again, which is safe.
 * @throws WrongExpectedRevision, RepeatedEventId, StoreUnavailable, AppendOutcomeUnknown when it
 *   stays unknown for a minute
 */
export async function appendSurely(
  store: EventStore,
  stream: string,
  expectedRevision: number,
  events: readonly NewEvent[],
  sealed: readonly SealedValue[],
  deadline = Date.now() + SAME_BYTES_FOR_MS,
): Promise<Appended> {
  for (let wait = 50; ; wait = Math.min(wait * 2, 2_000)) {
    try {
      return await store.append(stream, expectedRevision, events, sealed);
    } catch (error) {
      if (!(error instanceof AppendOutcomeUnknown) || Date.now() + wait > deadline) throw error;
      await pause(wait);
    }
  }
}
