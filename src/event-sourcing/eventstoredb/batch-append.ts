import { WrongExpectedVersionError } from '@eventstore/db-client';
import shared from '@eventstore/db-client/generated/shared_pb.js';
import streams from '@eventstore/db-client/generated/streams_pb.js';
import timestamp from 'google-protobuf/google/protobuf/timestamp_pb.js';

import { batched, streamIdentifier, uuid } from './append-request.js';
import type { NewEvent } from '../event-store.js';
import type { LogPosition } from './position.js';

export interface Appending {
  readonly stream: string;
  /** −1 for a new one. */
  readonly expectedRevision: number;
  readonly events: readonly NewEvent[];
}

/**
 * An append whose events go out in one message.
 * @param deadlineMs after what time the server need not begin with it any more
 */
export function batchRequest(
  { stream, expectedRevision, events }: Appending,
  correlation: string,
  deadlineMs: number,
): streams.BatchAppendReq {
  const options = new streams.BatchAppendReq.Options();
  options.setStreamIdentifier(streamIdentifier(stream));
  options.setDeadline(timestamp.Timestamp.fromDate(new Date(Date.now() + deadlineMs)));
  if (expectedRevision < 0) options.setNoStream(new shared.Empty());
  else options.setStreamPosition(String(expectedRevision));
  const request = new streams.BatchAppendReq();
  request.setOptions(options);
  request.setCorrelationId(uuid(correlation));
  request.setProposedMessagesList(events.map(batched));
  request.setIsFinal(true);
  return request;
}

/** Where the last event of an append was stored. @throws Error with the client's `type` */
export function positionIn(answer: streams.BatchAppendResp): LogPosition {
  const position = answer.getSuccess()?.getPosition()?.getCommitPosition();
  if (position !== undefined) return Number(position);
  throw faultIn(answer);
}

const types: Readonly<Record<string, string>> = {
  AccessDenied: 'access-denied',
  StreamDeleted: 'stream-deleted',
  MaximumAppendSizeExceeded: 'maximum-append-size-exceeded',
};

function faultIn(answer: streams.BatchAppendResp): Error {
  const status = answer.getError();
  const details = status?.getDetails();
  const name = details?.getTypeName() ?? '';
  const read = (bytes: Uint8Array) => shared.WrongExpectedVersion.deserializeBinary(bytes);
  const wrong = details?.unpack(read, wrongVersion);
  if (wrong) {
    const stream = Buffer.from(answer.getStreamIdentifier()?.getStreamName_asU8() ?? []);
    return WrongExpectedVersionError.fromWrongExpectedVersion(wrong, stream.toString());
  }
  const type = types[name.slice(name.lastIndexOf('.') + 1)] ?? '';
  const message = status?.getMessage() ?? '';
  return Object.assign(new Error(message || `an answer without a result: ${name}`), { type });
}

const wrongVersion = 'event_store.client.WrongExpectedVersion';
