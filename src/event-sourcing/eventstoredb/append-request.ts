import shared from '@eventstore/db-client/generated/shared_pb.js';
import streams from '@eventstore/db-client/generated/streams_pb.js';

import type { NewEvent } from '../event-store.js';
import { metadataOf } from './event.js';

/** A stream's name as the server takes it. */
export function streamIdentifier(stream: string): shared.StreamIdentifier {
  const identifier = new shared.StreamIdentifier();
  identifier.setStreamName(Buffer.from(stream));
  return identifier;
}

/** What an append of a stream begins with; −1 expects a new one. */
export function appendOptions(stream: string, expectedRevision: number): streams.AppendReq {
  const options = new streams.AppendReq.Options();
  options.setStreamIdentifier(streamIdentifier(stream));
  if (expectedRevision < 0) options.setNoStream(new shared.Empty());
  else options.setRevision(String(expectedRevision));
  const request = new streams.AppendReq();
  request.setOptions(options);
  return request;
}

/** An event on its way: its body's text goes out as it is. */
export function proposed(event: NewEvent): streams.AppendReq {
  const message = new streams.AppendReq.ProposedMessage();
  fill(message, event);
  const request = new streams.AppendReq();
  request.setProposedMessage(message);
  return request;
}

/** The same in an append whose events go out together. */
export function batched(event: NewEvent): streams.BatchAppendReq.ProposedMessage {
  const message = new streams.BatchAppendReq.ProposedMessage();
  fill(message, event);
  return message;
}

export function uuid(text: string): shared.UUID {
  const id = new shared.UUID();
  id.setString(text);
  return id;
}

function fill(
  message: streams.AppendReq.ProposedMessage | streams.BatchAppendReq.ProposedMessage,
  event: NewEvent,
): void {
  message.setId(uuid(event.id));
  message.getMetadataMap().set('type', event.type).set('content-type', 'application/json');
  message.setData(Buffer.from(event.body));
  message.setCustomMetadata(Buffer.from(metadataOf(event)));
}
