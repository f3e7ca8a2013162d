import type streams from '@eventstore/db-client/generated/streams_pb.js';

import { isCanonicalText } from '../canonical-json.js';
import { type NewEvent, type RecordedEvent, UnexpectedHistory } from '../event-store.js';
import { type LogPosition, positionText } from './position.js';
import { isInstant } from '../instant.js';

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
    private readonly data: Uint8Array,
  ) {}

  /** The very text that was stored. @throws UnexpectedHistory where no register can have written it */
  get body(): string {
    this.text ??= this.checked(textOf(this.data));
    return this.text;
  }

  /** Whether this very text was stored; one that was sent is canonical already. */
  holds(body: string): boolean {
    return textOf(this.data) === body;
  }

  get bytes(): number {
    return this.data.length;
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

  private checked(text: string): string {
    if (isCanonicalText(text)) return text;
    const place = `${this.stream}@${this.revision}`;
    throw new UnexpectedHistory(`${place} was not written by a register: it is not canonical`);
  }
}

/** A record of the log, of whosever stream. */
export type LogRecord = streams.ReadResp.ReadEvent.RecordedEvent;

/**
 * What goes out with an event besides its body, as JSON. `recordedAt` stands here too, so that the order
 * can be kept without looking into bodies.
 */
export function metadataOf({ recordedAt }: NewEvent): string {
  return JSON.stringify({ recordedAt });
}

export function streamOf(record: LogRecord): string {
  return textOf(record.getStreamIdentifier()?.getStreamName_asU8());
}

/** @throws UnexpectedHistory for an event that no register wrote */
export function storedEvent(record: LogRecord, stream: string): StoredEvent {
  const about = record.getMetadataMap();
  const recordedAt = recordedAtOf(textOf(record.getCustomMetadata_asU8()));
  const lawful = about.get('content-type') === 'application/json' && recordedAt !== undefined;
  if (!lawful) throw foreign(record, 'it has no time of recording');
  return new StoredEvent(
    stream,
    Number(record.getStreamRevision()),
    logPosition(record),
    record.getId()?.getString() ?? '',
    about.get('type') ?? '',
    recordedAt,
    record.getData_asU8(),
  );
}

/** @throws UnexpectedHistory for an event of a transaction, which has two places in the log */
export function logPosition(record: LogRecord): LogPosition {
  const commit = record.getCommitPosition();
  if (commit !== record.getPreparePosition()) {
    throw foreign(record, 'it has no single place in the log');
  }
  return Number(commit);
}

function recordedAtOf(metadata: string): string | undefined {
  const found = /^\{"recordedAt":"([^"]*)"\}$/.exec(metadata)?.[1];
  return found !== undefined && isInstant(found) ? found : undefined;
}

function textOf(bytes: Uint8Array | undefined): string {
  if (bytes === undefined) return '';
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('utf8');
}

function foreign(record: LogRecord, why: string): UnexpectedHistory {
  return new UnexpectedHistory(
    `${streamOf(record)}@${record.getStreamRevision()} was not written by a register: ${why}`,
  );
}
