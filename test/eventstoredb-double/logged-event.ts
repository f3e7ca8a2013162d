import readProtocol from '@eventstore/db-client/generated/streams_pb.js';
import sharedProtocol from '@eventstore/db-client/generated/shared_pb.js';

/** What a writer asks to be kept. The id is a lower-case UUID. */
export interface ProposedEvent {
  readonly id: string;
  readonly type: string;
  readonly contentType: string;
  readonly data: Uint8Array;
  readonly metadata: Uint8Array;
}

/** What is kept: where it lies in the log (bytes), in its stream (from 0), and when it came. */
export interface LoggedEvent extends ProposedEvent {
  readonly stream: string;
  readonly revision: number;
  readonly position: number;
  /** The next record begins here. */
  readonly end: number;
  /** 100 ns since 1970. */
  readonly createdTicks: string;
}

const encoded = new WeakMap<LoggedEvent, Buffer>();

/** The event as a message of a read's answer; encoded once, kept with the event. */
export function readMessage(event: LoggedEvent): Buffer {
  const known = encoded.get(event);
  if (known) return known;

  const recorded = new readProtocol.ReadResp.ReadEvent.RecordedEvent()
    .setId(new sharedProtocol.UUID().setString(event.id))
    .setStreamIdentifier(streamIdentifier(event.stream))
    .setStreamRevision(String(event.revision))
    .setCommitPosition(String(event.position))
    .setPreparePosition(String(event.position))
    .setCustomMetadata(event.metadata)
    .setData(event.data);
  recorded
    .getMetadataMap()
    .set('type', event.type)
    .set('created', event.createdTicks)
    .set('content-type', event.contentType);
  const read = new readProtocol.ReadResp.ReadEvent()
    .setEvent(recorded)
    .setCommitPosition(String(event.position));
  const message = Buffer.from(new readProtocol.ReadResp().setEvent(read).serializeBinary());
  encoded.set(event, message);
  return message;
}

export function streamIdentifier(stream: string): sharedProtocol.StreamIdentifier {
  return new sharedProtocol.StreamIdentifier().setStreamName(Buffer.from(stream, 'utf8'));
}
