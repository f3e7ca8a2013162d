import { WrongExpectedVersionError, convertToCommandError } from '@eventstore/db-client';
import type streams from '@eventstore/db-client/generated/streams_pb.js';

import { appendOptions, proposed } from './append-request.js';
import type { Appending } from './batch-append.js';
import type { Asking, StreamCalls } from './client-internals.js';
import type { LogPosition } from './position.js';

/**
 * One append by the unary path, with a call and a deadline of its own.
 * @returns the position of the last event. @throws the client's error
 */
export function appendOnce(
  calls: StreamCalls,
  asking: () => Asking,
  { stream, expectedRevision, events }: Appending,
): Promise<LogPosition> {
  return calls.once('appendToStream', asking, (service, metadata, options) => {
    return new Promise((resolve, reject) => {
      const call = service.append(metadata, options, (fault, answer) => {
        if (fault !== null) return reject(told(fault));
        const position = answer.getSuccess()?.getPosition()?.getCommitPosition();
        if (position !== undefined) return resolve(Number(position));
        reject(wrongRevision(stream, answer));
      });
      call.on('error', (fault) => reject(told(fault)));
      call.write(appendOptions(stream, expectedRevision));
      for (const event of events) call.write(proposed(event));
      call.end();
    });
  });
}

function told(fault: Error): Error {
  return convertToCommandError(fault);
}

function wrongRevision(streamName: string, answer: streams.AppendResp): Error {
  const wrong = answer.getWrongExpectedVersion();
  if (wrong === undefined) return new Error('an append was answered without a position');
  const current = wrong.hasCurrentRevision() ? BigInt(wrong.getCurrentRevision()) : 'no_stream';
  const expected = wrong.hasExpectedRevision() ? BigInt(wrong.getExpectedRevision()) : 'no_stream';
  return new WrongExpectedVersionError(undefined, { streamName, current, expected });
}
