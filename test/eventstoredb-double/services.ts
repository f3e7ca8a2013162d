import { type Server, type ServerUnaryCall, type sendUnaryData } from '@grpc/grpc-js';
import gossip from '@eventstore/db-client/generated/gossip_grpc_pb.js';
import type { ClusterInfo } from '@eventstore/db-client/generated/gossip_pb.js';
import features from '@eventstore/db-client/generated/serverfeatures_grpc_pb.js';
import streamsService from '@eventstore/db-client/generated/streams_grpc_pb.js';

import { serveAppend } from './append-call.js';
import { serveBatchAppend } from './batch-append-call.js';
import type { CallKind } from './faults.js';
import { CallOver, Outlet, type ReadCall } from './outlet.js';
import { serveRead, subjectOf } from './read-call.js';
import { requiresLeader, type Serving } from './serving.js';
import { handlerFailed } from './statuses.js';
import { supportedMethods } from './supported-methods.js';

/** Puts the services that the client uses on a gRPC server. */
export function addServices(server: Server, serving: Serving, members: () => ClusterInfo): void {
  const { read, append, batchAppend } = streamsService.StreamsService;
  const readOfBytes = { ...read, responseSerialize: (message: Buffer) => message };
  server.addService(
    { read: readOfBytes, append, batchAppend },
    {
      read: (call: ReadCall) => void answerRead(serving, call),
      append: serveAppend.bind(undefined, serving),
      batchAppend: serveBatchAppend.bind(undefined, serving),
    },
  );
  server.addService(gossip.GossipService, { read: unary(serving, 'gossip', members) });
  server.addService(features.ServerFeaturesService, {
    getSupportedMethods: unary(serving, 'features', supportedMethods),
  });
}

async function answerRead(serving: Serving, call: ReadCall): Promise<void> {
  const kind = call.request.getOptions()?.hasSubscription() ? 'subscription' : 'read';
  const outlet = new Outlet(kind, subjectOf(call.request), call, serving.faults, () =>
    serving.cut(call.getPeer()),
  );
  serving.openCalls.add(outlet);
  try {
    const refused = await serving.faults.admit(kind);
    if (refused) return outlet.fail(refused);
    const needsLeader = requiresLeader(call.metadata);
    const mayRead = () => serving.leadership(needsLeader);
    await serveRead(serving.log, outlet, call.request, mayRead);
  } catch (fault) {
    if (!(fault instanceof CallOver)) outlet.fail(handlerFailed());
  } finally {
    serving.openCalls.delete(outlet);
  }
}

function unary<Response>(serving: Serving, kind: CallKind, respond: () => Response) {
  return (_call: ServerUnaryCall<unknown, Response>, reply: sendUnaryData<Response>): void => {
    void answerUnary(serving, kind, respond, reply);
  };
}

async function answerUnary<Response>(
  serving: Serving,
  kind: CallKind,
  respond: () => Response,
  reply: sendUnaryData<Response>,
): Promise<void> {
  const refused = await serving.faults.admit(kind);
  if (refused) reply(refused);
  else reply(null, respond());
}
