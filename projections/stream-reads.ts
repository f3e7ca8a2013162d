import type { StreamKind } from '../src/entries/domain/act-type.js';
import type { Numbered } from '../src/entries/domain/event.js';
import type { StreamNames } from '../src/entries/stream-names.js';
import type { EventStore, RecordedEvent } from '../src/event-sourcing/event-store.js';
import { parseEvent } from '../src/event-sourcing/parse-event.js';

/** An event with the text that digests are made of. */
export interface ReadEvent extends Numbered {
  readonly body: string;
}

/** Streams as queries read them. What was read once never changes, so only what is new is fetched. */
export class StreamReads {
  private readonly kept = new Map<string, readonly ReadEvent[]>();
  private total = 0;

  constructor(
    private readonly store: Pick<EventStore, 'readStream'>,
    private readonly names: StreamNames,
    private readonly mostEvents = 20_000,
  ) {}

  /**
   * A stream's events up to and with n.
   * @param revision the last revision that is known to have such a number, where it is known
   */
  async upTo(
    kind: StreamKind,
    id: string,
    n: number,
    revision?: number,
  ): Promise<readonly ReadEvent[]> {
    const stream = this.names.nameOf({ kind, id });
    const before = this.kept.get(stream) ?? [];
    const whole =
      revision !== undefined && before.length > revision
        ? before
        : await this.read(stream, kind, before);
    return whole.filter((it) => it.n <= n);
  }

  private async read(
    stream: string,
    kind: StreamKind,
    before: readonly ReadEvent[],
  ): Promise<readonly ReadEvent[]> {
    const more: ReadEvent[] = [];
    for await (const it of this.store.readStream(stream, before.length)) more.push(read(it, kind));
    if (more.length === 0) return before;
    const whole = [...before, ...more];
    this.total += whole.length - (this.kept.get(stream)?.length ?? 0);
    this.kept.delete(stream);
    this.kept.set(stream, whole);
    for (const [oldest, events] of this.kept) {
      if (this.total <= this.mostEvents || oldest === stream) break;
      this.kept.delete(oldest);
      this.total -= events.length;
    }
    return whole;
  }
}

function read(recorded: RecordedEvent, kind: StreamKind): ReadEvent {
  return { ...parseEvent(recorded, kind), body: recorded.body };
}
