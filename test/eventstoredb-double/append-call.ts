import type { ServerReadableStream, sendUnaryData } from '@grpc/grpc-js';
import sharedProtocol from '@eventstore/db-client/generated/shared_pb.js';
import streams from '@eventstore/db-client/generated/streams_pb.js';

import type { ExpectedRevision } from './append-decision.js';
import {
  appendRequest,
  BadEvent,
  maxAppendBytes,
  propose,
  type AppendRequest,
} from './append-request.js';
import { commit, whenDue } from './commit.js';
import type { Appended } from './event-log.js';
import { requiresLeader, type OpenCall, type Serving } from './serving.js';
import { appendTooLarge, handlerFailed, propertyMissing } from './statuses.js';

type AppendCall = ServerReadableStream<streams.AppendReq, streams.AppendResp>;

/** `Streams.Append`: options, then one event a message, and one answer. */
export function serveAppend(
  serving: Serving,
  call: AppendCall,
  reply: sendUnaryData<streams.AppendResp>,
): void {
  let request: AppendRequest | undefined;
  let answered = false;
  const open: OpenCall = { kind: 'append', about: '', events: 0, blocked: false };
  serving.openCalls.add(open);
  call.on('close', () => serving.openCalls.delete(open));
  call.on('cancelled', () => serving.openCalls.delete(open));
  const answer: typeof reply = (...args) => {
    if (!answered) reply(...args);
    answered = true;
    serving.openCalls.delete(open);
  };

  call.on('data', (message: streams.AppendReq) => {
    if (answered) return;
    const [options, proposed] = [message.getOptions(), message.getProposedMessage()];
    try {
      if (options) request = appendRequest(options);
      else if (request && proposed) propose(request, proposed);
    } catch (fault) {
      answer(statusOfBadEvent(fault));
    }
  });
  call.on('end', () => {
    if (answered) return;
    if (!request?.stream) return answer(handlerFailed());
    void finish(serving, call, request, answer);
  });
}

async function finish(
  serving: Serving,
  call: AppendCall,
  request: AppendRequest,
  reply: sendUnaryData<streams.AppendResp>,
): Promise<void> {
  const needsLeader = requiresLeader(call.metadata);
  const outcome = await commit(serving, request, { needsLeader, cancelled: () => call.cancelled });
  if (outcome === 'silence') return;
  if (outcome === 'cut') return serving.cut(call.getPeer());
  if ('status' in outcome) return reply(outcome.status);
  await whenDue(outcome.late);
  reply(null, response(outcome.answer, request.expected));
}

function statusOfBadEvent(fault: unknown): Parameters<sendUnaryData<streams.AppendResp>>[0] {
  const reason = fault instanceof BadEvent ? fault.reason : 'invalid';
  if (reason === 'too-large') return appendTooLarge(maxAppendBytes);
  if (reason === 'no-type') return propertyMissing('type');
  return reason === 'invalid' ? handlerFailed() : propertyMissing('content-type');
}

function response(appended: Appended, expected: ExpectedRevision): streams.AppendResp {
  const answer = new streams.AppendResp();
  if (appended.decided === 'wrong-revision')
    return answer.setWrongExpectedVersion(wrongVersion(appended.current, expected));
  const success = new streams.AppendResp.Success();
  if (appended.decided === 'nothing') {
    if (appended.current < 0) success.setNoStream(new sharedProtocol.Empty());
    else success.setCurrentRevision(String(appended.current));
    return answer.setSuccess(success.setPosition(position(appended.position)));
  }
  if (appended.decided === 'never-answered') return answer;
  success.setCurrentRevision(String(appended.last.revision));
  return answer.setSuccess(success.setPosition(position(appended.last.position)));
}

function wrongVersion(
  current: number | 'no_stream',
  expected: ExpectedRevision,
): streams.AppendResp.WrongExpectedVersion {
  const wrong = new streams.AppendResp.WrongExpectedVersion();
  const empty = new sharedProtocol.Empty();
  if (expected === 'any') wrong.setExpectedAny(empty);
  else if (expected === 'no_stream') wrong.setExpectedNoStream(empty);
  else if (expected === 'stream_exists') wrong.setExpectedStreamExists(empty);
  else wrong.setExpectedRevision(String(expected));
  if (current === 'no_stream') return wrong.setCurrentNoStream(empty);
  return wrong.setCurrentRevision(String(current));
}

function position(at: number): streams.AppendResp.Position {
  return new streams.AppendResp.Position()
    .setCommitPosition(String(at))
    .setPreparePosition(String(at));
}
