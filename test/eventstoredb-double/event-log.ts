import { decideAppend, type Decision, type ExpectedRevision } from './append-decision.js';
import type { LoggedEvent, ProposedEvent } from './logged-event.js';

export type Appended =
  | Exclude<Decision, { decided: 'write' }>
  | { readonly decided: 'written'; readonly last: LoggedEvent }
  | { readonly decided: 'nothing'; readonly position: number; readonly current: number };

/** A record's head and the two bytes for each letter of a type, near enough to the real sizes. */
const recordHead = 90;
const firstRecord = 548;

/** The events of all streams in commit order, at positions that grow by each record's bytes. */
export class EventLog {
  readonly events: LoggedEvent[] = [];
  private readonly streams = new Map<string, LoggedEvent[]>();
  private readonly remembered = new Map<string, LoggedEvent>();
  private readonly emptyRecords = new Set<number>();
  private readonly watchers = new Set<(event: LoggedEvent) => void>();
  private end = firstRecord;

  /** `remembers`: how many of the last ids make an append with `any` a repeat. */
  constructor(private readonly remembers = 50_000) {}

  stream(name: string): readonly LoggedEvent[] {
    return this.streams.get(name) ?? [];
  }

  /** -1 for an empty log. */
  get lastPosition(): number {
    return this.events.at(-1)?.position ?? -1;
  }

  append(name: string, expected: ExpectedRevision, proposed: readonly ProposedEvent[]): Appended {
    const ids = proposed.map(({ id }) => id);
    const decision = decideAppend(this.stream(name), expected, ids, (id) =>
      this.remembered.get(id),
    );
    if (decision.decided !== 'write') return decision;

    const written = proposed.map((event) => this.put(name, event));
    for (const event of written) for (const tell of this.watchers) tell(event);
    const last = written.at(-1);
    return last ? { decided: 'written', last } : this.putNothing(name);
  }

  /** The place in `events` of the first event at this position or after it. */
  placeOf(position: number): number {
    let [low, high] = [0, this.events.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.events[middle]?.position ?? Infinity) < position) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** Whether a record begins at this position, or may: the log's start and everything past its end. */
  beginsRecord(position: number): boolean {
    const found = this.events[this.placeOf(position)];
    return (
      position === 0 ||
      position >= this.end ||
      found?.position === position ||
      this.emptyRecords.has(position)
    );
  }

  /** Whether nothing was ever written here. */
  isPastEnd(position: number): boolean {
    return position > this.end;
  }

  /** Calls back for each event as it is committed; returns the way to stop it. */
  watch(tell: (event: LoggedEvent) => void): () => void {
    this.watchers.add(tell);
    return () => this.watchers.delete(tell);
  }

  /** What a restart forgets: ids by which an append with `any` is known as a repeat. */
  forgetIds(): void {
    this.remembered.clear();
  }

  /** Cuts the log back to its first `count` events; positions are given out again from there. */
  truncate(count: number): void {
    for (const event of this.events.splice(count).reverse()) {
      const stream = this.streams.get(event.stream);
      stream?.pop();
      if (stream?.length === 0) this.streams.delete(event.stream);
      this.end = event.position;
    }
    for (const position of this.emptyRecords)
      if (position >= this.end) this.emptyRecords.delete(position);
    this.forgetIds();
  }

  /** An append of no events takes a place in the log that no reader sees. */
  private putNothing(name: string): Appended {
    const position = this.end;
    this.emptyRecords.add(position);
    this.end += recordHead + name.length;
    return { decided: 'nothing', position, current: this.stream(name).length - 1 };
  }

  private put(name: string, proposed: ProposedEvent): LoggedEvent {
    const stream = this.streams.get(name) ?? [];
    this.streams.set(name, stream);
    const position = this.end;
    this.end += recordHead + name.length + recordBytes(proposed);
    const event = {
      ...proposed,
      stream: name,
      revision: stream.length,
      position,
      end: this.end,
      createdTicks: `${Date.now()}0000`,
    };
    stream.push(event);
    this.events.push(event);
    this.remember(event);
    return event;
  }

  private remember(event: LoggedEvent): void {
    if (this.remembered.has(event.id)) return;
    this.remembered.set(event.id, event);
    if (this.remembered.size <= this.remembers) return;
    for (const [oldest] of this.remembered) {
      this.remembered.delete(oldest);
      return;
    }
  }
}

/** What an event counts towards the largest append: its data, its metadata, twice its type. */
export function recordBytes({ data, metadata, type }: ProposedEvent): number {
  return data.length + metadata.length + 2 * type.length;
}
