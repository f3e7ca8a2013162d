import type { LoggedEvent } from './logged-event.js';

export type ExpectedRevision = number | 'any' | 'no_stream' | 'stream_exists';

/** What the log says to an append before it writes: EventStoreDB's `IndexWriter.CheckCommit`. */
export type Decision =
  | { readonly decided: 'write' }
  | { readonly decided: 'wrong-revision'; readonly current: number | 'no_stream' }
  | { readonly decided: 'already'; readonly last: LoggedEvent }
  | { readonly decided: 'never-answered' };

/** Finds an id among those that the server still remembers, whatever its stream. */
export type Remembered = (id: string) => LoggedEvent | undefined;

/**
 * Decides by the stream's events alone: a repeated append is recognised for ever by its ids at their
 * places after an explicit revision, but with `any` or `stream_exists` only while it is remembered.
 */
export function decideAppend(
  stream: readonly LoggedEvent[],
  expected: ExpectedRevision,
  ids: readonly string[],
  remembered: Remembered,
): Decision {
  const current = stream.length - 1;
  const wrong: Decision = {
    decided: 'wrong-revision',
    current: current < 0 ? 'no_stream' : current,
  };
  if (expected === 'stream_exists' && current < 0) return wrong;
  if (expected === 'any' || expected === 'stream_exists')
    return decideByMemory(stream, ids, remembered, wrong);

  const revision = expected === 'no_stream' ? -1 : expected;
  if (revision === current) return { decided: 'write' };
  const last = stream[revision + ids.length];
  const repeated = ids.every((id, place) => stream[revision + 1 + place]?.id === id);
  if (revision > current || ids.length === 0 || !last || !repeated) return wrong;
  return { decided: 'already', last };
}

function decideByMemory(
  stream: readonly LoggedEvent[],
  ids: readonly string[],
  remembered: Remembered,
  wrong: Decision,
): Decision {
  const known = ids.map((id) => {
    const event = remembered(id);
    return event && stream[event.revision] === event ? event : undefined;
  });
  const [first] = known;
  const last = known.at(-1);
  if (!first) return { decided: 'write' };
  if (!last || known.includes(undefined)) return wrong;
  // The real server loses the request when a repeat names its events in another order.
  return last.revision < first.revision
    ? { decided: 'never-answered' }
    : { decided: 'already', last };
}
