import type { Appended, NewEvent } from '../event-store.js';
import type { StoredEvent } from './event.js';

/** An append on its way to the server. */
export interface SentAppend {
  readonly stream: string;
  readonly expectedRevision: number;
  readonly events: readonly NewEvent[];
}

/** Whether an event is the one that was to stand at this place of an append. */
export function isEventOf(
  { stream, expectedRevision, events }: SentAppend,
  place: number,
  stored: StoredEvent | undefined,
): boolean {
  const sent = events[place];
  return (
    stored !== undefined &&
    sent !== undefined &&
    stored.id === sent.id &&
    stored.stream === stream &&
    stored.revision === expectedRevision + 1 + place &&
    stored.type === sent.type &&
    stored.recordedAt === sent.recordedAt &&
    stored.holds(sent.body)
  );
}

/**
 * Looks for the events of appends among those that come by in the log. What was seen there is stored,
 * whether or not its acknowledgement arrives; and it is seen whether the bytes are those that were sent,
 * for the server takes an id that it has for a repetition, whatever comes with it.
 */
export class AppendWatch {
  private readonly byId = new Map<
    string,
    { readonly append: WatchedAppend; readonly place: number }
  >();

  begin(append: SentAppend): WatchedAppend {
    const watched = new WatchedAppend(append);
    append.events.forEach(({ id }, place) => this.byId.set(id, { append: watched, place }));
    return watched;
  }

  end(watched: WatchedAppend): void {
    for (const { id } of watched.append.events) {
      if (this.byId.get(id)?.append === watched) this.byId.delete(id);
    }
  }

  /** `result` is what an append is answered with whose last event this is. */
  saw(stored: StoredEvent, result: () => Appended): void {
    const found = this.byId.get(stored.id);
    if (found !== undefined) found.append.saw(found.place, stored, result);
  }
}

class WatchedAppend {
  /** Resolves once all events of the append have come by as they were sent. */
  readonly seen: Promise<Appended>;
  result: Appended | undefined;
  private missing: number;
  private settle: (result: Appended) => void = () => undefined;

  constructor(readonly append: SentAppend) {
    this.missing = append.events.length;
    this.seen = new Promise((resolve) => {
      this.settle = resolve;
    });
  }

  saw(place: number, stored: StoredEvent, result: () => Appended): void {
    if (!isEventOf(this.append, place, stored)) return;
    this.missing -= 1;
    if (this.missing > 0) return;
    this.result = result();
    this.settle(this.result);
  }
}
