import sharedProtocol from '@eventstore/db-client/generated/shared_pb.js';
import statusProtocol from '@eventstore/db-client/generated/status_pb.js';
import streams from '@eventstore/db-client/generated/streams_pb.js';
import anyProtocol from 'google-protobuf/google/protobuf/any_pb.js';
import emptyProtocol from 'google-protobuf/google/protobuf/empty_pb.js';

import type { ExpectedRevision } from './append-decision.js';
import { maxAppendBytes } from './append-request.js';
import type { Appended } from './event-log.js';

type Details = 'WrongExpectedVersion' | 'AccessDenied' | 'Timeout' | 'BadRequest';
type Packed = { serializeBinary(): Uint8Array };

/** A batch's errors lie in the answer, packed as `google.rpc.Status` packs them. */
export function batchError(
  name: Details | 'MaximumAppendSizeExceeded',
  code: number,
  details: Packed,
): streams.BatchAppendResp {
  const packed = new anyProtocol.Any();
  packed.pack(details.serializeBinary(), `event_store.client.${name}`);
  const status = new statusProtocol.Status().setCode(code).setMessage(name).setDetails(packed);
  return new streams.BatchAppendResp().setError(status);
}

export const batchTooLarge = () =>
  batchError(
    'MaximumAppendSizeExceeded',
    3,
    new sharedProtocol.MaximumAppendSizeExceeded().setMaxappendsize(maxAppendBytes),
  );

export const batchBadRequest = () => batchError('BadRequest', 3, new sharedProtocol.BadRequest());

export const batchTimeout = () => batchError('Timeout', 4, new sharedProtocol.Timeout());

export const batchDenied = () => batchError('AccessDenied', 7, new sharedProtocol.AccessDenied());

export function batchAnswer(
  appended: Appended,
  expected: ExpectedRevision,
): streams.BatchAppendResp {
  const empty = new emptyProtocol.Empty();
  if (appended.decided === 'wrong-revision') {
    const wrong = new sharedProtocol.WrongExpectedVersion();
    if (expected === 'any') wrong.setExpectedAny(empty);
    else if (expected === 'no_stream') wrong.setExpectedNoStream(empty);
    else if (expected === 'stream_exists') wrong.setExpectedStreamExists(empty);
    else wrong.setExpectedStreamPosition(String(expected));
    if (appended.current === 'no_stream') wrong.setCurrentNoStream(empty);
    else wrong.setCurrentStreamRevision(String(appended.current));
    return batchError('WrongExpectedVersion', 6, wrong);
  }
  const success = new streams.BatchAppendResp.Success();
  if (appended.decided === 'nothing') {
    success.setPosition(position(appended.position));
    if (appended.current < 0) success.setNoStream(empty);
    else success.setCurrentRevision(String(appended.current));
  } else if (appended.decided !== 'never-answered') {
    success.setPosition(position(appended.last.position));
    success.setCurrentRevision(String(appended.last.revision));
  }
  return new streams.BatchAppendResp().setSuccess(success);
}

function position(at: number): sharedProtocol.AllStreamPosition {
  return new sharedProtocol.AllStreamPosition()
    .setCommitPosition(String(at))
    .setPreparePosition(String(at));
}
