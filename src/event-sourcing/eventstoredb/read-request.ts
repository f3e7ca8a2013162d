import shared from '@eventstore/db-client/generated/shared_pb.js';
import streams from '@eventstore/db-client/generated/streams_pb.js';

import { streamIdentifier } from './append-request.js';
import type { LogPosition } from './position.js';

const { Options } = streams.ReadReq;
const [forwards, backwards] = [0, 1] as const;

/** Events of a stream from a revision on, so many at most. */
export function streamRequest(stream: string, fromRevision: number, most: number): streams.ReadReq {
  const from = new Options.StreamOptions();
  from.setStreamIdentifier(streamIdentifier(stream));
  from.setRevision(String(fromRevision));
  const options = counted(most, forwards);
  options.setStream(from);
  return asked(options);
}

/** Events of the log from a position on, or from its first one; so many at most. */
export function logRequest(from: LogPosition | undefined, most: number): streams.ReadReq {
  const options = counted(most, forwards);
  options.setAll(place(from, 'start'));
  return asked(options);
}

/** Events of the log backwards, from before a position or from its last one; so many at most. */
export function backwardsRequest(before: LogPosition | undefined, most: number): streams.ReadReq {
  const options = counted(most, backwards);
  options.setAll(place(before, 'end'));
  return asked(options);
}

/** What comes after a position in streams whose names begin so, and what is to come there. */
export function followRequest(after: LogPosition | undefined, prefix: string): streams.ReadReq {
  const names = new Options.FilterOptions.Expression();
  names.setPrefixList([prefix]);
  const filter = new Options.FilterOptions();
  filter.setStreamIdentifier(names);
  filter.setMax(32);
  filter.setCheckpointintervalmultiplier(8);
  const options = new Options();
  options.setAll(place(after, 'start'));
  options.setSubscription(new Options.SubscriptionOptions());
  options.setFilter(filter);
  return asked(options);
}

function counted(most: number, direction: typeof forwards | typeof backwards) {
  const options = new Options();
  options.setCount(String(most));
  options.setReadDirection(direction);
  options.setNoFilter(new shared.Empty());
  return options;
}

function place(position: LogPosition | undefined, otherwise: 'start' | 'end') {
  const all = new Options.AllOptions();
  if (position !== undefined) {
    const at = new Options.Position();
    at.setCommitPosition(String(position));
    at.setPreparePosition(String(position));
    all.setPosition(at);
  } else if (otherwise === 'start') all.setStart(new shared.Empty());
  else all.setEnd(new shared.Empty());
  return all;
}

function asked(options: streams.ReadReq.Options): streams.ReadReq {
  const ids = new Options.UUIDOption();
  ids.setString(new shared.Empty());
  options.setUuidOption(ids);
  options.setResolveLinks(false);
  const request = new streams.ReadReq();
  request.setOptions(options);
  return request;
}
