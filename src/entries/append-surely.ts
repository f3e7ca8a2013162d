import { setTimeout as pause } from 'node:timers/promises';
import {
  AppendOutcomeUnknown,
  type Appended,
  type EventStore,
  type NewEvent,
  ReadOnlyStore,
  type SealedValue,
  StoreUnavailable,
  UnexpectedHistory,
} from '../event-sourcing/event-store.js';

/** After this the same bytes no longer go out: their time would be too old. */
const SAME_BYTES_FOR_MS = 60_000;

/**
 * Appends, and after an unknown outcome sends the very same bytes again, which is safe. From then on a
 * store that cannot be reached does not mean that nothing was stored.
 * @throws WrongExpectedRevision, RepeatedEventId, StoreUnavailable, AppendOutcomeUnknown when it
 *   stays unknown for a minute
 */
export async function appendSurely(
  store: Pick<EventStore, 'append'>,
  stream: string,
  expectedRevision: number,
  events: readonly NewEvent[],
  sealed: readonly SealedValue[],
  deadline = Date.now() + SAME_BYTES_FOR_MS,
): Promise<Appended> {
  let unknown: AppendOutcomeUnknown | undefined;
  for (let wait = 50; ; wait = Math.min(wait * 2, 2_000)) {
    try {
      return await store.append(stream, expectedRevision, events, sealed);
    } catch (error) {
      if (error instanceof AppendOutcomeUnknown) unknown = error;
      const gone = error instanceof StoreUnavailable || error instanceof UnexpectedHistory;
      const open = unknown !== undefined && gone;
      if (error !== unknown && !open) throw error;
      // A store that is read-only has looked for the events before it says so.
      if (error instanceof ReadOnlyStore) throw error;
      if (Date.now() + wait > deadline) throw unknown ?? error;
      await pause(wait);
    }
  }
}
