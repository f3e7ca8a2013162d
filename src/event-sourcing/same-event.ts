import type { RecordedEvent } from './event-store.js';

const sent = ['id', 'stream', 'revision', 'type', 'recordedAt', 'body'] as const;
const numbered = ['n', ...sent] as const;
const timed = ['n', ...sent, 'at'] as const;

/** What makes two events one: as sent to a store, with its number, with the time of that number. */
const sameAs = { sent, numbered, timed };

type Compared = keyof typeof sameAs;

/** The first field in which the two differ; undefined where they are the same event. */
export function differingField<C extends Compared>(
  as: C,
  one: Pick<RecordedEvent, (typeof sameAs)[C][number]>,
  other: Pick<RecordedEvent, (typeof sameAs)[C][number]>,
): (typeof sameAs)[C][number] | undefined {
  const fields: readonly (typeof sameAs)[C][number][] = sameAs[as];
  return fields.find((field) => one[field] !== other[field]);
}
