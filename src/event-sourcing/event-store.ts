/** The event store port. Two adapters keep it: PostgreSQL (embedded default) and EventStoreDB. */

/** An event about to be stored: `body` is the canonical JSON text (RFC 8785) that is hashed and kept. */
export interface NewEvent {
  readonly id: string;
  readonly type: string;
  /** Writer's clock, ISO 8601 instant in UTC with milliseconds, the same as in the body. */
  readonly recordedAt: string;
  readonly body: string;
}

/** A sealed value on its way to the vault, keyed by the commitment that the event holds. */
export interface SealedValue {
  readonly commitment: string;
  readonly salt: string;
  /** AES-256-GCM ciphertext, nonce and tag, and the key of its own; all base64. */
  readonly ciphertext: string;
  readonly key: string;
}

/** An event as the register has it. `n` is its register number: dense, from 0, over all streams. */
export interface RecordedEvent extends NewEvent {
  readonly n: number;
  /** Running maximum of recordedAt along n: the time of n. Never goes back. */
  readonly at: string;
  readonly stream: string;
  /** 0-based place in its stream. */
  readonly revision: number;
  /** Opaque outside the adapter. */
  readonly position: string;
}

/** The place to resume from: after the event that has this number. */
export interface Checkpoint {
  readonly position: string;
  readonly n: number;
}

export interface Head extends Checkpoint {
  readonly at: string;
}

export interface Appended {
  /** Register number, revision and position of the last event of the append. */
  readonly n: number;
  readonly revision: number;
  readonly position: string;
  readonly at: string;
}

export type Delivery =
  | { readonly kind: 'event'; readonly event: RecordedEvent }
  /** In band: every event up to this checkpoint has been delivered before it. */
  | { readonly kind: 'checkpoint'; readonly checkpoint: Checkpoint }
  | { readonly kind: 'caught-up' };

export interface EventStore {
  /**
   * Appends all events or none. `expectedRevision` is the last revision read, −1 for a new stream.
   * Sealed values are stored with, or before, the events. Repeating the very same call is safe.
   * @throws WrongExpectedRevision, RepeatedEventId, StoreUnavailable, ReadOnlyStore,
   *   AppendOutcomeUnknown
   */
  append(
    stream: string,
    expectedRevision: number,
    events: readonly NewEvent[],
    sealed?: readonly SealedValue[],
  ): Promise<Appended>;

  /** Events of one stream from a revision (0) on; nothing for a stream that is not there. */
  readStream(stream: string, fromRevision?: number): AsyncIterable<RecordedEvent>;

  /**
   * The events of several streams, whole and stream by stream, each in the order of its revisions;
   * which stream comes first is the store's affair. Nothing for a stream that is not there.
   */
  readStreams(streams: readonly string[]): AsyncIterable<RecordedEvent>;

  /** All events of the register after a checkpoint (from the first when null), up to the head at the call. */
  readAll(after: Checkpoint | null): AsyncIterable<RecordedEvent>;

  /** All events after a checkpoint and those to come, pulled by the consumer. Ends when the signal aborts. */
  subscribeAll(after: Checkpoint | null, signal: AbortSignal): AsyncIterable<Delivery>;

  /** The newest event's number, position and time; null while the register is empty. */
  head(): Promise<Head | null>;

  /**
   * The largest n recorded by an instant (ISO 8601 UTC), with its time; null when none was.
   * `at` is compared with the time of n.
   */
  numberAt(instant: string): Promise<Head | null>;

  /** Why the store takes no appends, as whoever set it said; null while it does. */
  readOnly(): Promise<string | null>;

  /**
   * Refuses every append of every process from now on (a reason), or takes them again (null). When it
   * resolves, what was under way is in or refused. `import` goes on meanwhile. Lasts over restarts.
   * @throws StoreUnavailable where it may have been set or not: ask, or set it again
   */
  setReadOnly(reason: string | null): Promise<void>;

  /** Copies numbered events in order, keeping n and bytes; only into an empty or matching store. */
  import(events: AsyncIterable<RecordedEvent>, sealed?: readonly SealedValue[]): Promise<void>;

  close(): Promise<void>;
}

export class WrongExpectedRevision extends Error {
  override readonly name = 'WrongExpectedRevision';
  constructor(
    readonly stream: string,
    readonly expected: number,
    readonly actual: number,
  ) {
    super(`${stream}: expected revision ${expected}, found ${actual}`);
  }
}

/** An id of the append is already stored, but not as the same append. */
export class RepeatedEventId extends Error {
  override readonly name = 'RepeatedEventId';
  constructor(readonly stream: string) {
    super(`${stream}: an event id of this append is already stored`);
  }
}

/** Nothing was stored: the store cannot be reached, or refuses to write now. */
export class StoreUnavailable extends Error {
  override readonly name: string = 'StoreUnavailable';
}

/** How far the writer's clock may differ from the store's, in milliseconds. */
export const clockTolerance = 10_000;

/** Nothing was stored: this machine's clock is ahead of the store's by so many seconds, or behind it. */
export class ClockSkewed extends StoreUnavailable {
  override readonly name = 'ClockSkewed';
  constructor(readonly seconds: number) {
    super(
      `this machine's clock and the store's differ by ${seconds.toFixed(1)} s: ` +
        `nothing is written until they agree within ${clockTolerance / 1_000} s`,
    );
  }
}

/**
 * The store takes no appends: somebody set it read-only, and says why. Nothing was stored, also not
 * by an earlier try with the same events.
 */
export class ReadOnlyStore extends StoreUnavailable {
  override readonly name = 'ReadOnlyStore';
  constructor(readonly reason: string) {
    super(`the store is read-only: ${reason}`);
  }
}

/** The append may or may not have been stored: look for the command, then repeat the same bytes. */
export class AppendOutcomeUnknown extends Error {
  override readonly name = 'AppendOutcomeUnknown';
}

/** This store refuses the event itself: too large, not canonical, no lawful name. */
export class UnstorableEvent extends Error {
  override readonly name = 'UnstorableEvent';
}

/**
 * The store's events are not those that the caller knows: restored from an older backup, another
 * register's, or damaged. Never repeated; a person must look.
 */
export class UnexpectedHistory extends Error {
  override readonly name = 'UnexpectedHistory';
}
