import type { StatusObject } from '@grpc/grpc-js';
import readProtocol, { type ReadReq } from '@eventstore/db-client/generated/streams_pb.js';

import { eventFilter } from './event-filter.js';
import type { EventLog } from './event-log.js';
import { parsePosition, positionAt, type LogPosition } from './log-position.js';
import type { Outlet } from './outlet.js';
import { readAllBackwards, readAllForwards } from './read-log.js';
import { readStream } from './read-stream.js';
import { statusOf } from './statuses.js';
import { SubscriptionToAll } from './subscription-to-all.js';
import { subscribeToStream } from './subscription-to-stream.js';

const invalidArgument = 3;
const { BACKWARDS } = readProtocol.ReadReq.Options.ReadDirection;

/** Why this node may not read its log for a client, if so. */
export type MayRead = () => StatusObject | undefined;

/**
 * Serves any form of read or subscription that the client knows. As on the server, a subscription
 * needs to read the log only for what is past: from the end it is never refused.
 * @throws CallOver when the client has gone.
 */
export async function serveRead(
  log: EventLog,
  outlet: Outlet,
  req: ReadReq,
  mayRead: MayRead,
): Promise<void> {
  const options = req.getOptions();
  const [stream, all] = [options?.getStream(), options?.getAll()];
  if (!options || (!stream && !all) || !options.getUuidOption()?.hasString())
    return outlet.fail(statusOf(invalidArgument, 'The combination of options is invalid.'));

  const refused = options.hasSubscription() ? undefined : mayRead();
  if (refused) return outlet.fail(refused);
  if (!options.hasSubscription()) await outlet.begin();

  const backwards = options.getReadDirection() === BACKWARDS;
  const count = Number(options.getCount());
  const filter = options.getFilter();
  if (stream) {
    const name = nameOf(stream.getStreamIdentifier());
    const from = stream.hasEnd() ? 'end' : stream.hasStart() ? 0 : Number(stream.getRevision());
    if (!options.hasSubscription())
      return readStream(log, outlet, { stream: name, from, count, backwards });
    return subscribeToStream(log, outlet, name, stream.hasStart() ? -1 : from);
  }

  const from = positionOf(all);
  if (options.hasSubscription())
    return new SubscriptionToAll(log, outlet, from, mayRead, filter && eventFilter(filter)).run();
  // The real server reads pages of no events for ever.
  if (count === 0) return outlet.unlessOver(new Promise(() => {}));
  const start = from === 'start' ? positionAt(0) : from;
  return (backwards ? readAllBackwards : readAllForwards)(log, outlet, start, count);
}

/** What a call asks for, in a word: a stream's name or `$all`. */
export function subjectOf(req: ReadReq): string {
  const stream = req.getOptions()?.getStream();
  return stream ? nameOf(stream.getStreamIdentifier()) : '$all';
}

function positionOf(all?: ReadReq.Options.AllOptions): LogPosition | 'start' | 'end' {
  const position = all?.getPosition();
  if (position) return parsePosition(position);
  return all?.hasEnd() ? 'end' : 'start';
}

function nameOf(identifier?: { getStreamName_asU8(): Uint8Array }): string {
  return Buffer.from(identifier?.getStreamName_asU8() ?? []).toString('utf8');
}
