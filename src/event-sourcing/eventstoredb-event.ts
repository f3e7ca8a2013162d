import { canonicalOfParsed } from './canonical-json.js';
import { type NewEvent, type RecordedEvent, UnexpectedHistory } from './event-store.js';
import { type LogPosition, positionText } from './eventstoredb-position.js';
import { isInstant } from './instant.js';

/** An event as the server gives it. */
export class StoredEvent {
  private text: string | undefined;

  constructor(
    readonly stream: string,
    readonly revision: number,
    readonly position: LogPosition,
    readonly id: string,
    readonly type: string,
    readonly recordedAt: string,
    private readonly data: unknown,
  ) {}

  /**
   * The body's canonical text. The client has parsed it; keys stand in the order in which they were
   * stored, so the canonical form is the text that was stored.
   */
  get body(): string {
    return (this.text ??= canonicalOfParsed(this.data));
  }

  /** As the register has it, with its number and the time of that number. */
  recorded(n: number, at: string): RecordedEvent {
    const { stream, revision, id, type, recordedAt, body } = this;
    return {
      n,
      at,
      stream,
      revision,
      position: positionText(this.position),
      id,
      type,
      recordedAt,
      body,
    };
  }
}

/** What the client tells of an event, as far as it is used here. */
export interface ClientEvent {
  readonly streamId: string;
  readonly revision: bigint;
  readonly id: string;
  readonly type: string;
  readonly isJson: boolean;
  readonly data: unknown;
  readonly metadata?: unknown;
  readonly position?: { readonly commit: bigint; readonly prepare: bigint } | undefined;
}

/**
 * What goes out with an event besides its body. `recordedAt` stands here too, so that the order can be
 * kept without looking into bodies.
 */
export function metadataOf({ recordedAt }: NewEvent): { readonly recordedAt: string } {
  return { recordedAt };
}

/** @throws UnexpectedHistory for an event that no register wrote */
export function storedEvent(event: ClientEvent): StoredEvent {
  const { streamId: stream, id, type, data, isJson } = event;
  const { recordedAt } = (event.metadata ?? {}) as { readonly recordedAt?: unknown };
  const lawful = isJson && typeof recordedAt === 'string' && isInstant(recordedAt);
  if (!lawful) throw foreign(event, 'it has no time of recording');
  const revision = Number(event.revision);
  return new StoredEvent(stream, revision, logPosition(event), id, type, recordedAt, data);
}

/** @throws UnexpectedHistory for an event of a transaction, which has two places in the log */
export function logPosition(event: ClientEvent): LogPosition {
  const { commit, prepare } = event.position ?? { commit: -1n, prepare: -1n };
  if (commit !== prepare || commit < 0n) throw foreign(event, 'it has no single place in the log');
  return Number(commit);
}

function foreign({ streamId, revision }: ClientEvent, why: string): UnexpectedHistory {
  return new UnexpectedHistory(`${streamId}@${revision} was not written by a register: ${why}`);
}
