import readProtocol from '@eventstore/db-client/generated/streams_pb.js';

import type { EventLog } from './event-log.js';
import { streamIdentifier } from './logged-event.js';
import type { Outlet } from './outlet.js';
import { unexpected } from './statuses.js';

/** Events of one stream; a missing stream is a message of its own, not a status. */
export async function readStream(
  log: EventLog,
  outlet: Outlet,
  read: {
    readonly stream: string;
    readonly from: number | 'end';
    readonly count: number;
    readonly backwards: boolean;
  },
): Promise<void> {
  if (read.count === 0 || (read.from === 'end' && !read.backwards))
    return outlet.fail(unexpected('ReadStreamResult: Error'));
  const events = log.stream(read.stream);
  const last = events.length - 1;
  if (last < 0) {
    await outlet.message(notFound(read.stream));
    return outlet.end();
  }
  const from = read.from === 'end' ? last : read.from;
  const first = read.backwards ? Math.min(from, last) : from;
  const step = read.backwards ? -1 : 1;
  for (let sent = 0; sent < read.count; sent++) {
    const event = events[first + sent * step];
    if (!event) break;
    await outlet.event(event);
  }
  outlet.end();
}

function notFound(stream: string): Buffer {
  const missing = new readProtocol.ReadResp.StreamNotFound().setStreamIdentifier(
    streamIdentifier(stream),
  );
  return Buffer.from(new readProtocol.ReadResp().setStreamNotFound(missing).serializeBinary());
}
