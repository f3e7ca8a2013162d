import { status, type ServerDuplexStream } from '@grpc/grpc-js';
import type {
  BatchAppendReq,
  BatchAppendResp,
} from '@eventstore/db-client/generated/streams_pb.js';

import { appendRequest, BadEvent, propose, uuidOf, type AppendRequest } from './append-request.js';
import {
  batchAnswer,
  batchBadRequest,
  batchDenied,
  batchTimeout,
  batchTooLarge,
} from './batch-answers.js';
import { commit, whenDue } from './commit.js';
import { streamIdentifier } from './logged-event.js';
import { requiresLeader, type OpenCall, type Serving } from './serving.js';

type BatchCall = ServerDuplexStream<BatchAppendReq, BatchAppendResp>;

interface Pending {
  readonly request: AppendRequest;
  readonly timer: NodeJS.Timeout;
}

/** `Streams.BatchAppend`: appends of many streams on one call, committed in the order they came in. */
export function serveBatchAppend(serving: Serving, call: BatchCall): void {
  const pending = new Map<string, Pending>();
  let working: Promise<void> = Promise.resolve();
  const open: OpenCall = { kind: 'batch', about: '', events: 0, blocked: false };
  serving.openCalls.add(open);
  const close = () => {
    serving.openCalls.delete(open);
    for (const { timer } of pending.values()) clearTimeout(timer);
  };

  const answer = (message: BatchAppendReq, stream: string, response: BatchAppendResp) => {
    if (call.cancelled || call.destroyed) return;
    call.write(
      response
        .setCorrelationId(message.getCorrelationId())
        .setStreamIdentifier(streamIdentifier(stream)),
    );
  };

  const take = (message: BatchAppendReq) => {
    const id = uuidOf(message.getCorrelationId());
    const options = message.getOptions();
    if (options && !pending.has(id)) {
      const request = appendRequest(options);
      if (!request.stream) return answer(message, '', batchBadRequest());
      const left = millisecondsLeft(options);
      const expire = () => {
        if (pending.delete(id)) answer(message, request.stream, batchTimeout());
      };
      pending.set(id, { request, timer: setTimeout(expire, Math.min(left, 2 ** 31 - 1)) });
      if (left <= 0) expire();
    }
    const found = pending.get(id);
    if (!found) return;
    const refused = proposeAll(found.request, message);
    if (!refused && !message.getIsFinal()) return;
    pending.delete(id);
    clearTimeout(found.timer);
    if (refused) return answer(message, found.request.stream, refused);
    working = working.then(() => work(message, found.request));
  };

  const work = async (message: BatchAppendReq, request: AppendRequest) => {
    const outcome = await commit(serving, request, {
      needsLeader: requiresLeader(call.metadata),
      cancelled: () => call.cancelled,
    });
    if (outcome === 'silence' || call.cancelled) return;
    if (outcome === 'cut') return serving.cut(call.getPeer());
    if ('answer' in outcome)
      void whenDue(outcome.late).then(() =>
        answer(message, request.stream, batchAnswer(outcome.answer, request.expected)),
      );
    else if (outcome.status.code === status.PERMISSION_DENIED)
      answer(message, request.stream, batchDenied());
    else if (outcome.status.code === status.ABORTED)
      answer(message, request.stream, batchTimeout());
    else call.emit('error', outcome.status);
  };

  call.on('data', take);
  call.on('cancelled', close);
  call.on('end', () => void working.then(() => call.end()).then(close));
}

function proposeAll(request: AppendRequest, message: BatchAppendReq): BatchAppendResp | undefined {
  try {
    for (const proposed of message.getProposedMessagesList()) propose(request, proposed);
    return undefined;
  } catch (fault) {
    const tooLarge = fault instanceof BadEvent && fault.reason === 'too-large';
    return tooLarge ? batchTooLarge() : batchBadRequest();
  }
}

function millisecondsLeft(options: BatchAppendReq.Options): number {
  const deadline = options.getDeadline();
  return deadline ? deadline.toDate().getTime() - Date.now() : Infinity;
}
