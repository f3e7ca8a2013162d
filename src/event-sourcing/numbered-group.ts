import type { Appended, Head, NewEvent, RecordedEvent, SealedValue } from './event-store.js';

/** An append that has passed the checks and waits for its group. */
export interface CheckedAppend {
  readonly stream: string;
  readonly expectedRevision: number;
  readonly events: readonly NewEvent[];
  readonly sealed: readonly SealedValue[];
  /** Bytes of the bodies. */
  readonly size: number;
}

/** The end of the register: n is −1 and `at` is empty while there is no event. */
export type End = Pick<Head, 'n' | 'at'>;

export type NumberedEvent = Omit<RecordedEvent, 'position'>;

/** Appends with the numbers that their events have if the group is stored after this end. */
export interface NumberedGroup {
  readonly before: End;
  readonly after: End;
  readonly appends: readonly CheckedAppend[];
  readonly events: readonly NumberedEvent[];
  /** The result of each append, in the same order. */
  readonly results: readonly Appended[];
}

/** Gives out the numbers after the end, and times that never go back. */
export function numbered(before: End, appends: readonly CheckedAppend[]): NumberedGroup {
  const events: NumberedEvent[] = [];
  const results: Appended[] = [];
  let { n, at } = before;
  for (const { stream, expectedRevision, events: coming } of appends) {
    let revision = expectedRevision;
    for (const { id, type, recordedAt, body } of coming) {
      n += 1;
      revision += 1;
      // Instants of one form compare as text.
      if (recordedAt > at) at = recordedAt;
      events.push({ n, at, stream, revision, id, type, recordedAt, body });
    }
    results.push({ n, revision, position: String(n), at });
  }
  return { before, after: { n, at }, appends, events, results };
}
