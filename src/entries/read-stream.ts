import type { EventStore, RecordedEvent } from '../event-sourcing/event-store.js';
import type { Numbered, RegisterEvent } from './domain/event.js';

/** One stream as a handler folds it, with the texts that digests are made of. */
export interface StreamRead {
  readonly events: readonly Numbered[];
  readonly recorded: readonly RecordedEvent[];
  /** Last revision, −1 for a stream that is not there. */
  readonly revision: number;
}

export async function readWholeStream(store: EventStore, stream: string): Promise<StreamRead> {
  const recorded: RecordedEvent[] = [];
  for await (const it of store.readStream(stream)) recorded.push(it);
  return {
    recorded,
    events: recorded.map(({ n, at, body }) => ({
      n,
      at,
      event: JSON.parse(body) as RegisterEvent,
    })),
    revision: recorded.at(-1)?.revision ?? -1,
  };
}
