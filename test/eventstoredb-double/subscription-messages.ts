import { randomUUID } from 'node:crypto';

import readProtocol from '@eventstore/db-client/generated/streams_pb.js';

export function confirmation(): Buffer {
  const confirmed = new readProtocol.ReadResp.SubscriptionConfirmation();
  const message = new readProtocol.ReadResp();
  message.setConfirmation(confirmed.setSubscriptionId(randomUUID()));
  return Buffer.from(message.serializeBinary());
}

export function caughtUp(): Buffer {
  const message = new readProtocol.ReadResp().setCaughtUp(new readProtocol.ReadResp.CaughtUp());
  return Buffer.from(message.serializeBinary());
}
